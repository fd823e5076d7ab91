"""Dutch."""

from dashboard.texts import words
from dashboard.texts.nl_account import ACCOUNT
from dashboard.texts.nl_credits import CREDITS
from dashboard.texts.nl_demo import DEMO
from dashboard.texts.nl_help import HELP
from dashboard.texts.nl_hosting import EMAIL, HOSTING, WEBSITE
from dashboard.texts.nl_inbox import INBOX, LINK_WITHDRAWAL, PERIOD
from dashboard.texts.nl_login import DOOR, LOGIN, PASSKEYS, PROOF
from dashboard.texts.nl_mandate import MANDATE
from dashboard.texts.nl_money import INVOICE, METHODS, PAPER, PAY_LINK, PAY_RETURN
from dashboard.texts.nl_problems import (
    BROKEN,
    DENIED,
    DENIED_STAFF,
    ERRORS,
    GONE,
    LOCKED,
    MISSING,
    MOVED,
    NOT_FOUND,
    PROBLEM,
    WEAK_PASSWORDS,
)
from dashboard.texts.nl_products import PRODUCTS
from dashboard.texts.nl_reminder import REMINDER
from dashboard.texts.nl_roles import RIGHTS, ROLES
from dashboard.texts.nl_safety import SAFETY
from dashboard.texts.nl_staff import STAFF
from dashboard.texts.nl_users import USERS
from dashboard.texts.nl_web import WEB

_NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


def _number_word(count: int) -> str:
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def _days_ago(count: int) -> str:
    return "gisteren" if count == 1 else f"{count} dagen geleden"


def _days_ahead(count: int) -> str:
    return "morgen" if count == 1 else f"over {count} dagen"


def _seconds(count: int) -> str:
    return "1 seconde" if count == 1 else f"{count} seconden"


def _minutes(count: int) -> str:
    return "1 minuut" if count == 1 else f"{count} minuten"


def _in_words(count: int) -> str:
    return f"{_number_word(count)} factuur" if count == 1 else f"{_number_word(count)} facturen"


def _open_invoices(count: int) -> str:
    return "1 factuur" if count == 1 else f"{count} facturen"


def _chosen(count: int) -> str:
    return "1 factuur gekozen" if count == 1 else f"{count} facturen gekozen"


def _chosen_documents(count: int) -> str:
    return "1 document gekozen" if count == 1 else f"{count} documenten gekozen"


