"""The page of money without a place, in Dutch."""

from dashboard.texts import words_staff_money as words


def _count(count: int, amount: str) -> str:
    return f"1 regel, {amount}" if count == 1 else f"{count} regels, samen {amount}"


def _lines(lines: int, new: int) -> str:
    if not lines:
        return "Er stonden geen regels op."
    said = "1 regel" if lines == 1 else f"{lines} regels"
    return f"{said}, allemaal nieuw." if lines == new else f"{said}, waarvan {new} nieuw."


def _placed(placed: int, waiting: int) -> str:
    found = "1 regel is gekoppeld" if placed == 1 else f"{placed} regels zijn gekoppeld"
    if not waiting:
        return f"{found}."
    if not placed:
        return "1 regel wacht op jou." if waiting == 1 else f"{waiting} regels wachten op jou."
    return f"{found}, 1 wacht op jou." if waiting == 1 else f"{found}, {waiting} wachten op jou."


def _of_invoices(numbers: str, account: str) -> str:
    return f"Factuur {numbers} van {account}" if "," not in numbers else f"Facturen {numbers} van {account}"


def _gaps(count: int) -> str:
    if not count:
        return "De afschriften sluiten op elkaar aan."
    return "1 afschrift sluit niet aan" if count == 1 else f"{count} afschriften sluiten niet aan"


