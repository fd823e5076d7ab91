"""Dutch for everything about an invoice and paying it."""

from dashboard.texts import words_money as words

METHODS = words.Methods(
    region="Betaalmethodes",
    by_hand="Zelf betalen met",
    automatic="Automatisch betalen met",
    transfer="Zelf overmaken",
    names={
        "ideal": "iDEAL | Wero",
        "card": "Creditcard",
        "bancontact": "Bancontact",
        "transfer": "Overboeking",
        "direct_debit": "Automatische incasso",
    },
    hints={
        "ideal": "Direct verwerkt, via je bank",
        "card": "Direct verwerkt",
        "bancontact": "Direct verwerkt",
    },
    mandate="Doorlopende machtiging",
    mandate_hint="Duurt een paar dagen",
    mandate_text="Met een doorlopende machtiging worden je facturen vanzelf betaald, en jij houdt de regie: je trekt "
    "hem in wanneer je wilt. Binnenkort regel je dit hier zelf. Wil je het nu al, vraag het dan aan {seller}. "
    "Tot die tijd wordt er niets automatisch afgeschreven.",
    iban="IBAN",
    reference="Kenmerk",
    holder="Op naam van",
    copy="{what} kopiëren",
    qr="QR-code om deze factuur met je bankapp te betalen",
    scan="Scan met je bankapp",
    transfer_hint="Vermeld altijd het kenmerk, dan herkennen we je betaling.",
    transfer_ordered="Je hebt voor een overboeking gekozen. Maak het bedrag over met dit kenmerk; zodra het binnen is, "
    "verandert deze pagina vanzelf.",
    opening="De betaalpagina wordt geopend",
)

PAPER = words.Paper(
    as_printed="Factuur {number} zoals gedrukt",
    invoice="Factuur",
    to="Aan",
    attention="t.a.v. {name}",
    issued_on="Factuurdatum",
    due_on="Vervaldatum",
    reference="Kenmerk",
    chamber="KvK {number}",
    vat_number="btw {number}",
    description="Omschrijving",
    quantity="Aantal",
    price="Prijs",
    vat="Btw",
    amount="Bedrag",
    net="Subtotaal exclusief btw",
    vat_over="Btw {rate} over {base}",
    vat_at="{quantity} × {price}, btw {rate}",
    total="Totaal inclusief btw",
    open="Nog te betalen",
    stamp="Voldaan",
    how_to_pay="Betaal via je dashboard of maak het bedrag over onder vermelding van het kenmerk.",
    partly_credited="Deze factuur is deels verrekend met je credits; het bedrag hiernaast is wat er nog te betalen is.",
    partly_paid="Deze factuur is deels betaald; het bedrag hiernaast is wat er nog te betalen is.",
    under_way="De betaling is al onderweg. Je hoeft niets over te maken.",
    nothing_to_pay="Voor deze factuur hoef je niets te betalen.",
    in_name_of="IBAN {iban} · t.n.v. {name}",
)

INVOICE = words.Invoice(
    title="Factuur {number}",
    amount="Bedrag",
    to_pay="Nog te betalen",
    due="uiterlijk {date}, {days}",
    total="Factuurbedrag",
    credits="Verrekend met credits",
    credit_note="Verrekend met creditnota",
    received="Ontvangen",
    received_with="Ontvangen {method}",
    paid_on="Betaald op {date}",
    settled="Deze factuur is helemaal voldaan. Je hoeft niets te doen.",
    credited="Deze factuur is gecrediteerd. Je hoeft niets te betalen.",
    download="Downloaden",
    not_ready="Het document wordt gemaakt",
    print="Afdrukken",
    pending_title="De betaling is al onderweg.",
    pending="We verwachten {amount} op {date}. Je hoeft niets te doen.",
    pending_card="Betaling {method}",
    pending_steps=("Betaling gestart", "De bank verwerkt de betaling", "Verwacht op onze rekening"),
    now="Nu",
    pay_anyway="Toch nu zelf betalen",
    pay_anyway_text="Alleen als je zeker weet dat je nu wilt betalen. Komen beide betalingen binnen, dan blijft het "
    "dubbele bedrag van jou.",
    pay_anyway_sure="Je kiest ervoor om nu te betalen, terwijl er al een betaling onderweg is.",
    returned_title="De betaling is teruggeboekt.",
    returned="De bank heeft het bedrag op {date} teruggehaald. De factuur staat daarom weer open. Er wordt niets "
    "uitgezet; betaal gerust opnieuw.",
    look_only="Je kunt deze factuur bekijken, maar niet betalen.",
    look_only_text="Betalen hoort niet bij jouw rechten. De eigenaar van dit account kan de factuur betalen, of jou "
    "dat recht geven.",
    payment="Betaling",
    paid_with="Betaald met",
    paid_by="Betaald door",
    paid_at="Datum van betaling",
    payment_reference="Betaalreferentie",
    download_paid="Betaalde factuur downloaden",
    history="Geschiedenis van deze factuur",
    events={
        "issued": "Factuur {number} is gemaakt: {amount}.",
        "mailed": "De factuur is gemaild naar {who}.",
        "paid_mailed": "De betaalde factuur is gemaild naar {who}.",
        "credit_applied": "{amount} is verrekend met je credits van {who}.",
        "credit_note": "Creditnota {who} is gemaakt: {amount}.",
        "note_mailed": "De creditnota is gemaild naar {who}.",
        "payment_started": "Er is een betaling {method} gestart: {amount}.",
        "payment_pending": "De betaling {method} is onderweg naar ons.",
        "payment_failed": "De betaling {method} is niet gelukt. Er is niets afgeschreven.",
        "payment_cancelled": "De betaling {method} is geannuleerd. Er is niets afgeschreven.",
        "payment_received": "{amount} is ontvangen, {method}.",
        "link_withdrawn": "{who} heeft de betaallink ingetrokken. Links in eerdere mails werken niet meer.",
        "money_returned": "{amount} is teruggeboekt. Het staat weer open; er wordt niets uitgezet.",
    },
    said_paid="Betaald op {date}",
)

