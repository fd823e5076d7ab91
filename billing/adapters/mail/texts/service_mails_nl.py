"""Nederlands: mails over opzeggen en wijzigen van producten."""

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
}
