"""Dutch for everything at the door."""

from dashboard.texts import words_login as words

PROOF = words.Proof(
    title="Bevestig dat jij het bent",
    text="Dit is een belangrijke wijziging. We vragen het daarom nog een keer, zodat niemand anders die kan doen als "
    "jouw scherm even open staat.",
    password="Je wachtwoord",
    wrong_password="Dit wachtwoord klopt niet. Er is niets veranderd. Probeer het opnieuw.",
    code="Of een code uit je app",
    code_hint="Zes cijfers, of een van je reservecodes.",
    submit="Bevestigen",
    cancel="Annuleren",
)

PASSKEYS = words.Passkeys(
    use="Passkey gebruiken",
    otherwise="of",
    cancelled="Je passkey is niet gebruikt. Er is niets veranderd. Probeer het opnieuw, of kies een andere manier.",
    known="Dit apparaat is al een passkey van je. Er is niets veranderd. Neem een ander apparaat als je er nog een "
    "wilt.",
    trouble="Er is even geen antwoord. Er is niets veranderd. Probeer het over een minuut opnieuw.",
)

LOGIN = words.Login(
    title="Inloggen",
    lede="Bij je facturen van {seller}",
    email="E-mailadres",
    password="Wachtwoord",
    show="Tonen wat je typt",
    forgotten="Wachtwoord vergeten?",
    submit="Inloggen",
    passkey="Verder met een passkey",
    demo="Dit is een demo: alle namen en bedragen zijn verzonnen. Het wachtwoord van elke demo-login is",
    said={
        "password": "Je wachtwoord is gewijzigd. Log nu in.",
        "recovered": "Inloggen in twee stappen staat uit. Log in met je wachtwoord, en zet het daarna liefst weer aan.",
        "joined": "Je uitnodiging is geaccepteerd. Log in zoals je gewend bent.",
    },
    art_title="Betaald en geregeld.",
    art_text="Zie wat er open staat, betaal het in twee klikken, of laat het je boekhouder doen.",
    art_number="2026-0097",
    art_day="6 maart 2026",
    art_amount="€\u00a00,00",
)

_STRENGTH = "Minstens tien tekens, en niet makkelijk te raden. Vier losse woorden zijn sterk en goed te onthouden."
_MISSING = "De link is niet compleet of niet van ons. Er is niets veranderd. Open de link opnieuw vanuit je mail."

_RESET = words.Reset(
    title="Kies een nieuw wachtwoord",
    lede="Daarna ben je overal uitgelogd, en log je in met het nieuwe.",
    password="Nieuw wachtwoord",
    hint=_STRENGTH,
    submit="Wachtwoord opslaan",
    ends={
        "link_used": words.LinkEnd(
            "Deze link is al gebruikt",
            "Een link werkt één keer, en alleen de nieuwste die we mailden. Er is niets veranderd. Koos je al een "
            "nieuw wachtwoord, log dan gewoon in; anders vraag je een nieuwe link aan.",
            "Nieuwe link aanvragen",
            "/login/forgot",
        ),
        "link_expired": words.LinkEnd(
            "Deze link is verlopen",
            "Een link blijft een uur geldig. Er is niets veranderd: je oude wachtwoord werkt nog. Vraag een nieuwe "
            "link aan als je het kwijt bent.",
            "Nieuwe link aanvragen",
            "/login/forgot",
        ),
        "not_found": words.LinkEnd(
            "Deze link werkt niet",
            _MISSING,
            "Nieuwe link aanvragen",
            "/login/forgot",
        ),
    },
)

_INVITATION = words.Invitation(
    page="Uitnodiging",
    title="{inviter} nodigt je uit",
    handed_over="Je volgt {predecessor} op",
    lede="{inviter} geeft je toegang tot {account}.",
    role="Je rol",
    rights="Wat je kunt doen",
    access="Toegang",
    until="Tot en met {date}",
    no_end="Zonder einddatum",
    name="Je naam",
    password="Kies een wachtwoord",
    hint=_STRENGTH,
    known="Je hebt al een login.",
    known_text="Die blijft zoals hij is, met hetzelfde wachtwoord. {account} komt erbij.",
    accept="Uitnodiging accepteren",
    start="Accepteren en beginnen",
    privacy="Ken je {inviter} niet? Dan hoef je niets te doen; zonder jouw akkoord verandert er niets.",
    ends={
        "link_used": words.LinkEnd(
            "Deze uitnodiging is al gebruikt",
            "Een uitnodiging werkt één keer, en alleen de nieuwste die we mailden. Heb jij haar geaccepteerd, dan kun "
            "je gewoon inloggen.",
            "Inloggen",
            "/login",
        ),
        "link_withdrawn": words.LinkEnd(
            "Deze uitnodiging is ingetrokken",
            "Wie je uitnodigde, heeft de uitnodiging teruggenomen. Er is niets veranderd. Denk je dat dit niet klopt, "
            "vraag dan om een nieuwe.",
            "Inloggen",
            "/login",
        ),
        "link_expired": words.LinkEnd(
            "Deze uitnodiging is verlopen",
            "Een uitnodiging blijft een week geldig. Er is niets veranderd. Vraag wie je uitnodigde om haar opnieuw "
            "te sturen.",
            "Inloggen",
            "/login",
        ),
        "not_found": words.LinkEnd("Deze uitnodiging werkt niet", _MISSING, "Inloggen", "/login"),
    },
)

