"""Dutch for what goes wrong: what happened, that nothing was lost or charged, what to do next."""

from dashboard.texts.words import Stop

PROBLEM = (
    "Er ging iets mis aan onze kant. Er is niets verloren gegaan. Probeer het over een minuut opnieuw, "
    "of noem ons deze code: {id}."
)

ERRORS = {
    "billing_error": "Dat is niet gelukt. Er is niets afgeschreven. Probeer het over een minuut opnieuw.",
    "not_allowed": "Je mag dit in dit account niet doen. Er is niets afgeschreven. De eigenaar van het account kan je "
    "dat recht geven.",
    "not_found": "Deze factuur is niet gevonden. Er is niets afgeschreven. Kies een factuur uit de lijst.",
    "refused": "Dat kan bij deze facturen niet. Er is niets afgeschreven. Laad de pagina opnieuw en kijk wat er "
    "openstaat.",
    "invalid_amount": "Dit bedrag kan niet worden betaald. Er is niets afgeschreven. Laad de pagina opnieuw.",
    "invalid_setting": "Deze instelling kan zo niet worden opgeslagen. Er is niets veranderd. Kijk na wat je invulde.",
    "nothing_overpaid": "Hier is al voor gekozen. Er is niets veranderd; laad de pagina opnieuw.",
    "nothing_to_pay": "Hier staat niets meer open. Er is niets afgeschreven; laad de pagina opnieuw.",
    "payment_under_way": "Er is al een betaling onderweg. Er is niets extra afgeschreven. Wacht tot die binnen is, of "
    "kies bewust voor nu zelf betalen.",
    "method_unavailable": "Deze betaalmethode werkt nu niet. Er is niets afgeschreven. Kies een andere methode.",
    "login_failed": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Er is niets veranderd. Probeer het opnieuw.",
    "login_throttled": "Er is te vaak achter elkaar geprobeerd. Je account is niet geblokkeerd. Probeer het over "
    "{wait} opnieuw.",
    "too_often": "Er is te vaak op betalen geklikt. Er is niets afgeschreven. Wacht een minuut en probeer het opnieuw.",
    "run_held": "Deze factuurronde wijkt te veel af van de vorige. Er is niets veranderd. Kijk na of prijzen en "
    "diensten kloppen en start de ronde dan bewust.",
    "conflict": "Iemand anders was net iets eerder. Er is niets afgeschreven. Laad de pagina opnieuw.",
    "illegal_move": "Deze betaling is al verder dan dat. Er is niets afgeschreven. Laad de pagina opnieuw.",
    "unbalanced": "Dit kon niet worden geboekt. Er is niets afgeschreven. Probeer het later opnieuw.",
    "provider_refused": "De betaaldienst heeft deze betaling geweigerd. Er is niets afgeschreven. Probeer een andere "
    "methode, of maak het bedrag zelf over.",
    "provider_unclear": "De betaaldienst geeft nu geen antwoord. Er is niets afgeschreven en je factuur staat er nog. "
    "We zoeken uit of de betaling is aangekomen; probeer het over een minuut opnieuw.",
    "address_refused": "De mailserver neemt geen mail aan voor dit adres. Er is niets veranderd. Controleer het adres.",
    "report_refused": "Dit bericht kon niet worden gelezen. Er is niets veranderd. Probeer het later opnieuw.",
    "push_refused": "Dit bericht kon niet worden gelezen. Er is niets veranderd. Probeer het later opnieuw.",
    "erasure_refused": "Dit account kan nu niet worden gewist. Er is niets veranderd. Kies Account wissen opnieuw als "
    "er niets meer loopt of openstaat.",
    "period_refused": "Deze periode kan niet worden gedownload. Er is niets veranderd. Kies een andere periode.",
    "settings_invalid": "Deze omgeving is nog niet goed ingesteld. Er is niets afgeschreven. Probeer het later "
    "opnieuw.",
    # Answers to a reminder
    "promise_refused": "Deze dag of betaalwijze kan niet. Er is niets veranderd. Kies een dag die al geweest is, of "
    "een dag binnen twee weken als je later betaalt.",
    "reminder_too_often": "Er is te vaak achter elkaar geantwoord. Er is niets verloren gegaan. Wacht een minuut en "
    "probeer het opnieuw.",
    "reminder_gone": "Deze link werkt niet. Er is niets veranderd. Open de link uit de laatste mail.",
    # Products
    "preview_stale": "Het voorbeeld klopt niet meer. Er is niets veranderd. Bekijk opnieuw wat het wordt en bevestig "
    "dan.",
    "change_refused": "Dit kan bij dit product niet. Er is niets veranderd. Laad de pagina opnieuw en kijk wat er kan.",
    # Mandates
    "mandate_refused": "Dit kan met deze machtiging niet. Er is niets veranderd en niets afgeschreven. Laad de pagina "
    "opnieuw en kijk hoe de machtiging ervoor staat.",
    "foreign_account": "Tekenen bij de bank kan alleen met een Nederlandse rekening. Er is niets veranderd. Begin de "
    "machtiging met een iDEAL-betaling, of betaal je facturen zelf.",
    "invalid_iban": "Dit rekeningnummer klopt niet. Er is niets veranderd. Kijk of er een tikfout in zit.",
    "date_refused": "Op deze dag kan niet worden afgeschreven. Er is niets veranderd. Kies een werkdag binnen de "
    "getoonde periode.",
    "stop_refused": "Stilzetten kan nu niet. Er is niets veranderd, en alles werkt gewoon door.",
    # Log-ins and users
    "no_session": "Je bent uitgelogd. Er is niets veranderd. Log opnieuw in om verder te gaan.",
    "half_over": "Het inloggen duurde te lang. Er is niets veranderd. Begin opnieuw met je e-mailadres en wachtwoord.",
    "check_needed": "Bevestig eerst dat jij het bent. Er is nog niets veranderd. Daarna gaat het verder waar je was.",
    "only_looking": "Je bekijkt dit account door de ogen van iemand anders. Er is niets veranderd. Stop met meekijken "
    "om weer zelf iets te doen.",
    "code_refused": "Deze code werkt niet: hij klopt niet, is verlopen of is al gebruikt. Er is niets veranderd. Wacht "
    "op de volgende code in je app en vul die meteen in, of neem een reservecode. Blijft het misgaan, kijk dan of de "
    "klok van je telefoon gelijk loopt.",
    "second_factor_needed": "Hiervoor is je wachtwoord alleen niet genoeg. Er is niets veranderd. Stel bij Beveiliging "
    "een tweede stap in, een app of een passkey, en probeer het dan opnieuw.",
    "last_second_factor": "Je kunt niet zonder tweede stap, en dit is je enige. Er is niets veranderd. Stel eerst een "
    "andere in, een app of een passkey.",
    "passkey_refused": "Deze passkey werd niet herkend. Er is niets veranderd. Probeer het nog een keer, of kies een "
    "andere manier.",
    "weak_password": "{why} Er is niets veranderd. Kies een ander wachtwoord, bijvoorbeeld vier woorden die niets met "
    "elkaar te maken hebben.",
    "invalid_email": "Dit is geen compleet e-mailadres. Er is niets veranderd. Kijk of er een tikfout in zit.",
    "invalid_name": "Deze naam kan niet. Er is niets veranderd. Vul een naam in, zonder webadres.",
    "consumer_with_vat_number": "Een particulier heeft geen btw-nummer. Er is niets veranderd. Laat het nummer leeg, "
    "of kies dat je als bedrijf koopt.",
    "invalid_country": "Dit land kennen we niet. Er is niets veranderd. Kies een land uit de lijst.",
    "invalid_vat_number": "Dit btw-nummer bestaat niet. Er is niets veranderd. Kijk het nummer na, of laat het leeg.",
    "vat_number_abroad": "Dit btw-nummer hoort bij een ander land dan je adres. Er is niets veranderd. Kijk het nummer "
    "na, of laat het leeg. Ben je verhuisd naar een ander land, laat het ons dan weten.",
    "invalid_chamber_number": "Een KvK-nummer heeft acht cijfers. Er is niets veranderd. Kijk het nummer na, of laat "
    "het leeg.",
    "reason_needed": "Vul in een paar woorden in waarom. Er is niets veranderd.",
    "einvoice_refused": "Voor Peppol hebben we je KvK-nummer of btw-nummer nodig, je volledige adres, en een naam bij "
    "'Ter attentie van'. Er is niets veranderd. Vul die gegevens hierboven aan en kies daarna opnieuw.",
    "email_taken": "Met dit e-mailadres logt al iemand in. Er is niets veranderd. Neem een ander adres.",
    "link_used": "Deze link is al gebruikt, of er is een nieuwere gemaild. Er is niets veranderd. Kijk in je mail naar "
    "de nieuwste link.",
    "link_expired": "Deze link is verlopen. Er is niets veranderd. Vraag een nieuwe aan.",
    "link_too_early": "Deze link werkt nog niet. Er is niets veranderd. In de mail staat vanaf wanneer hij werkt.",
    "link_withdrawn": "Deze uitnodiging is ingetrokken. Er is niets veranderd. Vraag wie je uitnodigde om een nieuwe.",
    "scope_not_possible": "Dit past niet bij de gekozen rol. Er is niets veranderd. Laat het weg, of kies een andere "
    "rol.",
    "already_member": "Deze persoon heeft al toegang tot dit account. Er is niets veranderd. Pas de rechten aan in de "
    "lijst van gebruikers.",
    "already_invited": "Deze persoon is al uitgenodigd. Er is niets veranderd. Stuur de uitnodiging opnieuw, of trek "
    "haar eerst in.",
    "account_erased": "Dit account is gewist. Er is niets veranderd.",
    "owner_stays": "Een account heeft altijd precies één eigenaar. Er is niets veranderd. Draag het eigendom over aan "
    "iemand anders.",
    "ends_in_past": "Deze laatste dag is al voorbij. Er is niets veranderd. Kies vandaag of een latere dag.",
}

