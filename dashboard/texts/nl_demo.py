"""The page of who shows the demo, in Dutch."""

from dashboard.texts import words_demo as words
from dashboard.texts.words_demo import FaultWords, StepWords, StoryWords

_OWNER, _BOOKKEEPER, _CHAIR, _FINANCE = "eigenaar", "boekhouder", "voorzitter", "finance"
_INVOICE = "/invoices/{invoice}"
_MAILED = StepWords("De factuur is gemaild", "Laat de mail zien: bedrag, vervaldag en één knop om te betalen.")
_STARTED = StepWords("De klant gaat betalen", "Kies iDEAL op de factuur. Er gaat niets af voor de bank ja zegt.",
                     _OWNER, _INVOICE)  # fmt: skip
_PAID = StepWords("De bank zegt ja", "De factuur springt zelf op Betaald, ook in een tweede venster.", _OWNER, _INVOICE)


def _size(steps: int, minutes: int) -> str:
    return f"{steps} stappen, {minutes} {'minuut' if minutes == 1 else 'minuten'}"


_STORIES = {
    "ideal": StoryWords("Betalen met iDEAL", 1, "wat op het scherm staat, staat ook in het journaal; de push van de "
        "betaaldienst is alleen een seintje, het bedrag vragen we zelf op.", {
        "mailed": _MAILED, "started": _STARTED, "paid": _PAID,
        "told": StepWords("De klant krijgt bericht", "De mail met de betaalde factuur staat in de mailbox."),
    }),
    "bookkeeper": StoryWords("De boekhouder betaalt", 1, "zien, betalen en beheren zijn aparte rechten. De boekhouder "
        "ziet de website niet, de technicus het geld niet.", {
        "mailed": StepWords("Twee facturen zijn gemaild", "Eigenaar en boekhouder krijgen ze allebei."),
        "together": StepWords("Samen betalen", "Kies beide facturen en betaal ze in één keer.", _BOOKKEEPER,
                              "/invoices"),
        "paid": StepWords("Allebei betaald", "Eén betaling, twee facturen, elke cent op zijn plek.", _BOOKKEEPER,
                          "/invoices"),
    }),
    "storno": StoryWords("Machtiging en storno op dag 40", 3, "een storno zet niets uit. De klant ziet waarom de "
        "factuur weer openstaat en kan gewoon betalen.", {
        "signed": StepWords("De klant geeft een machtiging", "Tekenen bij de eigen bank, vanaf de factuur.", _OWNER,
                            _INVOICE),
        "submitted": StepWords("Aangekondigd en aangeboden", "Er gaan dagen voorbij. De aankondiging staat in de "
                               "mailbox, daarna gaat de incasso naar de bank.", _OWNER, "/account/mandate"),
        "collected": StepWords("Geïncasseerd", "De bank heeft afgeschreven; de factuur is betaald.", _OWNER, _INVOICE),
        "returned": StepWords("Storno op dag 40", "De factuur is teruggeboekt, met de reden erbij. Er wordt niets "
                              "uitgezet.", _OWNER, _INVOICE),
    }),
    "credits": StoryWords("Deels met credits", 2, "credits worden vanzelf verrekend, en wat er overblijft staat overal "
        "even groot: scherm, mail en pdf.", {
        "given": StepWords("De creditnota", "Een maand storing geeft credits. Ze staan bij Credits, met de reden.",
                           _OWNER, "/credits"),
        "settled": StepWords("De nieuwe factuur komt", "Laat zien: bedrag min credits, en groot wat er nog te betalen "
                             "is.", _OWNER, _INVOICE),
        "started": _STARTED, "paid": _PAID,
    }),
    "cancel": StoryWords("Opzeggen en creditnota", 2, "opzeggen kost geen telefoontje. Vooraf staat tot op de cent wat "
        "er terugkomt.", {
        "cancelled": StepWords("De klant zegt op", "Zeg de webshopmodule per vandaag op bij Producten.", _OWNER,
                               "/products"),
        "noted": StepWords("De creditnota is er", "Wat vooruit was betaald, komt naar rato terug.", _OWNER, "/credits"),
        "credited": StepWords("Credits staan klaar", "De volgende factuur wordt er vanzelf mee verrekend.", _OWNER,
                              "/credits"),
    }),
    "double": StoryWords("Dubbele push", 1, "elk bericht mag twee keer, te laat of in de verkeerde volgorde komen. "
        "Er wordt één keer geboekt.", {
        "started": _STARTED, "paid": _PAID,
        "twice": StepWords("Twee berichten, één boeking", "Zoek de factuur op in de pushrecorder.", _FINANCE,
                           "/staff/pushes"),
    }),
    "late": StoryWords("Bankbestand te laat", 2, "zolang het bestand van de bank er niet is, manen we niemand die "
        "misschien al betaald heeft.", {
        "mailed": _MAILED,
        "silent": StepWords("Twee dagen zonder bestand", "De klant heeft overgemaakt; wij weten nog van niets.",
                            _OWNER, _INVOICE),
        "file": StepWords("Het bestand komt alsnog", "Lees het in bij Ongekoppeld geld.", _FINANCE, "/staff/money"),
        "matched": StepWords("Vanzelf gekoppeld", "Op het kenmerk van de factuur, zonder handwerk.", _OWNER, _INVOICE),
    }),
    "handover": StoryWords("Penningmeester draagt over", 2, "een club wisselt vaak van penningmeester. De rechten gaan "
        "mee, en wie weggaat houdt nog even toegang.", {
        "invited": StepWords("De opvolger is uitgenodigd", "Kies Overdragen bij de penningmeester.", _CHAIR,
                             "/account/users"),
        "joined": StepWords("De opvolger doet mee", "Open de uitnodiging in de mailbox en kies een wachtwoord."),
        "ends": StepWords("De toegang eindigt", "Bij de oude penningmeester staat nu de laatste dag.", _CHAIR,
                          "/account/users"),
    }),
}  # fmt: skip

