"""English: mails about cancelling and changing products."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_PRODUCTS = "View your products"
_ASK_US = "Not right? Then reply to this mail, and we will help you."

SERVICE_MAILS = {
    Kind.SERVICE_CANCELLED: MailText(
        subject="{service} has been cancelled",
        intro=(
            "For {account}, {by} cancelled {service}. It runs through {last_day}. If anything was prepaid, the credit "
            "note says what you get back; it comes in a mail of its own.",
        ),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.SERVICE_CHANGED: MailText(
        subject="{service} is now {product}",
        intro=(
            "For {account}, {by} changed {service} to {product}. If there is anything to settle, the credit note or "
            "invoice comes in a mail of its own.",
        ),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.SERVICE_KEPT: MailText(
        subject="{service} goes on",
        intro=("For {account}, {by} took back the cancellation of {service}. The product simply goes on.",),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
}
