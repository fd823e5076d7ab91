"""English: mails about the users of an account."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_USERS = "View the users"
_CHANGE_BACK = "Not right? Then change it under Manage users, or reply to this mail."
_ASK_US = "Not right? Then reply to this mail, and we will help you."


def _notice(subject: str, happened: str, *, note: str = _CHANGE_BACK) -> MailText:
    return MailText(subject=subject, intro=(happened,), button=_SHOW_USERS, notes=(note,))


USER_MAILS = {
    Kind.USER_INVITED: _notice(
        "invitation for {email}",
        "{by} has invited {email} to {account}; once that is accepted, the role below holds.",
    ),
    Kind.SECOND_FACTOR_LOST: _notice(
        "{name} has lost the second step",
        "{name} wants to switch logging in with two steps off, because the app or passkey is lost. That takes a day. "
        "If you have doubts, ask, or take the access to {account} away.",
    ),
    Kind.USER_JOINED: _notice(
        "{name} now has access",
        "{name} has accepted the invitation to {account} and can now log in.",
    ),
    Kind.USER_CHANGED: _notice(
        "access of {name} changed",
        "{by} has changed what {name} may do in {account}; below is what holds now.",
    ),
    Kind.USER_REMOVED: _notice(
        "{name} no longer has access",
        "{by} has removed {name} from {account}, so {name} can no longer see or do anything there.",
    ),
    Kind.INVITATION_WITHDRAWN: _notice(
        "invitation for {email} withdrawn",
        "{by} has withdrawn the invitation of {email} to {account}; the link in it no longer works.",
    ),
    Kind.HANDOVER_STARTED: _notice(
        "successor of {predecessor} invited",
        "{by} has invited {email} to take over from {predecessor} for {account}; nothing changes until the "
        "invitation is accepted.",
    ),
    Kind.HANDED_OVER: _notice(
        "{successor} takes over from {predecessor}",
        "{successor} has accepted the invitation to {account} and takes the place of {predecessor} there.",
    ),
    Kind.OWNERSHIP_TRANSFERRED: _notice(
        "{new} is now the owner",
        "{old} has handed {account} over to {new}, who is the owner from now on.",
        note=_ASK_US,
    ),
    Kind.BILLING_PROFILE_CHANGED: MailText(
        subject="billing details changed",
        intro=(
            "{by} has changed the billing details of {account}; new invoices show them, and earlier invoices stay as "
            "they are.",
        ),
        button="View the billing details",
        notes=(_ASK_US,),
    ),
    Kind.MOVE_REFUSED: MailText(
        subject="your new address is not on your invoices yet",
        intro=(
            "You gave {account} an address outside the VAT area of the EU. We charge no VAT there, and need proof "
            "of it. We have none, so your earlier address and the VAT stay as they were.",
        ),
        button="View the billing details",
        notes=("Are you there after all? Reply to this mail with proof, such as an extract or a bill.",),
    ),
    Kind.VAT_NUMBER_INVALID: MailText(
        subject="the tax authorities do not know your VAT number",
        intro=(
            "VAT number {number} of {account} is not known to the tax authorities of your country. As long as that is "
            "so, we charge VAT on your next invoices. Invoices that you have already stay as they are.",
            "Check your VAT number and change it. Once the number is right, the VAT is reverse charged again.",
        ),
        button="View the billing details",
        notes=("Any questions? Reply to this mail, and we will help you.",),
    ),
    Kind.ACCESS_ENDS_SOON: _notice(
        "access of {name} runs through {ends_on}",
        "The access of {name} to {account} runs through {ends_on} and then ends by itself.",
        note="Is the date right? Then there is nothing you need to do. If {name} needs access for longer, the owner "
        "chooses a later date under Manage users.",
    ),
    Kind.BILLING_MAILBOX_AT_RISK: MailText(
        subject="the invoices go to one mailbox, and that one is at risk",
        intro=(
            "Only {name} at {email} gets the invoices for {account} now. That mailbox does not work, or belongs to "
            "hosting of which the bill is still open. So we tell you as well.",
            "See to it that somebody else gets the invoices too, best at an address that is no part of this hosting.",
        ),
        button="",
        notes=("Any questions? Reply to this mail, and we will help you.",),
    ),
}