DEMO = words.Demo(
    watermark="Demo",
    title="Presentatie",
    lede="Acht verhalen die elke keer hetzelfde verlopen. Zonder sleutels, zonder netwerk.",
    list="Verhalen",
    size=_size,
    place="Verhaal {number} van {count}",
    again="Opnieuw klaarzetten",
    begin="Klaarzetten",
    next="Volgende stap",
    busy="Bezig…",
    by_itself="Dit gebeurt vanzelf; het duurt een paar tellen.",
    not_begun="Nog niet begonnen",
    at_step="Bezig, stap {number} van {count}",
    told="Verteld",
    say="Zeg erbij:",
    where="Open in een privévenster als {login}@demo.test",
    open="Open als {login}",
    private="Log anderen in een privévenster in: wie hier inlogt, logt jou uit.",
    cue="{story}, stap {number} van {count}: {step}",
    cue_none="Nog geen verhaal begonnen",
    cue_told="{story}: verteld",
    cue_link="Naar de presentatie",
    clock="Klok",
    clock_note="De klok gaat alleen vooruit. Wat onderweg had moeten gebeuren, gebeurt. Alles terugzetten brengt ook "
    "vandaag terug.",
    moves={"1": "+1 uur", "24": "+1 dag", "168": "+1 week", "960": "+40 dagen"},
    to_event="Naar {day}",
    faults="Storingen",
    mailbox="Mailbox",
    mailbox_all="Alle mails",
    no_mails="Er is nog geen mail.",
    reset="Alles terugzetten",
    reset_took="Terugzetten duurde {seconds} seconde",
    no_outside="De sandbox antwoordt niet. Er is niets verloren; start de demo opnieuw met make demo.",
    stories=_STORIES,
    fault={
        "lost_push": FaultWords("Push kwijtraken", "Geen push komt aan; wij vragen het zelf na"),
        "double_push": FaultWords("Push dubbel sturen", "Elke push komt twee keer"),
        "late_push": FaultWords("Push te laat", "Elke push komt een uur later"),
        "gateway_down": FaultWords("Betaaldienst weg", "Antwoordt niet; wij proberen het opnieuw"),
        "mail_down": FaultWords("Mailserver weg", "Mails wachten tot hij er weer is"),
    },
    refused={
        "again": "Dit verhaal is al verteld. Er is niets veranderd. Zet eerst alles terug.",
        "too_early": "De vorige stap is nog niet gebeurd. Er is niets veranderd. Wacht een paar tellen.",
        "by_itself": "Deze stap gebeurt vanzelf. Er is niets veranderd. Wacht een paar tellen.",
        "too_far": "De klok gaat hooguit 60 dagen per keer vooruit. Er is niets veranderd.",
        "no_event": "Er staat niets te gebeuren. De klok is niet verzet.",
        "nothing_kept": "Van deze demo is geen begin bewaard, of van een oudere versie. Er is niets veranderd. Start "
        "de demo met RESET=1.",
        "step": "Deze stap lukte niet; er is niets geboekt. Staat er een storing aan? Zet die uit en probeer het "
        "opnieuw.",
    },
)