PAY_RETURN = words.Return(
    title="Je betaling",
    invoice="Factuur",
    invoices="Facturen",
    method="Betaalmethode",
    amount="Bedrag",
    to_pay="Nog te betalen",
    back="Terug naar de factuur",
    forward="Naar de factuur",
    again="Opnieuw proberen",
    do_not_repeat="Betaal niet nog een keer. Duurt het lang, kijk dan later bij de factuur: daar staat de uitkomst.",
    log_in="Om de factuur te zien moet je ingelogd zijn. Deze pagina toont alleen nummer en bedrag.",
    waiting=words.End(
        "We controleren je betaling",
        "Meestal duurt dit een paar tellen. Je mag dit venster sluiten; er gaat niets verloren.",
    ),
    slow=words.End(
        "We hebben nog geen antwoord",
        "De bank is nog bezig. Je mag dit venster sluiten: zodra er antwoord is, staat het bij de factuur.",
    ),
    paid=words.End("Betaald, dank je wel", "{amount} is ontvangen. Je krijgt de betaalde factuur ook per mail."),
    partly=words.End(
        "Ontvangen, dank je wel",
        "{amount} is ontvangen. Er staat nog een deel open; je ziet bij de factuur hoeveel.",
    ),
    cancelled=words.End(
        "Je hebt de betaling geannuleerd",
        "Er is niets afgeschreven. De factuur staat er nog; je kunt opnieuw betalen wanneer je wilt.",
    ),
    rejected=words.End(
        "De betaling is geweigerd",
        "Je bank of kaart gaf geen toestemming. Er is niets afgeschreven. Probeer een andere methode.",
    ),
    failed=words.End(
        "De betaling is niet gelukt",
        "Er is niets afgeschreven en de factuur staat er nog. Probeer het opnieuw of kies een andere methode.",
    ),
    expired=words.End(
        "De betaling is verlopen",
        "De betaling is niet afgerond. Er is niets afgeschreven; je kunt gewoon opnieuw beginnen.",
    ),
    parked=words.End(
        "We kijken je betaling na",
        "Er is geld binnengekomen dat een medewerker nakijkt. Het gaat niet verloren, en je hoeft niets te doen.",
    ),
    unknown=words.End(
        "Deze betaling is niet gevonden",
        "Het adres van deze pagina klopt niet. Er is niets afgeschreven; kijk bij je facturen hoe het ervoor staat.",
    ),
)

PAY_LINK = words.PayLink(
    title="Factuur betalen",
    lede="Kies hoe je wilt betalen. Inloggen hoeft niet.",
    invoice="Factuur {number}",
    settled_title="Deze factuur is al betaald",
    settled="Er staat niets meer open voor factuur {number}. Je hoeft niets te doen.",
    under_way_title="De betaling is al onderweg",
    under_way="We verwachten {amount} op {date}. Je hoeft niets te doen.",
    missing=words.End(
        "Deze betaallink werkt niet meer",
        "Misschien is er een nieuwere mail met een nieuwe link, of is de link niet compleet. Er is niets afgeschreven. "
        "Open de link uit de laatste mail, of log in.",
    ),
    too_often=words.End(
        "Even wachten",
        "Vanaf jouw internetadres zijn in korte tijd veel betaallinks geopend. Er is niets afgeschreven. Probeer het "
        "over een minuut opnieuw.",
    ),
    log_in="Inloggen",
    privacy="Deze pagina toont alleen nummer en bedrag. Log in om de hele factuur te zien.",
)