# Why a password is refused, by the reason that the error gives.
WEAK_PASSWORDS = {
    "short": "Dit wachtwoord is korter dan tien tekens.",
    "long": "Dit wachtwoord is langer dan 1024 tekens.",
    "guessable": "Dit wachtwoord is te makkelijk te raden.",
    "leaked": "Dit wachtwoord is bekend uit een datalek bij een andere site. Kies een ander.",
}

DENIED = Stop(
    title="Geen toegang",
    text="Dit onderdeel hoort niet bij jouw rechten in dit account. Er is niets mis met je login; de eigenaar van het "
    "account kan je toegang geven.",
    link="Naar het dashboard",
)
DENIED_STAFF = Stop(
    title="Geen toegang",
    text="Deze pagina is alleen voor onze eigen medewerkers, en voor wie van hen er recht op heeft. Er is niets mis "
    "met je login.",
    link="Naar het dashboard",
)
LOCKED = Stop(
    title="Eerst een tweede stap",
    text="Voor dit onderdeel is je wachtwoord alleen niet genoeg. Zet een app aan die codes toont, of voeg een passkey "
    "toe; daarna kun je hier meteen verder.",
    link="Tweede stap instellen",
)
GONE = Stop(
    title="Je bent uitgelogd",
    text="Je sessie is afgelopen. Er is niets verloren gegaan. Log opnieuw in om verder te gaan.",
    link="Inloggen",
)
MOVED = Stop(
    title="Je koos een ander account",
    text="In een ander tabblad koos je een ander account. Bovenaan staat welk. Deze pagina is "
    "leeg gemaakt, zodat je niets verwisselt.",
    link="Verder met dit account",
)
MISSING = Stop(
    title="Deze factuur is niet gevonden",
    text="Er is geen factuur met dit nummer die je mag zien. Misschien klopt het nummer niet, of hoort de factuur bij "
    "een ander account.",
    link="Alle facturen bekijken",
)
BROKEN = Stop(
    title="Deze pagina kon niet worden geladen",
    text="Er ging iets mis aan onze kant. Er is niets afgeschreven en niets verloren gegaan. Probeer het over een "
    "minuut opnieuw.",
    link="Opnieuw proberen",
)
NOT_FOUND = Stop(
    title="Deze pagina bestaat niet",
    text="Het adres klopt niet, of de pagina is verhuisd. Er is niets verloren gegaan.",
    link="Naar het dashboard",
)
