"""Dutch for what a standing mandate means for one invoice, and why a collection came to nothing."""

from dashboard.texts import words_mandate as words

OF_INVOICE = words.OfInvoice(
    hints={
        "": "Duurt een paar dagen",
        "requested": "Aangevraagd, duurt een paar dagen",
        "active": "Actief",
        "paused": "Gepauzeerd",
    },
    planned="Deze factuur betaalt zich vanzelf.",
    planned_text="Op {date} wordt {amount} automatisch afgeschreven van {iban}. Je hoeft niets te doen.",
    card="Automatische afschrijving",
    announced="Aangekondigd op {date}",
    to_announce="Je krijgt vooraf een mail met bedrag en dag",
    collected_on="{amount} wordt afgeschreven van {iban}",
    pay_text="Dat mag altijd. Is je betaling eerder binnen, dan vervalt de afschrijving.",
    pay_sure="Je kiest ervoor om nu zelf te betalen. Is je betaling op tijd binnen, dan vervalt de automatische "
    "afschrijving.",
    failed_title="De afschrijving is niet gelukt.",
    failed="{reason} Er is niets afgeschreven op {date}, en de factuur staat nog open.",
    returned="{reason} De afschrijving van {date} is op {on} teruggeboekt, en de factuur staat daarom weer open.",
    returned_once="{reason} De afschrijving van {date} is teruggeboekt, en de factuur staat daarom weer open.",
    no_stop="Er wordt niets uitgezet.",
    date_title="Kies een nieuwe datum",
    date_other="Op een andere dag",
    date="Dag van afschrijving",
    date_hint="Alleen dagen waarop banken werken. We kondigen de afschrijving opnieuw aan per mail.",
    date_submit="Op deze dag afschrijven",
    untold_title="Deze factuur wordt niet afgeschreven.",
    untold="Onze mail over de afschrijving kwam bij niemand aan, en zonder aankondiging schrijven we niets af. Kijk "
    "bij Gebruikers of de e-mailadressen kloppen. Deze factuur kun je gewoon zelf betalen.",
    date_done="Factuur {number} wordt afgeschreven op {date}. Je krijgt er vooraf een mail over.",
)

FROZEN = {
    "stale": "Er wordt nu niets afgeschreven, omdat we niet zeker weten of we alle betalingen van de laatste dagen al "
    "zien.",
    "spike": "Er wordt nu niets afgeschreven, omdat er bij banken ongewoon veel misgaat. We zoeken uit hoe dat komt.",
    "person": "Er wordt nu niets afgeschreven, omdat we eerst iets willen nakijken.",
}
FROZEN_THEN = (
    "Je hoeft niets te doen: het gaat vanzelf weer verder, en wat daardoor later wordt, kondigen we opnieuw aan. "
    "Aan je diensten verandert niets."
)

REASONS = {
    "no_money": "Er stond niet genoeg op de rekening.",
    "not_said": "De bank gaf geen reden; vaak stond er niet genoeg op de rekening.",
    "wrong_account": "Het rekeningnummer klopt niet meer.",
    "account_closed": "De rekening is opgeheven.",
    "account_blocked": "De rekening staat niet open voor automatische incasso.",
    "consumer_account": "Van een particuliere rekening kan niet met een zakelijke machtiging worden afgeschreven.",
    "not_possible": "Van deze rekening kan niet automatisch worden afgeschreven.",
    "duplicate": "De bank zag de afschrijving als dubbel.",
    "creditor_unknown": "De bank herkende ons niet als incassant.",
    "no_mandate": "De bank kent de machtiging niet.",
    "mandate_data": "De gegevens van de machtiging klopten volgens de bank niet.",
    "taken_back": "De afschrijving is bij de bank teruggedraaid.",
    "holder_died": "De bank kan van deze rekening niet meer afschrijven.",
    "refused_by_payer": "De afschrijving is bij de bank geweigerd.",
    "blocked_by_payer": "Bij de bank is ingesteld dat wij niet, of niet zoveel, mogen afschrijven.",
    "details": "De bank miste gegevens die wij hadden moeten meesturen.",
    "not_taken": "Door een storing kon de opdracht niet worden verwerkt.",
    "unknown": "De bank gaf een reden die we nog niet kennen; een medewerker kijkt ernaar.",
}
