"""Dutch for who looks after several customers, and about taking back a pay link."""

from dashboard.texts import words_inbox as words

INBOX = words.Inbox(
    title="Postvak",
    lede="Openstaand bij al je klanten",
    link="Alle accounts: openstaand",
    customers="Klanten",
    everybody="Alle klanten",
    nothing_open="Niets open",
    list="Openstaande facturen",
    list_of="Openstaand bij {name}",
    customer="Klant",
    view="Bekijken",
    pay_named="Betalen, factuur {number} van {name}",
    view_named="Bekijken, factuur {number} van {name}",
    clear_title="Er staat nergens iets open",
    clear_text="Bij geen van je klanten hoef je iets te betalen. Komt er een nieuwe factuur, dan zie je die hier.",
    clear_of_title="Bij {name} staat niets open",
    clear_of_text="Hier hoef je niets te betalen. Kies een andere klant, of bekijk alle klanten samen.",
)

PERIOD = words.Period(
    button="Periode downloaden",
    title="Periode downloaden",
    text="Alle facturen en creditnota's met een datum in deze periode, als pdf en als e-factuur (UBL) in één zip. Met "
    "een overzicht (index.csv) voor je boekhouding.",
    customer="Klant",
    first="Van",
    last="Tot en met",
    submit="Downloaden (zip)",
    hint="Ingevuld staat het vorige kwartaal.",
    file_name="facturen-{customer}-{first}-tot-en-met-{last}.zip",
    index_name="index.csv",
    columns=(
        "Factuurnummer",
        "Factuurdatum",
        "Vervaldatum",
        "Klant",
        "Bedrag excl. btw",
        "Btw",
        "Factuurbedrag",
        "Betaald",
        "Verrekend",
        "Nog te betalen",
        "Status",
        "Betaald op",
        "Bestand",
        "SHA-256",
        "E-factuur",
        "SHA-256 van de e-factuur",
    ),
    note_of="Creditnota bij {number}",
    statement_pdf="Rekeningoverzicht (pdf)",
    statement_csv="Rekeningoverzicht (csv)",
    statement_text="Een rekeningoverzicht toont het saldo op de eerste en de laatste dag, en alles daartussen.",
    statement_file="rekeningoverzicht-{first}-tot-en-met-{last}.{ending}",
    statement=words.StatementSheet(
        columns=("Datum", "Wat er gebeurde", "Document", "Bedrag", "Saldo"),
        opening="Saldo op de eerste dag",
        closing="Saldo op de laatste dag",
        kinds={
            "invoice": "Factuur",
            "credit_note": "Creditnota",
            "payment": "Betaling",
            "returned": "Betaling teruggeboekt",
            "paid_out": "Aan jou teruggestort",
            "gift": "Credits gekregen",
            "unmatched": "Betaling bleek niet van jou",
            "other": "Overige boeking",
        },
    ),
    not_ready="Een van de pdf's uit deze periode wordt nog gemaakt. Er is niets mis; probeer het over een paar tellen "
    "opnieuw.",
    refused={
        "order": (
            "Deze periode klopt niet",
            "De eerste dag ligt na de laatste. Ga terug en draai de twee datums om.",
        ),
        "long": (
            "Deze periode is te lang",
            "Eén download gaat over hoogstens 400 dagen. Ga terug en kies een kortere periode.",
        ),
        "full": (
            "Dit zijn te veel facturen",
            "Eén download heeft hoogstens 1.000 facturen en creditnota's. Ga terug en kies een kortere periode.",
        ),
        "empty": (
            "Geen facturen in deze periode",
            "Er is in deze periode geen factuur of creditnota gemaakt. Ga terug en kies een andere periode.",
        ),
    },
)

LINK_WITHDRAWAL = words.LinkWithdrawal(
    button="Betaallink intrekken",
    title="Betaallink intrekken?",
    text="Links in eerder verstuurde mails werken niet meer. Een volgende mail heeft een nieuwe.",
    confirm="Intrekken",
    cancel="Annuleren",
    done="De betaallink is ingetrokken.",
)
