"""Nederlands: mails over credits en geld dat teruggaat."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_CREDITS = "Credits bekijken"
_ASK_US = "Klopt dit niet? Antwoord dan op deze mail, dan helpen we je verder."

CREDIT_MAILS = {
    Kind.OVERPAYMENT_KEPT: MailText(
        subject="te veel betaald bedrag van {cents} bewaard als credits",
        intro=(
            "{by} heeft gekozen om {cents}, dat voor {account} te veel betaald was, te bewaren als credits. Ze worden "
            "vanzelf met de volgende factuur verrekend.",
        ),
        button=_SHOW_CREDITS,
        notes=(_ASK_US,),
    ),
    Kind.PAYOUT_ASKED: MailText(
        subject="bedrag van {cents} wordt teruggestort",
        intro=(
            "{by} laat voor {account} een bedrag van {cents} terugstorten. Het gaat naar de rekening of kaart waarmee "
            "betaald is; dat kan een paar werkdagen duren.",
        ),
        button=_SHOW_CREDITS,
        notes=(_ASK_US,),
    ),
    Kind.PAYOUT_FAILED: MailText(
        subject="terugstorten is niet gelukt",
        intro=(
            "Het bedrag van {cents} kon niet worden teruggestort naar de rekening of kaart waarmee betaald is. Er is "
            "niets verloren: het staat weer waar het stond.",
        ),
        button=_SHOW_CREDITS,
        notes=("Wil je het op een andere manier terug? Antwoord dan op deze mail, dan zoeken we een oplossing.",),
    ),
}
