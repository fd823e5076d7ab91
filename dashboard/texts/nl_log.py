"""Dutch for the log of who did what: for each act, as one did it oneself, and as somebody else did."""

from dashboard.texts.words_users import Log

_PEOPLE = {
    "account.opened": ("Je hebt dit account geopend.", "{actor} opende dit account."),
    "account.acted_for": (
        "Je hebt het dashboard geopend namens {subject}. Reden: {reason}.",
        "{actor} opende het dashboard namens jullie. Reden: {reason}.",
    ),
    "member.added": ("Je hebt {subject} toegang gegeven: {role}.", "{actor} gaf {subject} toegang: {role}."),
    "member.changed": (
        "Je hebt de toegang van {subject} gewijzigd: {role}{until}.",
        "{actor} wijzigde de toegang van {subject}: {role}{until}.",
    ),
    "member.removed": ("Je hebt {subject} verwijderd.", "{actor} verwijderde {subject}."),
    "member.joined": ("Je hebt de uitnodiging aangenomen: {role}.", "{actor} nam de uitnodiging aan: {role}."),
    "member.handed_over": (
        "Je hebt het overgenomen van {subject}: {role}.",
        "{actor} nam het over van {subject}: {role}.",
    ),
    "user.invited": ("Je hebt {subject} uitgenodigd: {role}{until}.", "{actor} nodigde {subject} uit: {role}{until}."),
    "handover.started": (
        "Je hebt {subject} gevraagd om het over te nemen van {predecessor}: {role}{until}.",
        "{actor} vroeg {subject} om het over te nemen van {predecessor}: {role}{until}.",
    ),
    "invitation.resent": (
        "Je hebt de uitnodiging aan {subject} opnieuw verstuurd.",
        "{actor} stuurde de uitnodiging aan {subject} opnieuw.",
    ),
    "invitation.withdrawn": (
        "Je hebt de uitnodiging aan {subject} ingetrokken.",
        "{actor} trok de uitnodiging aan {subject} in.",
    ),
    "user.looked_as": (
        "Je hebt het dashboard bekeken als {whose}.",
        "{actor} bekeek het dashboard als {whose}.",
    ),
    "mails.chosen": ("Je hebt gekozen welke mails je krijgt: {topics}.", "{actor} koos welke mails komen: {topics}."),
    "billing_profile.changed": (
        "Je hebt de factuurgegevens gewijzigd: {fields}.",
        "{actor} wijzigde de factuurgegevens: {fields}.",
    ),
    "billing_profile.move_asked": (
        "Je hebt een adres buiten het btw-gebied van de EU opgegeven. Wij kijken het na.",
        "{actor} gaf een adres buiten het btw-gebied van de EU op, dat wordt nagekeken.",
    ),
    "billing_profile.move_confirmed": (
        "Je hebt bevestigd dat de klant buiten het btw-gebied van de EU zit.",
        "{actor} bevestigde het adres buiten het btw-gebied van de EU.",
    ),
    "billing_profile.move_refused": (
        "Je hebt het adres buiten het btw-gebied van de EU afgewezen.",
        "{actor} wees het adres buiten het btw-gebied van de EU af.",
    ),
    "vat_number.invalid": (
        "Je kreeg te horen dat de belastingdienst btw-nummer {subject} niet kent.",
        "De belastingdienst kent btw-nummer {subject} niet.",
    ),
    "einvoice.chosen": (
        "Je hebt gekozen hoe e-facturen komen: {form}.",
        "{actor} koos hoe e-facturen komen: {form}.",
    ),
}

_HOSTING = {
    "hosting.added": ("Je hebt hosting voor {subject} toegevoegd.", "{actor} voegde hosting voor {subject} toe."),
    "website.changed": (
        "Je hebt de instellingen van website {subject} gewijzigd.",
        "{actor} wijzigde de instellingen van website {subject}.",
    ),
    "mailboxes.changed": (
        "Je hebt de e-mailinstellingen van {subject} gewijzigd.",
        "{actor} wijzigde de e-mailinstellingen van {subject}.",
    ),
}

