"""Dutch for the pages about a person's own log-in and the account."""

from dashboard.texts import words_account as words


def _codes_left(count: int) -> str:
    return "Nog 1 reservecode over" if count == 1 else f"Nog {count or 'geen'} reservecodes over"


def _minutes_ago(count: int) -> str:
    return "1 minuut geleden" if count == 1 else f"{count} minuten geleden"


def _hours_ago(count: int) -> str:
    return f"{count} uur geleden"


ACCOUNT = words.AccountPages(
    title="Account",
    nav=words.Nav(
        label="Onderdelen van je account",
        profile="Profiel",
        billing="Factuurgegevens",
        security="Beveiliging",
        users="Beheer gebruikers",
        mandate="Machtiging",
        data="Je gegevens",
    ),
    profile=words.Profile(
        lede="Wie je bent, en wat je van ons gemaild krijgt.",
        person="Jouw gegevens",
        name="Naam",
        name_hint="Zo zien anderen in je accounts je staan.",
        save="Bewaren",
        name_saved="Je naam is bewaard.",
        email="E-mailadres",
        email_hint="Hiermee log je in, en hier komen je mails aan.",
        change="Wijzigen",
        new_email="Nieuw e-mailadres",
        new_email_hint="We mailen een link naar dit adres. Pas als je die opent, verandert er iets.",
        send="Mail versturen",
        cancel="Annuleren",
        asked="We hebben een mail gestuurd naar {new}; tot je die bevestigt, log je in met {old}.",
        mails="Wat je gemaild krijgt",
        mails_lede="Over {account}. Dit geldt alleen voor jou.",
        topics=(
            ("invoices", "Mails met betaalverzoek", "Elke nieuwe factuur, met een knop om te betalen."),
            ("receipts", "Mails met de betaalde factuur", "Zodra er betaald is: de factuur met de datum van betaling."),
        ),
        mails_saved="Je keuze is bewaard.",
        no_mails="Mails over facturen horen niet bij je rol in dit account. Over je eigen login krijg je die wel.",
        accounts="Je accounts",
        accounts_lede="Waar je bij kunt, en in welke rol.",
        on_screen="nu in beeld",
        until="tot en met {date}",
        no_accounts="Je hoort nog bij geen enkel account. Vraag de eigenaar om een uitnodiging.",
        own_acts="Wat je zelf deed",
        own_acts_lede="In het account in beeld, en met je eigen login. Herken je iets niet, wijzig dan je wachtwoord.",
    ),
    billing=words.Billing(
        lede="Wat er op de facturen van {account} staat.",
        card="Op je volgende facturen",
        next_ones="Wat je hier wijzigt, geldt voor de volgende facturen. Wat al een factuur is, verandert nooit.",
        fields={
            "name": "Naam of bedrijfsnaam",
            "attention": "Ter attentie van",
            "street": "Straat en huisnummer",
            "postal_code": "Postcode",
            "city": "Plaats",
            "country": "Land",
            "customer_kind": "Je koopt als",
            "vat_number": "Btw-nummer",
            "chamber_number": "KvK-nummer",
            "language": "Taal van facturen",
        },
        optional="niet verplicht",
        kinds={"business": "Bedrijf of organisatie", "consumer": "Particulier"},
        kind_hint="Buiten Nederland hangt hiervan af welke btw er op je facturen staat.",
        vat_hint="Begint met de letters van je land, zoals NL of BE. Een particulier heeft er geen.",
        vat_means={
            "reverse_charge": "Btw verlegd: op je facturen staat geen btw, je draagt de btw zelf af in {country}. De "
            "belastingdienst daar bevestigde je btw-nummer op {date}. Haal je het nummer weg, dan rekenen we vanaf de "
            "volgende factuur wel btw.",
            "asking": "We vragen bij de belastingdienst van {country} na of je btw-nummer klopt. Tot het antwoord er "
            "is, maken we geen nieuwe facturen. Je hoeft niets te doen.",
            "in_vain": "De belastingdienst van {country} geeft nu geen antwoord over je btw-nummer. We blijven het "
            "vragen, en maken tot die tijd geen nieuwe facturen. Je hoeft niets te doen.",
            "invalid_union_consumer": "De belastingdienst van {country} kent je btw-nummer niet, zo hoorden we op "
            "{date}. Daarom rekenen we op je facturen Nederlandse btw. Kijk het nummer na; klopt het, dan wordt de btw "
            "verlegd.",
            "invalid_oss": "De belastingdienst van {country} kent je btw-nummer niet, zo hoorden we op {date}. Daarom "
            "rekenen we op je facturen de btw van {country}: {rate}. Kijk het nummer na; klopt het, dan wordt de btw "
            "verlegd.",
            "consumer_union_consumer": "Als particulier in {country} betaal je op je facturen Nederlandse btw.",
            "consumer_oss": "Als particulier in {country} betaal je op je facturen de btw van dat land: {rate}.",
            "union_consumer": "Zonder btw-nummer uit {country} rekenen we op je facturen Nederlandse btw. Met zo'n "
            "nummer wordt de btw verlegd: je draagt de btw dan zelf af.",
            "oss": "Zonder btw-nummer uit {country} rekenen we op je facturen de btw van dat land: {rate}. Met zo'n "
            "nummer wordt de btw verlegd: je draagt de btw dan zelf af.",
            "outside": "Op je facturen staat geen btw, omdat je adres buiten het btw-gebied van de EU ligt.",
        },
        moving="Je nieuwe adres ({address}) ligt buiten het btw-gebied van de EU. Daar rekenen we geen btw, dus kijken "
        "we het eerst na. Tot die tijd staat je vorige adres op je facturen en blijft de btw zoals die was. Je hoeft "
        "niets te doen; hebben we een bewijs nodig, dan vragen we je dat.",
        save="Bewaren",
        saved="De factuurgegevens zijn bewaard.",
        look_only="Wijzigen hoort niet bij jouw rechten in dit account. De eigenaar van het account kan dat aanpassen.",
        empty="niet ingevuld",
        einvoice=words.EInvoice(
            card="E-factuur",
            lede="Een e-factuur is je factuur als bestand dat een boekhoudprogramma zelf kan lezen, zodat niemand hem "
            "hoeft over te typen. De PDF krijg je altijd. Je keuze geldt vanaf je volgende factuur.",
            legend="Hoe wil je e-facturen krijgen?",
            forms={
                "hybrid": (
                    "In de PDF",
                    "Eén bestand: jij ziet een gewone PDF, je boekhoudprogramma leest de gegevens die "
                    "erin zitten. Voor bijna iedereen de beste keuze.",
                ),
                "mail": (
                    "Als XML bij de mail",
                    "Bij elke factuurmail zit naast de PDF een XML-bestand (UBL). Handig als "
                    "je mails doorstuurt naar je boekhoudprogramma.",
                ),
                "peppol": (
                    "Via Peppol",
                    "De e-factuur komt zonder mail rechtstreeks in je boekhoudprogramma, als dat op "
                    "Peppol is aangesloten. Lukt dat een keer niet, dan mailen we hem met uitleg.",
                ),
                "none": ("Geen e-factuur", "Alleen de PDF, zonder gegevens voor een boekhoudprogramma."),
            },
            save="Keuze bewaren",
            saved="Je keuze is bewaard en geldt vanaf je volgende factuur.",
        ),
    ),
    security=words.Security(
        lede="Hoe je inlogt, en waar je nu bent ingelogd. Dit gaat alleen over jou.",
        needed="Je hebt een tweede stap nodig om verder te gaan. Een wachtwoord kan uitlekken, en met jouw rechten kan "
        "iemand anders dan bij geld en gegevens. Zet hieronder een app aan of voeg een passkey toe; daarna kun je "
        "meteen overal bij.",
        on="Aan",
        off="Uit",
        password="Wachtwoord",
        password_text="Gebruik een wachtwoord dat je nergens anders voor gebruikt. Wijzig je het, dan ben je daarna op "
        "alle andere plekken uitgelogd.",
        change_password="Wachtwoord wijzigen",
        new_password="Nieuw wachtwoord",
        new_password_hint="Minstens 10 tekens. Een paar losse woorden achter elkaar werkt goed.",
        save_password="Wachtwoord bewaren",
        cancel="Annuleren",
        password_saved="Je wachtwoord is gewijzigd. Op alle andere plekken ben je uitgelogd.",
        app="Inloggen in twee stappen",
        app_text="Naast je wachtwoord vragen we een code van een app op je telefoon. Wie je wachtwoord raadt, komt "
        "dan nog niet binnen.",
        app_on="Je gebruikt een app die codes toont. Zonder telefoon log je in met een reservecode.",
        app_since="sinds {date}",
        app_start="Aanzetten",
        app_stop="Uitzetten",
        app_stop_sure="Zonder tweede stap is je wachtwoord genoeg om in te loggen. Ook je reservecodes vervallen.",
        app_stopped="Inloggen in twee stappen staat uit.",
        scan="Scan de code met je app",
        scan_text="Elke app voor inlogcodes werkt, ook een wachtwoordbeheerder.",
        qr="QR-code voor je app",
        type_it="Lukt scannen niet? Typ dan deze sleutel in de app:",
        copy_key="Sleutel kopiëren",
        copied="Gekopieerd",
        code="Vul de code in die de app toont",
        code_label="Code",
        code_hint="Zes cijfers, elke halve minuut andere.",
        finish="Aanzetten",
        codes_left=_codes_left,
        codes_few="Maak op tijd nieuwe.",
        renew="Nieuwe reservecodes",
        renew_sure="Je krijgt tien nieuwe codes. De oude werken dan niet meer.",
        codes="Bewaar deze reservecodes",
        codes_text="Hiermee log je in als je telefoon weg is. Elke code werkt één keer. We tonen ze alleen nu: bewaar "
        "ze op een veilige plek, niet op je telefoon alleen.",
        copy_codes="Kopiëren",
        print_codes="Afdrukken",
        codes_kept="Ik heb ze bewaard",
        passkeys="Passkeys",
        passkeys_text="Log in met je vingerafdruk, je gezicht of de pincode van je apparaat. Sneller dan een "
        "wachtwoord, en niet na te maken.",
        passkey_name="Naam van dit apparaat",
        passkey_name_hint="Zodat je het later herkent, bijvoorbeeld: laptop op kantoor.",
        passkey_add="Passkey toevoegen",
        passkey_ask="Apparaat vragen",
        passkey_added="Toegevoegd op {date}",
        passkey_used="laatst gebruikt op {date}",
        passkey_unused="nog niet gebruikt",
        passkey_remove="Verwijderen",
        passkey_remove_named="Verwijderen, {name}",
        passkey_saved="De passkey is toegevoegd. Je kunt er vanaf nu mee inloggen.",
        passkey_sure="Verwijder de passkey daarna ook op het apparaat zelf.",
        passkey_keep="Laten staan",
        passkey_removed="De passkey is verwijderd.",
        no_support="Deze browser kent geen passkeys. Op een ander apparaat kun je er wel een toevoegen.",
        no_passkeys="Je hebt nog geen passkeys.",
        sessions="Waar je bent ingelogd",
        sessions_text="Herken je iets niet, log daar dan uit en wijzig je wachtwoord.",
        session_here="deze sessie",
        session_since="Ingelogd op {at}",
        session_seen="laatst gezien {ago}",
        session_now="nu actief",
        minutes_ago=_minutes_ago,
        hours_ago=_hours_ago,
        session_end="Uitloggen",
        session_end_named="Uitloggen, {device}",
        session_ended="Daar ben je uitgelogd.",
        end_others="Overal elders uitloggen",
        others_ended="Overal elders ben je uitgelogd.",
        device="{browser} op {system}",
        device_unknown="Onbekend apparaat",
        browsers=(
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser", "Samsung Internet"),
            ("Firefox/", "Firefox"),
            ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ),
        systems=(
            ("iPhone", "een iPhone"),
            ("iPad", "een iPad"),
            ("Android", "Android"),
            ("CrOS", "een Chromebook"),
            ("Windows", "Windows"),
            ("Macintosh", "een Mac"),
            ("Linux", "Linux"),
        ),
    ),
    data=words.Data(
        lede="Wat we van {account} bewaren: meenemen, of laten wissen.",
        take="Alles meenemen",
        take_text="Alle gegevens van dit account en van jou in één bestand (JSON), met al je facturen en creditnota's "
        "als pdf en als e-factuur. Bij elk bestand staat een controlegetal (SHA-256).",
        take_button="Downloaden (zip)",
        taken="De download begint. Gebeurt er niets, probeer het dan opnieuw.",
        erase="Account wissen",
        erase_text="Iedereen verliest de toegang, en naam, adres, logins, instellingen en mails verdwijnen. Dit kan "
        "niet ongedaan worden gemaakt.",
        kept="Facturen, creditnota's en betalingen bewaren we zeven jaar, omdat de wet dat vraagt. Wat daarop staat, "
        "verandert niet.",
        name="Naam van het account",
        name_hint="Typ ter bevestiging: {account}",
        erase_button="Definitief wissen",
        refused={
            "confirmation": "Dit is niet de naam van het account. Er is niets gewist.",
            "open_money": "Er staat nog geld open, of je hebt nog tegoed. Er is niets gewist. Regel dat eerst.",
            "payments": "Er is nog een betaling onderweg. Er is niets gewist. Probeer het later opnieuw.",
            "services": "Er loopt nog een product. Er is niets gewist. Zeg dat eerst op.",
            "mandate": "Er is nog een machtiging. Er is niets gewist. Trek die eerst in.",
            "can_return": "Een betaling kan nog worden teruggehaald. Er is niets gewist. Dat kan vanaf {earliest}.",
            "erased": "Dit account is al gewist.",
        },
    ),
    problems={
        "not_found": "Dit is er niet meer. Er is niets veranderd; de pagina toont wat er nu is.",
        "conflict": "Dit is intussen al ergens anders geregeld. Er is niets veranderd; de pagina toont wat er nu is.",
        "billing_error": "Dat is niet gelukt. Er is niets veranderd. Probeer het over een minuut opnieuw.",
        "not_allowed": "Dit hoort niet bij jouw rechten in dit account. Er is niets veranderd. De eigenaar van het "
        "account kan dat aanpassen.",
        "unreadable": "Dit konden we niet lezen. Er is niets veranderd. Laad de pagina opnieuw en probeer het dan.",
        "code_refused": "Deze code werkt niet, of niet meer. Er is niets veranderd. Wacht op de volgende code van de "
        "app en vul die meteen in. Blijft het misgaan, kijk dan of de klok van je telefoon gelijk loopt.",
        "scope_not_possible": "Deze mails horen niet bij je rol in dit account. Er is niets veranderd. Laad de pagina "
        "opnieuw om te zien wat er kan.",
    },
)
