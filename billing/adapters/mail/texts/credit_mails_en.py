"""English: mails about credits and money that goes back."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_CREDITS = "View your credits"
_ASK_US = "Not right? Then reply to this mail, and we will help you."

CREDIT_MAILS = {
    Kind.OVERPAYMENT_KEPT: MailText(
        subject="overpaid amount of {cents} kept as credits",
        intro=(
            "{by} chose to keep {cents}, which was paid too much for {account}, as credits. They are used for the next "
            "invoice by themselves.",
        ),
        button=_SHOW_CREDITS,
        notes=(_ASK_US,),
    ),
    Kind.PAYOUT_ASKED: MailText(
        subject="an amount of {cents} is being sent back",
        intro=(
            "For {account}, {by} has {cents} sent back to the account or card that was paid with; that may take some "
            "working days.",
        ),
        button=_SHOW_CREDITS,
        notes=(_ASK_US,),
    ),
    Kind.PAYOUT_FAILED: MailText(
        subject="the amount could not be sent back",
        intro=(
            "The amount of {cents} could not be sent back to the account or card that was paid with. Nothing is lost: "
            "it is where it was before.",
        ),
        button=_SHOW_CREDITS,
        notes=("Would you like it back some other way? Then reply to this mail, and we will find one.",),
    ),
}