_LOG_INS = {
    "user.added": ("Je hebt een login gemaakt voor {subject}.", "{actor} maakte een login voor {subject}."),
    "user.logged_in": ("Je bent ingelogd.", "{actor} logde in."),
    "sessions.ended": (
        "Je hebt {subject} overal uitgelogd.",
        "{actor} logde {subject} overal uit.",
    ),
    "user.renamed": ("Je hebt je naam gewijzigd in {subject}.", "{actor} wijzigde de eigen naam in {subject}."),
    "email.change_asked": (
        "Je hebt een ander e-mailadres opgegeven, dat nog bevestigd moet worden.",
        "{actor} gaf een ander e-mailadres op, dat nog bevestigd moet worden.",
    ),
    "email.changed": ("Je hebt je nieuwe e-mailadres bevestigd.", "{actor} bevestigde een nieuw e-mailadres."),
    "password.changed": ("Je hebt je wachtwoord gewijzigd.", "{actor} wijzigde het eigen wachtwoord."),
    "second_factor.on": (
        "Je hebt inloggen in twee stappen aangezet.",
        "{actor} zette inloggen in twee stappen aan.",
    ),
    "second_factor.off": (
        "Je hebt inloggen in twee stappen uitgezet.",
        "{actor} zette inloggen in twee stappen uit.",
    ),
    "second_factor.lost": (
        "Je hebt gevraagd om zonder tweede stap weer in te loggen.",
        "{actor} vroeg om zonder tweede stap weer in te loggen.",
    ),
    "backup_codes.renewed": ("Je hebt nieuwe reservecodes gemaakt.", "{actor} maakte nieuwe reservecodes."),
    "backup_code.used": ("Je hebt een reservecode gebruikt.", "{actor} gebruikte een reservecode."),
    "passkey.added": ("Je hebt een passkey toegevoegd.", "{actor} voegde een passkey toe."),
    "passkey.removed": ("Je hebt een passkey verwijderd.", "{actor} verwijderde een passkey."),
}

_MONEY = {
    "invoice.drafted": ("Je hebt een factuur voorbereid.", "{actor} bereidde een factuur voor."),
    "invoice.issued": ("Je hebt factuur {subject} gemaakt.", "{actor} maakte factuur {subject}."),
    "credit_note.issued": (
        "Je hebt creditnota {subject} van {amount} gemaakt bij factuur {invoice}.",
        "{actor} maakte creditnota {subject} van {amount} bij factuur {invoice}.",
    ),
    "credits.given": ("Je hebt {amount} aan credits gegeven.", "{actor} gaf {amount} aan credits."),
    "overpayment.kept": (
        "Je hebt {amount} dat te veel betaald was bewaard als credits.",
        "{actor} bewaarde {amount} dat te veel betaald was als credits.",
    ),
    "payout.asked": ("Je hebt {amount} laten terugstorten.", "{actor} liet {amount} terugstorten."),
    "privacy.exported": ("Je hebt alle gegevens gedownload.", "{actor} downloadde alle gegevens."),
    "privacy.erased": ("Je hebt de gegevens laten wissen.", "{actor} liet de gegevens wissen."),
    "payout.sent": ("Je hebt {amount} naar de bank gestuurd.", "{actor} stuurde {amount} naar de bank."),
    "payout.put_back": ("Je hebt {amount} weer vrijgegeven.", "{actor} gaf {amount} weer vrij."),
    "payout.made": ("Je hebt {amount} teruggestort.", "{actor} stortte {amount} terug."),
    "pay_link.withdrawn": (
        "Je hebt de betaallink van factuur {subject} ingetrokken.",
        "{actor} trok de betaallink van factuur {subject} in.",
    ),
    "payment.started": (
        "Je bent begonnen met betalen van {invoices}, {method}.",
        "{actor} begon met betalen van {invoices}, {method}.",
    ),
    "payment.booked": ("Je hebt een ontvangst van {amount} geboekt.", "{actor} boekte een ontvangst van {amount}."),
    "payment.returned": ("Je hebt {amount} teruggeboekt.", "Er is {amount} teruggeboekt."),
    "payment.unmatched": (
        "Je hebt een ontvangst van {amount} losgemaakt van dit account.",
        "{actor} maakte een ontvangst van {amount} los van dit account.",
    ),
    "payment.parked": (
        "Je hebt een betaling opzijgelegd om na te kijken.",
        "{actor} legde een betaling opzij om na te kijken. Het geld is niet weg.",
    ),
}

