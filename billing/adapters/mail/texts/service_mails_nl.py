"""Nederlands: mails over opzeggen en wijzigen van producten, en over stilzetten en weer aanzetten."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_PRODUCTS = "Producten bekijken"
_ASK_US = "Klopt dit niet? Antwoord dan op deze mail, dan helpen we je verder."

SERVICE_MAILS = {
    Kind.SERVICE_CANCELLED: MailText(
        subject="{service} is opgezegd",
        intro=(
            "{by} heeft {service} voor {account} opgezegd. Het loopt tot en met {last_day}. Was er vooruitbetaald, dan "
            "staat in de creditnota wat je terugkrijgt; die komt in een eigen mail.",
        ),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.SERVICE_ENDED: MailText(
        subject="{service} is gestopt",
        intro=(
            "{by} heeft {service} voor {account} per direct opgezegd. Was er vooruitbetaald, dan staat in de "
            "creditnota wat je terugkrijgt; die komt in een eigen mail.",
        ),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.SERVICE_CHANGED: MailText(
        subject="{service} is nu {product}",
        intro=(
            "{by} heeft {service} voor {account} gewijzigd in {product}. Is er iets te verrekenen, dan komt de "
            "creditnota of factuur daarvan in een eigen mail.",
        ),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.SERVICE_KEPT: MailText(
        subject="{service} gaat gewoon door",
        intro=("{by} heeft de opzegging van {service} voor {account} ingetrokken. Het product gaat gewoon door.",),
        button=_SHOW_PRODUCTS,
        notes=(_ASK_US,),
    ),
    Kind.STOP_ANNOUNCED: MailText(
        subject="over {service} willen we graag iets afspreken",
        intro=(
            "Voor {account} staat nog {cents} open, van factuur {invoices}. We hebben je erover gemaild en gebeld. "
            "{service} werkt nu gewoon.",
            "Lukt betalen in één keer niet? Bel ons of antwoord op deze mail, dan spreken we samen iets af. Horen we "
            "niets en komt er niets binnen, dan kan een medewerker {service} vanaf {earliest_on} tijdelijk stilzetten. "
            "Je gegevens blijven dan bewaard en je e-mail blijft werken.",
        ),
        button="Facturen bekijken en betalen",
        notes=("Heb je al betaald? Antwoord dan op deze mail, dan zoeken we het meteen uit.",),
    ),
    Kind.SERVICE_STOPPED: MailText(
        subject="{service} staat tijdelijk stil",
        intro=(
            "Voor {account} staat nog {cents} open, van factuur {invoices}. {service} staat daarom tijdelijk stil. "
            "Je gegevens blijven zeker tot en met {kept_on} bewaard, en je e-mail blijft zo lang werken.",
            "Zodra er een betaling binnenkomt, staat alles binnen enkele minuten weer aan, zoals het was.",
        ),
        button="Facturen bekijken en betalen",
        notes=("Heb je al betaald, of klopt dit niet? Antwoord dan op deze mail of bel ons, dan zetten we het recht.",),
    ),
    Kind.DOMAIN_RENEWED: MailText(
        subject="{service} is verlengd",
        intro=(
            "We hebben {service} voor {account} op tijd verlengd, tot en met {last_day}, ook al is de factuur nog niet "
            "betaald. Er kan dus niets mee gebeuren.",
            "Wil je de factuur nog betalen? Dat kan met de knop hieronder.",
        ),
        button="Factuur betalen",
        notes=("Heb je al betaald? Dan hoef je niets te doen.",),
    ),
    Kind.SERVICE_RESTORED: MailText(
        subject="{service} staat weer aan",
        intro=("{service} van {account} staat weer aan, zoals het was. Je hoeft daar niets voor te doen.",),
        button=_SHOW_PRODUCTS,
        notes=("Werkt er iets nog niet? Antwoord dan op deze mail, dan helpen we je meteen.",),
    ),
}