NL = words.Texts(
    shell=words.Shell(
        home=", naar het dashboard",
        skip="Naar de inhoud",
        switch_account="Account wisselen: {name}",
        your_accounts="Je accounts",
        invoices="Facturen",
        invoices_open="Facturen, {count} open",
        dark="Donkere weergave",
        light="Lichte weergave",
        other_language="en",
        switch_language="EN: in English",
        switch_language_short="EN",
        user_menu="Gebruikersmenu van {name}",
        account="Account",
        log_out="Uitloggen",
        crumbs="Kruimelpad",
        dashboard="Dashboard",
        loading="De pagina wordt geladen",
        offline="Er is even geen verbinding. Er gaat niets verloren; de pagina werkt zichzelf bij zodra de verbinding "
        "terug is.",
        broken_title="Deze pagina kon niet worden getoond",
        broken="Er ging iets mis bij het tonen. Er is niets afgeschreven en niets verloren gegaan. Laad de pagina "
        "opnieuw.",
        reload="Opnieuw laden",
        title=" · ",
        copied="{what} gekopieerd",
        close="Sluiten",
        seller="{name} · KvK {chamber}",
        demo=" · demo-omgeving",
        manifest="Facturen bekijken en betalen",
    ),
    days_ago=_days_ago,
    days_ahead=_days_ahead,
    seconds=_seconds,
    minutes=_minutes,
    today="vandaag",
    at="{date}, {time}",
    clock="%H.%M",
    login=LOGIN,
    status=words.Status(
        credited="Gecrediteerd",
        paid="Betaald",
        under_way="Betaling onderweg",
        returned="Teruggeboekt",
        partly_settled="Deels verrekend",
        overdue="Te laat",
        unpaid="Onbetaald",
        on="op {date}",
        expected="verwacht op {date}",
        open_again="opnieuw open",
        still="nog {amount}",
    ),
    methods=METHODS,
    dashboard=words.Dashboard(
        title="Dashboard",
        greetings=("Goedemorgen, {name}", "Goedemiddag, {name}", "Goedenavond, {name}"),
        today_open="{day}. {count} open.",
        today_clear="{day}. Er staat niets open.",
        today_other="{day}.",
        stands="Er staat",
        stand="Er staan",
        invoices_in_words=_in_words,
        main_nav="Hoofdknoppen",
        products="Producten",
        website="Website",
        email="E-mail",
        users="Gebruikers",
        credits="Credits",
        invoices="Facturen",
        open_suffix=" open",
        open_title="Openstaande facturen",
        open_count=_open_invoices,
        open_first="{count}, de oudste bovenaan",
        together="Samen nog te betalen",
        pay="Betalen",
        pay_named="Betalen, factuur {number}",
        view="Bekijken",
        view_named="Bekijken, factuur {number}",
        number="Nummer",
        status="Status",
        date="Datum",
        due="Vervaldatum",
        due_short="Uiterlijk",
        to_pay="Nog te betalen",
        with_credits="{amount} met credits",
        all_invoices="Alle facturen bekijken",
        pay_together="{count} samen betalen",
        clear_title="Er staat niets open",
        last_paid="Factuur {number} is betaald op {date}.",
        clear_text="Je hoeft niets te betalen. Komt er een nieuwe factuur, dan zie je die hier en krijg je een mail.",
        no_right="Facturen horen niet bij jouw rechten in dit account. De eigenaar van het account kan dat aanpassen.",
        overpaid="Je hebt {amount} te veel betaald.",
        overpaid_text="Dat geld blijft van jou en gaat niet verloren.",
        overpaid_choose="Kies of je het bewaart als credits of laat terugstorten",
    ),
    invoices=words.Invoices(
        title="Facturen",
        list="Alle facturen",
        filters=(("all", "Alle"), ("open", "Open"), ("paid", "Betaald"), ("credited", "Credit")),
        filter="Filter",
        search="Zoeken",
        search_hint="Zoek op nummer of product",
        choose="Kiezen",
        choose_row="Factuur {number} kiezen",
        amount="Bedrag",
        previous="Vorige",
        next="Volgende",
        range="{first} tot en met {last} van {total}",
        none="Geen facturen gevonden",
        none_text="Er is geen factuur die hierbij past. Kies een ander filter of maak het zoekveld leeg.",
        none_yet="Nog geen facturen",
        none_yet_text="Zodra er een factuur is, vind je die hier en krijg je een mail.",
        chosen="Gekozen facturen",
        chosen_count=_chosen,
        chosen_documents=_chosen_documents,
        download="Downloaden (zip)",
        pay="Samen betalen",
        pay_title="Samen betalen",
        pay_text="Alles in één betaling. Kies hoe je wilt betalen.",
        clear="Keuze wissen",
        too_many="Kies hoogstens {count} facturen tegelijk. Er is niets veranderd aan je keuze.",
    ),
    paper=PAPER,
    invoice=INVOICE,
    pay_return=PAY_RETURN,
    pay_link=PAY_LINK,
    reminder=REMINDER,
    link_withdrawal=LINK_WITHDRAWAL,
    inbox=INBOX,
    period=PERIOD,
    credits=CREDITS,
    products=PRODUCTS,
    safety=SAFETY,
    hosting=HOSTING,
    website=WEBSITE,
    email=EMAIL,
    account=ACCOUNT,
    users=USERS,
    mandate=MANDATE,
    staff=STAFF,
    demo=DEMO,
    help=HELP,
    roles=ROLES,
    rights=RIGHTS,
    denied=DENIED,
    denied_staff=DENIED_STAFF,
    locked=LOCKED,
    gone=GONE,
    missing=MISSING,
    moved=MOVED,
    broken=BROKEN,
    not_found=NOT_FOUND,
    errors=ERRORS,
    weak_passwords=WEAK_PASSWORDS,
    door=DOOR,
    proof=PROOF,
    passkeys=PASSKEYS,
    problem=PROBLEM,
    web=WEB,
)
