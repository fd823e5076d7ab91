"""Nederlands: mails over de gebruikers van een account."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_USERS = "Gebruikers bekijken"
_CHANGE_BACK = "Klopt dit niet? Pas het dan aan bij Beheer gebruikers, of antwoord op deze mail."
_ASK_US = "Klopt dit niet? Antwoord dan op deze mail, dan helpen we je verder."


def _notice(subject: str, happened: str, *, note: str = _CHANGE_BACK) -> MailText:
    return MailText(subject=subject, intro=(happened,), button=_SHOW_USERS, notes=(note,))


USER_MAILS = {
    Kind.USER_INVITED: _notice(
        "uitnodiging voor {email}",
        "{by} heeft {email} voor {account} uitgenodigd. Na het aannemen geldt de rol die hieronder staat.",
    ),
    Kind.SECOND_FACTOR_LOST: _notice(
        "{name} is de tweede stap kwijt",
        "{name} wil inloggen in twee stappen uitzetten, omdat de app of passkey kwijt is. Dat kan pas na een dag. "
        "Vertrouw je het niet, vraag het dan na, of haal de toegang tot {account} weg.",
    ),
    Kind.USER_JOINED: _notice(
        "{name} heeft nu toegang",
        "{name} heeft de uitnodiging voor {account} aangenomen en kan nu inloggen.",
    ),
    Kind.USER_CHANGED: _notice(
        "toegang van {name} gewijzigd",
        "{by} heeft gewijzigd wat {name} in {account} mag. Hieronder staat wat er nu geldt.",
    ),
    Kind.USER_REMOVED: _notice(
        "{name} heeft geen toegang meer",
        "{by} heeft {name} uit {account} verwijderd. {name} kan daar nu niets meer zien of doen.",
    ),
    Kind.INVITATION_WITHDRAWN: _notice(
        "uitnodiging voor {email} ingetrokken",
        "{by} heeft de uitnodiging van {email} voor {account} ingetrokken. De link daarin werkt niet meer.",
    ),
    Kind.HANDOVER_STARTED: _notice(
        "opvolger van {predecessor} uitgenodigd",
        "{by} heeft {email} uitgenodigd om {predecessor} voor {account} op te volgen. Er verandert niets tot de "
        "uitnodiging is aangenomen.",
    ),
    Kind.HANDED_OVER: _notice(
        "{successor} volgt {predecessor} op",
        "{successor} heeft de uitnodiging voor {account} aangenomen en volgt daar {predecessor} op.",
    ),
    Kind.OWNERSHIP_TRANSFERRED: _notice(
        "{new} is nu eigenaar",
        "{old} heeft {account} aan {new} overgedragen. Vanaf nu is {new} de eigenaar.",
        note=_ASK_US,
    ),
    Kind.BILLING_PROFILE_CHANGED: MailText(
        subject="factuurgegevens gewijzigd",
        intro=(
            "{by} heeft de factuurgegevens van {account} gewijzigd. Ze komen op nieuwe facturen; eerdere facturen "
            "blijven zoals ze zijn.",
        ),
        button="Factuurgegevens bekijken",
        notes=(_ASK_US,),
    ),
    Kind.MOVE_REFUSED: MailText(
        subject="je nieuwe adres staat nog niet op je facturen",
        intro=(
            "Je gaf voor {account} een adres buiten het btw-gebied van de EU op. Daar rekenen we geen btw, en daarvoor "
            "hebben we een bewijs nodig. Dat hebben we niet, dus je vorige adres en de btw blijven zoals ze waren.",
        ),
        button="Factuurgegevens bekijken",
        notes=("Zit je daar wel? Antwoord op deze mail met een bewijs, zoals een uittreksel of een rekening.",),
    ),
    Kind.VAT_NUMBER_INVALID: MailText(
        subject="je btw-nummer is niet bekend bij de belastingdienst",
        intro=(
            "De belastingdienst in jouw land kent btw-nummer {number} van {account} niet. Zolang dat zo is, rekenen we "
            "btw op je volgende facturen. Facturen die je al hebt, blijven zoals ze zijn.",
            "Kijk je btw-nummer na en pas het aan. Klopt het nummer, dan wordt de btw weer verlegd.",
        ),
        button="Factuurgegevens bekijken",
        notes=("Vragen? Antwoord op deze mail, dan helpen we je verder.",),
    ),
    Kind.ACCESS_ENDS_SOON: _notice(
        "toegang van {name} loopt tot en met {ends_on}",
        "De toegang van {name} tot {account} loopt tot en met {ends_on} en vervalt daarna vanzelf.",
        note="Klopt de datum? Dan hoef je niets te doen. Moet {name} er langer bij kunnen, dan kiest de eigenaar een "
        "latere datum bij Beheer gebruikers.",
    ),
    Kind.BILLING_MAILBOX_AT_RISK: MailText(
        subject="de facturen gaan naar één mailbox, en die loopt gevaar",
        intro=(
            "Alleen {name} krijgt op {email} de facturen voor {account} binnen. Die mailbox werkt niet, of hoort bij "
            "hosting waarvan de rekening nog openstaat. Daarom vertellen we het ook aan jou.",
            "Zorg dat nog iemand de facturen krijgt, het liefst op een adres dat niet bij deze hosting hoort.",
        ),
        button="",
        notes=("Vragen? Antwoord op deze mail, dan helpen we je verder.",),
    ),
}
