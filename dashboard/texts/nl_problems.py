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
    "nothing_to_pay": "Hier staat niets meer open. Er is niets afgeschreven; laad de pagina opnieuw.",
    "payment_under_way": "Er is al een betaling onderweg. Er is niets extra afgeschreven. Wacht tot die binnen is, of "
    "kies bewust voor nu zelf betalen.",
    "method_unavailable": "Deze betaalmethode werkt nu niet. Er is niets afgeschreven. Kies een andere methode.",
    "login_failed": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Er is niets veranderd. Probeer het opnieuw.",
    "login_throttled": "Er is te vaak geprobeerd in te loggen. Je account is niet geblokkeerd. Probeer het over "
    "{wait} opnieuw.",
    "too_often": "Er is te vaak op betalen geklikt. Er is niets afgeschreven. Wacht een minuut en probeer het opnieuw.",
    "conflict": "Iemand anders was net iets eerder. Er is niets afgeschreven. Laad de pagina opnieuw.",
    "illegal_move": "Deze betaling is al verder dan dat. Er is niets afgeschreven. Laad de pagina opnieuw.",
    "unbalanced": "Dit kon niet worden geboekt. Er is niets afgeschreven. Probeer het later opnieuw.",
    "provider_refused": "De betaaldienst heeft deze betaling geweigerd. Er is niets afgeschreven. Probeer een andere "
    "methode, of maak het bedrag zelf over.",
    "provider_unclear": "De betaaldienst geeft nu geen antwoord. Er is niets afgeschreven en je factuur staat er nog. "
    "We zoeken uit of de betaling is aangekomen; probeer het over een minuut opnieuw.",
    "push_refused": "Dit bericht kon niet worden gelezen. Er is niets veranderd. Probeer het later opnieuw.",
    "period_refused": "Deze periode kan niet worden gedownload. Er is niets veranderd. Kies een andere periode.",
    "settings_invalid": "Deze omgeving is nog niet goed ingesteld. Er is niets afgeschreven. Probeer het later "
    "opnieuw.",
}

DENIED = Stop(
    title="Geen toegang",
    text="Dit onderdeel hoort niet bij jouw rechten in dit account. Er is niets mis met je login; de eigenaar van het "
    "account kan je toegang geven.",
    link="Naar het dashboard",
)
GONE = Stop(
    title="Je bent uitgelogd",
    text="Je sessie is afgelopen. Er is niets verloren gegaan. Log opnieuw in om verder te gaan.",
    link="Inloggen",
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