_SERVICES = {
    "service.cancelled": ("Je hebt {subject} opgezegd{until}.", "{actor} zegde {subject} op{until}."),
    "service.changed": (
        "Je hebt {subject} gewijzigd in {product}.",
        "{actor} wijzigde {subject} in {product}.",
    ),
    "service.kept": (
        "Je hebt de opzegging van {subject} ingetrokken.",
        "{actor} trok de opzegging van {subject} in.",
    ),
    "stop.proposed": (
        "Je hebt voorgesteld om {subject} tijdelijk stil te zetten. Het werkt gewoon door.",
        "{actor} stelde voor om {subject} tijdelijk stil te zetten. Het werkt gewoon door.",
    ),
    "stop.approved": (
        "Je hebt ingestemd met het tijdelijk stilzetten van {subject} en dat aangekondigd. Het werkt nog gewoon.",
        "{actor} stemde in met het tijdelijk stilzetten van {subject} en kondigde dat aan. Het werkt nog gewoon.",
    ),
    "stop.carried_out": (
        "Je hebt {subject} tijdelijk stilgezet. Alle gegevens blijven bewaard.",
        "{actor} zette {subject} tijdelijk stil. Alle gegevens blijven bewaard.",
    ),
    "stop.withdrawn": (
        "Je hebt ervoor gezorgd dat {subject} gewoon aan staat: stilzetten is van de baan.",
        "{actor} zorgde ervoor dat {subject} gewoon aan staat: stilzetten is van de baan.",
    ),
    "domain.renewed": ("Je hebt {subject} verlengd{until}.", "{actor} verlengde {subject}{until}."),
    "domain.renewal_held": (
        "Je laat een medewerker kijken naar de verlenging van {subject}{until}.",
        "{actor} laat een medewerker kijken naar de verlenging van {subject}{until}.",
    ),
    "service.started": ("Je hebt een product toegevoegd: {label}.", "{actor} voegde een product toe: {label}."),
}

_REMINDERS = {
    "reminders.step": (
        "Je hebt herinnerd aan {invoices}.",
        "{actor} herinnerde aan {invoices}.",
    ),
    "reminders.dropped": (
        "Je hebt een herinnering niet verstuurd, omdat er intussen iets veranderd was.",
        "{actor} verstuurde een herinnering niet, omdat er intussen iets veranderd was.",
    ),
    "reminders.held": (
        "Je hebt de herinneringen stilgezet{until}.",
        "{actor} zette de herinneringen stil{until}.",
    ),
    "reminders.resumed": (
        "Je hebt de herinneringen weer aangezet.",
        "{actor} zette de herinneringen weer aan.",
    ),
    "reminders.task_done": (
        "Je hebt opgeschreven hoe het contact over open facturen ging.",
        "{actor} schreef op hoe het contact over open facturen ging.",
    ),
}

