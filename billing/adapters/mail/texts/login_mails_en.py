"""English: mails about one's own log-in."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_ASKS_NOTHING = "We never ask for a password or a code by mail."
_INVITED = (
    "The link works once. " + _ASKS_NOTHING,
    "Didn't expect this invitation? Then you can throw this mail away, and nothing will happen.",
)
_WAS_ME = "Did you do this yourself? Then there is nothing you need to do."
_NOT_ME = "Wasn't this you? Then choose a new password and reply to this mail, and we will help you."
_NOT_ME_BUTTON = "This wasn't me"


def _notice(subject: str, happened: str) -> MailText:
    return MailText(subject=subject, intro=(happened, _WAS_ME), button=_NOT_ME_BUTTON, notes=(_NOT_ME,))


LOGIN_MAILS = {
    Kind.INVITATION: MailText(
        subject="invitation from {inviter}",
        intro=(
            "{inviter} has invited you to {account} in the {brand} dashboard.",
            "{role_hint} {login_hint}",
        ),
        button="Accept the invitation",
        notes=_INVITED,
    ),
    Kind.HANDOVER: MailText(
        subject="invitation to take over from {predecessor}",
        intro=(
            "{inviter} asks you to take over from {predecessor} for {account} in the {brand} dashboard. "
            "Nothing changes until you accept the invitation.",
            "{role_hint} {login_hint}",
        ),
        button="Accept the invitation",
        notes=_INVITED,
    ),
    Kind.PASSWORD_RESET: MailText(
        subject="choose a new password",
        intro=("You can choose a new password for your {brand} log-in.",),
        button="Choose a new password",
        notes=(
            "The link works once and is valid for one hour. " + _ASKS_NOTHING,
            "Didn't ask for this yourself? Then there is nothing you need to do; your password stays as it is.",
        ),
    ),
    Kind.EMAIL_CHANGE: MailText(
        subject="confirm your new e-mail address",
        intro=("You want to log in at {brand} with this e-mail address. Confirm with the button that it is yours.",),
        button="Confirm the e-mail address",
        notes=(
            "The link works once and is valid for 24 hours. Until you confirm, you log in with your old address.",
            "Didn't ask for this yourself? Then you can throw this mail away, and nothing will happen.",
        ),
    ),
    Kind.EMAIL_CHANGED: MailText(
        subject="your e-mail address has changed",
        intro=(
            "From now on you log in at {brand} with a new e-mail address. Your old address no longer works for that.",
            _WAS_ME,
        ),
        button=_NOT_ME_BUTTON,
        notes=("Wasn't this you? Then reply to this mail, and we will help you to get your log-in back.",),
    ),
    Kind.PASSWORD_CHANGED: _notice(
        "your password has changed",
        "The password of your {brand} log-in has changed. You have been logged out on your other devices.",
    ),
    Kind.SECOND_FACTOR_ON: _notice(
        "two-step log-in is on",
        "Two-step log-in is on for your {brand} log-in. From now on we ask for a code after your password.",
    ),
    Kind.SECOND_FACTOR_OFF: _notice(
        "two-step log-in is off",
        "Two-step log-in is off for your {brand} log-in. We no longer ask for a code after your password.",
    ),
    Kind.SECOND_FACTOR_RECOVERY: MailText(
        subject="logging in again without the second step",
        intro=(
            "Somebody who knows the password of your {brand} log-in has lost the app or passkey, and asked to switch "
            "logging in with two steps off. The button does that, but only after a day: from {opens_at}.",
            "Log in with your code or passkey before that, and this request lapses by itself.",
        ),
        button="Switch the second step off",
        notes=(
            "The link works once and is valid for a week. " + _ASKS_NOTHING,
            "Wasn't this you? Then leave the link alone and choose a new password at once: somebody else knows it.",
        ),
    ),
    Kind.PASSKEY_ADDED: _notice(
        "a passkey was added",
        "A passkey was added to your {brand} log-in. It can be used to log in without a password.",
    ),
    Kind.PASSKEY_REMOVED: _notice(
        "a passkey was removed",
        "A passkey was removed from your {brand} log-in. Nobody can log in with that passkey any more.",
    ),
    Kind.BACKUP_CODES_RENEWED: _notice(
        "new backup codes were made",
        "New backup codes were made for your {brand} log-in. The old ones no longer work.",
    ),
    Kind.BACKUP_CODE_USED: _notice(
        "a backup code was used",
        "A backup code was used with your {brand} log-in. That code no longer works. Running out? "
        "Make new ones in your account.",
    ),
}
