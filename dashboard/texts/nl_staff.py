"""The pages of the company's own people, in Dutch."""

from dashboard.texts import words_staff as words
from dashboard.texts.nl_staff_lights import CERTIFICATE, LIGHTS, STANDING
from dashboard.texts.nl_staff_money import MONEY
from dashboard.texts.nl_staff_pushes import PUSHES
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
    acting="Je handelt namens {name}. Wat je doet staat op jouw naam in hun logboek.",
    acting_for=words.ActingFor(
        button="Namens klant",
        button_named="Handelen namens {name}",
        title="Handelen namens {name}",
        text="Je ziet het dashboard van deze klant. Op verzoek kun je producten opzeggen of wijzigen en "
        "factuurgegevens aanpassen. Betalen, machtigen, gebruikers, website en e-mail blijven van de klant. "
        "De klant ziet in het logboek wie je bent, waarom je er was en wat je deed.",
        reason="Waarom",
        reason_hint="Bijvoorbeeld: belde met de vraag om per 1 januari op te zeggen",
        submit="Handelen namens klant",
        leave="Niet doen",
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
    logging_out=words.LoggingOut(
        one=words.LogOut(
            button="Iemand uitloggen",
            title="Iemand overal uitloggen",
            text="Alle sessies van deze persoon eindigen meteen, op elk apparaat. Opnieuw inloggen kan gewoon; is het "
            "wachtwoord gestolen, laat het dan ook wijzigen.",
            submit="Uitloggen",
            done="{email} is overal uitgelogd.",
        ),
        all=words.LogOut(
            button="Iedereen uitloggen",
            title="Iedereen uitloggen?",
            text="De sessies van alle klanten en collega’s eindigen meteen, ook die van jou. Iedereen kan gewoon "
            "opnieuw inloggen.",
            submit="Iedereen uitloggen",
            done="Iedereen is uitgelogd.",
        ),
        email="E-mailadres",
        nobody="Met dit e-mailadres logt niemand in.",
        leave="Niet doen",
    ),
    lights=LIGHTS,
    standing=STANDING,
    certificate=CERTIFICATE,
    pushes=PUSHES,
    money=MONEY,
    stops=STOPS,
    runs=RUNS,
)