MONEY = words.StaffMoney(
    lede="Wat er op de bank binnenkwam en nog geen plaats heeft.",
    acts="Wat je kunt doen",
    page=lambda page, pages: f"Pagina {page} van {pages}",
    files=words.BankFiles(
        title="Bankbestanden",
        lede="CAMT.053 of MT940, een of meer tegelijk. Nog eens inlezen boekt nooit dubbel.",
        choose="Bestanden kiezen",
        hint="Tot 20 MB per bestand",
        hint_drop="of sleep ze hierheen",
        busy="{file} wordt ingelezen",
        trouble="Er kwam geen antwoord, dus misschien is dit bestand niet ingelezen. Lees het nog eens in: wat er al "
        "is, wordt niet dubbel geboekt.",
        too_large="Dit bestand is groter dan 20 MB, en er is niets van ingelezen. Vraag de bank om een kortere "
        "periode.",
        booked="Geboekt",
        known="Al bekend",
        set_aside="Opzijgezet",
        refused_title="Niet ingelezen",
        to_day="{iban}, afschrift {statement} tot en met {date}",
        unknown_day="{iban}, afschrift {statement}",
        lines=_lines,
        placed=_placed,
        nothing_new="Dit afschrift was al ingelezen; er is niets veranderd.",
        balance="Beginsaldo {opening} en regels {sum} geven eindsaldo {closing}.",
        balance_off="Beginsaldo {opening} en regels {sum} geven {computed}, maar er staat {closing}: een verschil van "
        "{off}.",
        balance_missing="De regels zijn samen {sum}; een begin- of eindsaldo ontbreekt.",
        gap="Het sluit niet aan op het afschrift ervoor: daartussen ontbreekt {gap}. Lees dat afschrift ook in.",
        not_fresh="Het loopt niet tot en met de laatste bankdag, dus herinneringen wachten nog op een nieuwer bestand.",
        nothing_booked="Er is niets van geboekt en niets verloren; wat de bank zei is bewaard.",
        reasons={
            "unreadable_line": "een regel is niet te lezen",
            "unreadable_amount": "een bedrag klopt niet",
            "unreadable_date": "een datum klopt niet",
            "unreadable_direction": "van een regel is niet te zien of hij erbij of eraf gaat",
            "foreign_account": "dit is geen rekening van ons",
            "currency": "het is niet in euro's",
            "no_balance": "er ontbreekt een saldo, dus het bestand is misschien niet heel",
            "unbalanced": "de regels leiden niet van het beginsaldo naar het eindsaldo",
            "overlaps": "deze dagen zijn al ingelezen, en het is niet zeker welke regels nieuw zijn; haal bij de bank "
            "een bestand van deze hele dagen op, in hetzelfde formaat als eerder",
        },
        refused={
            "unknown_format": "Dit is geen CAMT.053 en geen MT940. Er is niets ingelezen. Kies het bestand dat de bank "
            "voor de boekhouding aanbiedt.",
            "too_large": "Dit bestand is groter dan 20 MB, en er is niets van ingelezen. Vraag de bank om een kortere "
            "periode.",
            "hostile": "In dit bestand staan eigen afkortingen, wat een bank nooit doet. Er is niets van ingelezen. "
            "Haal het opnieuw bij de bank op.",
            "malformed": "Dit bestand is beschadigd of niet helemaal binnen. Er is niets van ingelezen. Haal het "
            "opnieuw bij de bank op.",
            "no_statement": "Er staat geen afschrift in dit bestand. Er is niets ingelezen.",
        },
    ),
    waiting=words.WaitingMoney(
        title="Wacht op jou",
        count=_count,
        none="Alles heeft een plaats",
        none_text="Er staat geen geld op de bank waarvan niet bekend is waarvoor het is.",
        received="Ontvangen",
        amount="Bedrag",
        from_whom="Van",
        suggestion="Waarschijnlijk",
        no_suggestion="Geen factuur past hierbij.",
        went_out="Teruggegaan of afgeschreven, en niet zeker waar het bij hoort.",
        fits="Precies het openstaande bedrag.",
        too_much="{amount} meer dan er openstaat.",
        too_little="{amount} minder dan er openstaat.",
        of_invoices=_of_invoices,
        why={
            "reference": "Het betalingskenmerk staat erin.",
            "end_to_end": "Het kenmerk staat in het eigen nummer van de betaler.",
            "number": "Het factuurnummer staat erin.",
            "numbers": "De factuurnummers staan erin.",
            "iban": "Vanaf deze rekening betaalde de klant eerder.",
            "iban_all": "Vanaf deze rekening betaalde de klant eerder.",
            "amount": "Geen andere factuur heeft dit bedrag open.",
        },
        match="Koppelen",
        match_named="Koppelen, {amount} aan {numbers}",
        choose="Anders",
        look_for="Zoeken",
        choose_named="{label}, {amount} van {name}",
        matched="{amount} is gekoppeld aan {numbers}.",
        no_text="zonder omschrijving",
        no_name="onbekende afzender",
    ),
    choosing=words.Choosing(
        title="Waar is {amount} voor?",
        lede="{name}, {date}",
        search="Klant zoeken",
        search_hint="Naam, e-mailadres of factuurnummer",
        customers="Gevonden klanten",
        none="Geen klant gevonden.",
        other_customer="Andere klant",
        invoices="Open facturen van {name}",
        no_invoices="Bij deze klant staat niets open.",
        due="voor {date}",
        left="Blijft over",
        left_text="Dat blijft bij {name} staan als te veel betaald; de klant kan het als credits bewaren.",
        short="Het dekt niet alles; de nieuwste factuur blijft deels open.",
        exact="Het bedrag past precies.",
        submit="Koppelen",
        keep="Alles als credits bewaren",
        keep_text="Volgende facturen van {name} worden daarmee verrekend, en de eigenaar krijgt bericht.",
        kept="{amount} staat als credits bij {name}.",
        origins="Welke betaling ging terug? Facturen die ermee betaald waren, staan daarna weer open. Dat is niet "
        "ongedaan te maken.",
        no_origins="Er is geen ontvangst of terugbetaling gevonden die hierbij past.",
        origin="ontvangen {date} van {name} {iban}",
        origin_sent="terugbetaling van {date} aan {name} {iban}",
        origin_costs="{amount} meer afgeschreven; dat zijn bankkosten.",
        belongs="Hoort bij",
        belongs_named="Hoort bij {amount} van {name}, {date}",
        went_back="De {amount} van {name} is teruggegaan; {numbers} staat weer open.",
        belonged="De {amount} van {name} is als teruggegaan geboekt.",
        not_theirs="Is het geen geld van een klant?",
        gateway="Uitbetaling van Buckaroo",
        other="Niet van een klant",
        put_away="{amount} is weggezet. Dat is bij gekoppelde regels terug te draaien.",
        cancel="Annuleren",
    ),
    matched=words.Matched(
        title="Gekoppeld",
        lede="De laatste boven. Ongedaan maken zet het geld terug in de lijst hierboven.",
        none="Er is nog niets gekoppeld.",
        line="Regel",
        amount="Bedrag",
        purpose="Waarvoor",
        rule="Waarom",
        invoices=lambda count: "Factuur" if count == 1 else "Facturen",
        credits_of="Credits",
        returned="Teruggekomen",
        purposes={"gateway": "Uitbetaling van Buckaroo", "other": "Niet van een klant"},
        rules={
            "reference": "op betalingskenmerk",
            "end_to_end": "op kenmerk van de betaler",
            "number": "op factuurnummer en bedrag",
            "numbers": "op factuurnummers en bedrag",
            "iban": "op rekening en bedrag",
            "iban_all": "op rekening en bedrag",
            "gateway": "op rekening van Buckaroo",
            "return": "op eerdere ontvangst",
            "outgoing": "afgeschreven",
        },
        by_person="door {name}",
        undone="ongedaan gemaakt door {name}",
        undo="Ongedaan maken",
        undo_named="Ongedaan maken, {amount} van {name}",
        sure="Koppeling ongedaan maken?",
        sure_text="{amount} van {name} was gekoppeld {rule}. Het geld wacht dan weer op een plaats, en wat ermee "
        "betaald was staat weer open.",
        sure_submit="Ongedaan maken",
        waits_again="{amount} wacht weer op een plaats.",
    ),
    statements=words.BankStatements(
        title="Afschriften",
        none="Er is nog geen afschrift ingelezen.",
        gaps=_gaps,
        account="Rekening",
        period="Periode",
        balances="Begin- en eindsaldo",
        lines="Regels",
        state="Stand",
        booked="Geboekt",
        set_aside="Opzijgezet",
        gap="Er ontbreekt {gap} tussen dit en het afschrift ervoor",
        new_lines="{count} nieuw",
        imported="Ingelezen {at}",
        from_to="{opening} naar {closing}",
    ),
    problems={
        "matched": "Deze regel had net al een plaats gekregen. Er is niets veranderd; de lijst toont wat er nu is.",
        "outgoing": "Dit geld ging eraf, en kan dus niets betalen. Er is niets veranderd.",
        "incoming": "Dit geld kwam erbij, en hoort dus bij geen betaling die terugging. Er is niets veranderd.",
        "amount_differs": "Het bedrag past niet bij die betaling. Er is niets veranderd.",
        "amount": "Dit bedrag is te groot om aan facturen te koppelen. Er is niets veranderd.",
        "no_invoice": "Kies minstens één factuur. Er is niets veranderd.",
        "several_accounts": "Deze facturen zijn van verschillende klanten. Er is niets veranderd; kies die van één.",
        "not_matched": "Deze koppeling was al ongedaan gemaakt. Er is niets veranderd.",
        "used": "Dit geld is intussen gebruikt of teruggestort, dus het kan niet meer worden losgemaakt. Er is niets "
        "veranderd.",
        "return": "Wat is teruggekomen kan niet ongedaan worden gemaakt. Er is niets veranderd.",
        "not_found": "Dit is er niet meer. Er is niets veranderd; de lijst toont wat er nu is.",
        "not_allowed": "Dit mag alleen de financiële afdeling. Er is niets veranderd.",
    },
)
