"""Nederlands: mails over je eigen login."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_ASKS_NOTHING = "We vragen je nooit per mail om een wachtwoord of code."
_INVITED = (
    "De link werkt één keer. " + _ASKS_NOTHING,
    "Verwachtte je deze uitnodiging niet? Dan kun je deze mail weggooien; er gebeurt dan niets.",
)
_WAS_ME = "Deed je dit zelf? Dan hoef je niets te doen."
_NOT_ME = "Was jij dit niet? Kies dan een nieuw wachtwoord en antwoord op deze mail, dan helpen we je verder."
_NOT_ME_BUTTON = "Ik was dit niet"


def _notice(subject: str, happened: str) -> MailText:
    return MailText(subject=subject, intro=(happened, _WAS_ME), button=_NOT_ME_BUTTON, notes=(_NOT_ME,))


LOGIN_MAILS = {
    Kind.INVITATION: MailText(
        subject="uitnodiging van {inviter}",
        intro=(
            "{inviter} heeft je voor {account} in het dashboard van {brand} uitgenodigd.",
            "{role_hint} {login_hint}",
        ),
        button="Uitnodiging aannemen",
        notes=_INVITED,
    ),
    Kind.HANDOVER: MailText(
        subject="uitnodiging om {predecessor} op te volgen",
        intro=(
            "{inviter} vraagt je om {predecessor} voor {account} in het dashboard van {brand} op te volgen. "
            "Zolang je de uitnodiging niet aanneemt, verandert er niets.",
            "{role_hint} {login_hint}",
        ),
        button="Uitnodiging aannemen",
        notes=_INVITED,
    ),
    Kind.PASSWORD_RESET: MailText(
        subject="nieuw wachtwoord kiezen",
        intro=("Voor je login bij {brand} kun je een nieuw wachtwoord kiezen.",),
        button="Nieuw wachtwoord kiezen",
        notes=(
            "De link werkt één keer en blijft een uur geldig. " + _ASKS_NOTHING,
            "Heb je dit niet zelf gevraagd? Dan hoef je niets te doen; je wachtwoord blijft zoals het is.",
        ),
    ),
    Kind.EMAIL_CHANGE: MailText(
        subject="bevestig je nieuwe e-mailadres",
        intro=("Je wilt voortaan inloggen bij {brand} met dit e-mailadres. Bevestig met de knop dat het van jou is.",),
        button="E-mailadres bevestigen",
        notes=(
            "De link werkt één keer en blijft 24 uur geldig. Tot je bevestigt, log je in met je oude adres.",
            "Heb je dit niet zelf gevraagd? Dan kun je deze mail weggooien; er gebeurt dan niets.",
        ),
    ),
    Kind.EMAIL_CHANGED: MailText(
        subject="je e-mailadres is gewijzigd",
        intro=(
            "Je logt voortaan bij {brand} in met een nieuw e-mailadres. Met je oude adres kan dat niet meer.",
            _WAS_ME,
        ),
        button=_NOT_ME_BUTTON,
        notes=("Was jij dit niet? Antwoord dan op deze mail, dan helpen we je om je login terug te krijgen.",),
    ),
    Kind.PASSWORD_CHANGED: _notice(
        "je wachtwoord is gewijzigd",
        "Het wachtwoord van je login bij {brand} is gewijzigd. Op je andere apparaten ben je uitgelogd.",
    ),
    Kind.SECOND_FACTOR_ON: _notice(
        "inloggen in twee stappen staat aan",
        "Voor je login bij {brand} staat inloggen in twee stappen aan. Na je wachtwoord vragen we nu om een code.",
    ),
    Kind.SECOND_FACTOR_OFF: _notice(
        "inloggen in twee stappen staat uit",
        "Voor je login bij {brand} staat inloggen in twee stappen uit. Na je wachtwoord vragen we geen code meer.",
    ),
    Kind.SECOND_FACTOR_RECOVERY: MailText(
        subject="zonder tweede stap weer inloggen",
        intro=(
            "Iemand die het wachtwoord van je login bij {brand} kent, kan niet meer bij de app of passkey en vroeg om "
            "inloggen in twee stappen uit te zetten. Dat kan met de knop, maar pas na een dag: vanaf {opens_at}.",
            "Log je voor die tijd toch met je code of passkey in, dan vervalt deze aanvraag vanzelf.",
        ),
        button="Tweede stap uitzetten",
        notes=(
            "De link werkt één keer en blijft een week geldig. " + _ASKS_NOTHING,
            "Was jij dit niet? Gebruik de link dan niet en kies meteen een nieuw wachtwoord: iemand anders kent het.",
        ),
    ),
    Kind.PASSKEY_ADDED: _notice(
        "er is een passkey toegevoegd",
        "Aan je login bij {brand} is een passkey toegevoegd. Daarmee kan er zonder wachtwoord worden ingelogd.",
    ),
    Kind.PASSKEY_REMOVED: _notice(
        "er is een passkey verwijderd",
        "Van je login bij {brand} is een passkey verwijderd. Met die passkey kan niemand meer inloggen.",
    ),
    Kind.BACKUP_CODES_RENEWED: _notice(
        "er zijn nieuwe reservecodes gemaakt",
        "Voor je login bij {brand} zijn nieuwe reservecodes gemaakt. De oude werken niet meer.",
    ),
    Kind.BACKUP_CODE_USED: _notice(
        "er is een reservecode gebruikt",
        "Bij het inloggen bij {brand} is een reservecode gebruikt. Die code werkt nu niet meer. Raken ze op? "
        "In je account maak je nieuwe.",
    ),
}
