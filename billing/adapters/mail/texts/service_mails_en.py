"""English: mails about cancelling and changing products, and about pausing and restoring them."""

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
    Kind.SERVICE_ENDED: MailText(
        subject="{service} has ended",
        intro=(
            "For {account}, {by} cancelled {service} with immediate effect. If anything was prepaid, the credit note "
            "says what you get back; it comes in a mail of its own.",
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
    Kind.STOP_ANNOUNCED: MailText(
        subject="let us agree on something about {service}",
        intro=(
            "For {account}, {cents} is still open, of invoice {invoices}. We mailed and phoned you about it. {service} "
            "simply works now.",
            "Can't pay it all at once? Call us or reply to this mail, and we will find a way together. If we hear "
            "nothing and nothing comes in, an employee may pause {service} from {earliest_on} on. Your data is kept "
            "then, and your e-mail goes on working.",
        ),
        button="View and pay your invoices",
        notes=("Paid already? Then reply to this mail, and we will look into it at once.",),
    ),
    Kind.SERVICE_STOPPED: MailText(
        subject="{service} is paused",
        intro=(
            "For {account}, {cents} is still open, of invoice {invoices}. That is why {service} is paused. Your data "
            "is kept until {kept_on} at least, and your e-mail goes on working as long.",
            "As soon as a payment comes in, everything is on again within minutes, as it was.",
        ),
        button="View and pay your invoices",
        notes=("Paid already, or not right? Then reply to this mail or call us; we will soon set it right.",),
    ),
    Kind.DOMAIN_RENEWED: MailText(
        subject="{service} has been renewed",
        intro=(
            "We renewed {service} for {account} in time, until {last_day}, though its invoice has not been paid yet. "
            "So nothing can happen to it.",
            "Would you still pay the invoice? The button below does it.",
        ),
        button="Pay the invoice",
        notes=("Paid already? Then there is nothing you need to do.",),
    ),
    Kind.SERVICE_RESTORED: MailText(
        subject="{service} is on again",
        intro=("{service} of {account} is on again, as it was. There is nothing you need to do.",),
        button=_SHOW_PRODUCTS,
        notes=("Something not working yet? Then reply to this mail, and we will help you at once.",),
    ),
}
