"""The pages of the company's own people, in Dutch."""

from dashboard.texts import words_staff as words
from dashboard.texts.nl_staff_money import MONEY
from dashboard.texts.nl_staff_runs import RUNS
from dashboard.texts.nl_staff_stops import STOPS


def _customers(count: int) -> str:
    return "1 klant" if count == 1 else f"{count} klanten"


STAFF = words.Staff(
    nav=words.StaffNav(
        label="Medewerkers",
        lights="Vier lampen",
        money="Ongekoppeld geld",
        pushes="Pushrecorder",
        runs="Runs",
        stops="Stopopdrachten",
        customers="Klanten",
    ),
    customers=words.StaffCustomers(
        lede="Wie er klant is, en wat er openstaat.",
        search="Klanten zoeken",
        search_hint="Naam, e-mailadres of factuurnummer",
        name="Klant",
        to_pay="Openstaand",
        overdue="Waarvan te laat",
        nothing_open="niets open",
        count=_customers,
        none="Geen klanten gevonden",
        none_text="Er is geen klant die hierbij past. Zoek op (een deel van) de naam, het begin van een e-mailadres "
        "of een heel factuurnummer.",
    ),
    money=MONEY,
    stops=STOPS,
    runs=RUNS,
)