_MANDATES = {
    "mandate.requested": (
        "Je bent begonnen met het geven van machtiging {subject}.",
        "{actor} begon met het geven van machtiging {subject}.",
    ),
    "mandate.given": ("Je hebt machtiging {subject} verwerkt.", "{actor} verwerkte machtiging {subject}."),
    "mandate.paused": ("Je hebt machtiging {subject} gepauzeerd.", "{actor} pauzeerde machtiging {subject}."),
    "mandate.resumed": ("Je hebt machtiging {subject} hervat.", "{actor} hervatte machtiging {subject}."),
    "mandate.revoked": ("Je hebt machtiging {subject} gestopt.", "{actor} stopte machtiging {subject}."),
    "mandate.expired": (
        "Je hebt machtiging {subject} laten vervallen.",
        "{actor} liet machtiging {subject} vervallen: zij was 36 maanden niet gebruikt.",
    ),
    "mandate.replaced": (
        "Je hebt machtiging {subject} vervangen door een nieuwe.",
        "{actor} verving machtiging {subject} door een nieuwe.",
    ),
    "collection.announced": (
        "Je hebt de afschrijving van {amount} voor factuur {subject} aangekondigd.",
        "{actor} kondigde de afschrijving van {amount} voor factuur {subject} aan.",
    ),
    "collection.recalled": (
        "Je hebt gevraagd om de afschrijving van factuur {subject} tegen te houden.",
        "{actor} vroeg de bank om de afschrijving van factuur {subject} tegen te houden.",
    ),
    "collection.failed": (
        "Je hebt genoteerd dat de afschrijving voor factuur {subject} niet lukte.",
        "{actor} noteerde dat de afschrijving voor factuur {subject} niet lukte.",
    ),
    "collection.returned": (
        "Je hebt genoteerd dat de afschrijving voor factuur {subject} is teruggeboekt.",
        "{actor} noteerde dat de afschrijving voor factuur {subject} is teruggeboekt.",
    ),
    "collection.date_chosen": (
        "Je hebt een andere dag gekozen voor de afschrijving van factuur {subject}.",
        "{actor} koos een andere dag voor de afschrijving van factuur {subject}.",
    ),
}

_STAFF = {
    "demo.scene_set": ("Je hebt verhaal {subject} klaargezet.", "{actor} zette verhaal {subject} klaar."),
    "receipt.repaired": ("Je hebt een ontvangst laten herstellen: {subject}.",
                         "{actor} liet een ontvangst herstellen: {subject}."),
    "push.replayed": ("Je hebt bericht {subject} opnieuw laten afspelen.",
                      "{actor} liet bericht {subject} opnieuw afspelen."),
}  # fmt: skip

_MACHINES = {
    "api_key.made": ("Je hebt API-sleutel {subject} gemaakt.", "{actor} maakte API-sleutel {subject}."),
    "api_key.withdrawn": ("Je hebt API-sleutel {subject} ingetrokken.", "{actor} trok API-sleutel {subject} in."),
    "webhook.added": (
        "Je hebt geregeld dat {subject} bericht krijgt van wat er gebeurt.",
        "{actor} regelde dat {subject} bericht krijgt van wat er gebeurt.",
    ),
    "webhook.removed": ("Je hebt de berichten aan {subject} gestopt.", "{actor} stopte de berichten aan {subject}."),
    "webhook.turned_off": (
        "Je hebt de berichten aan {subject} gestopt, omdat ze dagenlang niet werden aangenomen.",
        "{actor} stopte de berichten aan {subject}, omdat ze dagenlang niet werden aangenomen.",
    ),
}

LOG = Log(
    title="Wie deed wat",
    none="Er is nog niets te melden.",
    newer="Nieuwer",
    older="Ouder",
    paging="Bladeren door wie wat deed",
    until=", tot en met {date}",
    at_once=", per direct",
    whose="{name} ({role})",
    invoice="factuur {numbers}",
    invoices="facturen {numbers}",
    topics={"invoices": "betaalverzoeken", "receipts": "betaalde facturen"},
    nothing="geen",
    acts=_PEOPLE | _HOSTING | _LOG_INS | _MONEY | _SERVICES | _MANDATES | _REMINDERS | _STAFF | _MACHINES,
    on_behalf="(Medewerker, namens jullie.)",
    unknown="{actor} deed iets wat deze pagina nog niet kent: {action}.",
)