_CONFIRMATION = words.OneButton(
    page="E-mailadres bevestigen",
    title="Bevestig je nieuwe adres",
    text="Zodra je bevestigt, log je in met {email}. Tot die tijd blijft je oude adres werken.",
    submit="E-mailadres bevestigen",
    ends={
        "done": words.LinkEnd(
            "Je nieuwe adres is bevestigd",
            "Vanaf nu log je in met je nieuwe adres. Je wachtwoord is hetzelfde gebleven.",
            "Naar het dashboard",
            "/",
        ),
        "link_used": words.LinkEnd(
            "Deze link is al gebruikt",
            "Een link werkt één keer, en alleen de nieuwste die we mailden. Er is nu niets veranderd. In je account "
            "zie je met welk adres je inlogt.",
            "Naar je account",
            "/account",
        ),
        "link_expired": words.LinkEnd(
            "Deze link is verlopen",
            "Een link blijft een dag geldig. Er is niets veranderd: je logt nog in met je oude adres. Vraag in je "
            "account een nieuwe link aan.",
            "Naar je account",
            "/account",
        ),
        "email_taken": words.LinkEnd(
            "Met dit adres logt al iemand in",
            "Daarom kan het niet ook jouw adres worden. Er is niets veranderd: je logt nog in met je oude adres. Kies "
            "in je account een ander.",
            "Naar je account",
            "/account",
        ),
        "not_found": words.LinkEnd("Deze link werkt niet", _MISSING, "Naar je account", "/account"),
    },
)

_RECOVERY = words.OneButton(
    page="Tweede stap uitzetten",
    title="Inloggen in twee stappen uitzetten",
    text="Daarna log je in met alleen je wachtwoord. Je app, passkeys en reservecodes gelden dan niet meer, en je "
    "wordt overal uitgelogd.",
    submit="Tweede stap uitzetten",
    ends={
        "link_too_early": words.LinkEnd(
            "Nog even geduld",
            "Voor je veiligheid werkt deze link pas vanaf {moment}. Er is nog niets veranderd. Vind je je app of "
            "passkey eerder terug, log dan gewoon in; dan vervalt deze link.",
            "Naar inloggen",
            "/login",
        ),
        "link_used": words.LinkEnd(
            "Deze link werkt niet meer",
            "Hij is al gebruikt, er is een nieuwere gemaild, of er is intussen met een code ingelogd. Er is nu niets "
            "veranderd.",
            "Naar inloggen",
            "/login",
        ),
        "link_expired": words.LinkEnd(
            "Deze link is verlopen",
            "Een link blijft een week geldig. Er is niets veranderd. Log in en vraag een nieuwe aan.",
            "Naar inloggen",
            "/login",
        ),
        "not_found": words.LinkEnd("Deze link werkt niet", _MISSING, "Naar inloggen", "/login"),
    },
)

DOOR = words.Door(
    step=words.SecondStep(
        title="Nog één stap",
        lede="Open je app en typ de code die er nu staat.",
        lede_passkey="Bevestig met je passkey dat jij het bent.",
        code="Code",
        hint="Zes cijfers, of een van je reservecodes.",
        submit="Verder",
        passkey="Verder met een passkey",
        restart="Opnieuw beginnen",
        lost="App of passkey kwijt?",
        lost_text="Gebruik een reservecode. Heb je die ook niet meer, dan mailen we je een link waarmee je de tweede "
        "stap uitzet. Voor je veiligheid werkt die pas na een dag, en hoort de eigenaar van je account ervan.",
        lost_submit="Mail me de link",
        sent="We hebben je een mail gestuurd. De link daarin werkt over een dag.",
    ),
    forgotten=words.Forgotten(
        title="Wachtwoord vergeten",
        lede="Vul het adres in waarmee je inlogt. Je krijgt een mail met een link om een nieuw wachtwoord te kiezen.",
        submit="Link aanvragen",
        back="Terug naar inloggen",
        sent_title="Kijk in je mail",
        sent="Als er een login bij dit adres hoort, krijg je een mail met een link. Die blijft een uur geldig.",
        sent_hint="Na een paar minuten nog niets? Kijk bij ongewenste mail, of probeer een ander adres. Je oude "
        "wachtwoord blijft werken tot je een nieuw kiest.",
        again="Ander adres proberen",
    ),
    reset=_RESET,
    invitation=_INVITATION,
    confirmation=_CONFIRMATION,
    recovery=_RECOVERY,
    log_in="Inloggen",
    role_hints={
        "owner": "Je regelt alles: facturen, producten, website, e-mail en wie er toegang heeft.",
        "administrator": "Je regelt facturen, producten, website en e-mail.",
        "bookkeeper": "Je ziet en betaalt facturen. Aan website en e-mail kun je niets wijzigen.",
        "read_only": "Je ziet facturen en documenten, zonder iets te kunnen wijzigen.",
        "technician": "Je beheert website, e-mail en domeinen. Facturen zie je niet.",
    },
)
