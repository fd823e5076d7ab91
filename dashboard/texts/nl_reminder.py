"""Dutch for the page of a reminder's link."""

from dashboard.texts.words_money import End
from dashboard.texts.words_reminder import Reminder

REMINDER = Reminder(
    title="Vertel ons hoe het zit",
    lede="Dan sturen we je intussen geen herinneringen. Inloggen hoeft niet.",
    invoice="Het gaat om factuur {numbers} van {amount}.",
    invoices="Het gaat om de facturen {numbers}, samen {amount}.",
    both=" en ",
    paid_title="Ik heb al betaald",
    paid_text="We zoeken de betaling op. Met deze gegevens vinden we hem het snelst.",
    paid_on="Betaald op",
    how_label="Hoe",
    how={
        "transfer": "Overboeking", "ideal": "iDEAL", "card": "Creditcard", "bancontact": "Bancontact",
        "direct_debit": "Automatische incasso", "other": "Anders",
    },
    amount="Bedrag in euro",
    amount_hint="Bijvoorbeeld 121,00",
    paid_button="Zoek mijn betaling op",
    later_title="Ik betaal later",
    later_text="Kies de dag waarop je betaalt, binnen twee weken. Tot en met die dag hoor je niets van ons.",
    pay_on="Ik betaal op",
    later_button="Wacht tot die dag",
    told_paid="Dank je wel. We zoeken je betaling op en sturen tot en met {date} geen herinneringen.",
    told_later="Afgesproken. Tot en met {date} sturen we geen herinneringen.",
    settled=End("Er staat niets meer open", "Alles uit deze herinnering is betaald. Je hoeft niets te doen."),
    missing=End(
        "Deze link werkt niet",
        "Misschien is de link niet compleet. Er is niets veranderd. Open de link uit de laatste mail, of log in.",
    ),
    too_often=End(
        "Even wachten",
        "Vanaf jouw internetadres zijn in korte tijd veel links geopend. Er is niets veranderd. Probeer het over een "
        "minuut opnieuw.",
    ),
    privacy="Deze pagina toont alleen nummers en bedragen. Log in om de facturen te zien.",
    log_in="Inloggen",
)  # fmt: skip
