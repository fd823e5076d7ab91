"""Nederlands: mails over machtigingen en incasso's."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_MANDATE = "Machtiging bekijken"
_PAY = "Nu betalen met iDEAL"
_ASK_US = "Klopt dit niet? Antwoord dan meteen op deze mail, dan helpen we je verder."
_UNDER_WAY = "Een afschrijving die al onderweg is, proberen we tegen te houden; lukt dat niet, dan gaat die nog door."
_NO_COSTS = "Dit kost je niets extra, en aan je diensten verandert niets."
_OTHER_DAY = "Liever een automatische afschrijving op een andere dag? Kies die bij de factuur: {dashboard}"

DEBITS = {
    "reason": {
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
    },
    "why": {
        "mandate_revoked": "De machtiging is gestopt.",
        "mandate_paused": "De machtiging is gepauzeerd.",
        "mandate_expired": "De machtiging is verlopen.",
    },
    "what_now": {
        "retry": "We proberen het nog één keer, op een dag die we je apart aankondigen. Betaal je eerder zelf, dan "
        "vervalt die afschrijving.",
        "active": "We schrijven dit bedrag niet vanzelf nog een keer af. Je machtiging blijft gewoon bestaan.",
        "paused": "We schrijven niets meer af totdat jij dat weer wilt: je machtiging is gepauzeerd.",
        "stopped": "We schrijven niets meer af: deze machtiging is gestopt. Je kunt een nieuwe geven wanneer je wilt.",
    },
}

MANDATE_MAILS = {
    Kind.MANDATE_GIVEN: MailText(
        subject="doorlopende machtiging gegeven",
        intro=(
            "{by} heeft {brand} voor {account} gemachtigd om facturen automatisch af te schrijven. Elke afschrijving "
            "kondigen we vooraf aan, met bedrag en datum.",
            "Je houdt de regie: pauzeren of intrekken kan altijd, en een afschrijving kun je bij je bank terugdraaien.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_REPLACED: MailText(
        subject="nieuwe machtiging in plaats van de vorige",
        intro=(
            "{by} heeft voor {account} een nieuwe machtiging gegeven. De vorige is daarmee vervallen. Afschrijvingen "
            "die al aangekondigd waren, kondigen we opnieuw aan.",
            "Van een andere rekening schrijven we de eerste 24 uur niets af.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_PAUSED: MailText(
        subject="machtiging gepauzeerd",
        intro=(
            "De machtiging voor {account} is gepauzeerd. We schrijven niets meer af totdat je haar hervat; facturen "
            "betaal je zolang zelf.",
        ),
        button=_SHOW_MANDATE,
        notes=(_UNDER_WAY, _ASK_US),
    ),
    Kind.MANDATE_RESUMED: MailText(
        subject="machtiging hervat",
        intro=(
            "{by} heeft de machtiging voor {account} hervat. Facturen worden weer automatisch afgeschreven; elke "
            "afschrijving kondigen we vooraf aan.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_WITHDRAWN: MailText(
        subject="machtiging gestopt",
        intro=("De machtiging voor {account} is gestopt. We schrijven er niets meer mee af; facturen betaal je zelf.",),
        button=_SHOW_MANDATE,
        notes=(_UNDER_WAY, _ASK_US),
    ),
    Kind.MANDATE_EXPIRED: MailText(
        subject="machtiging verlopen",
        intro=(
            "De machtiging voor {account} is 36 maanden niet gebruikt en daarom vervallen. Er verandert verder niets. "
            "Wil je weer automatisch betalen, geef dan een nieuwe.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.DEBIT_ANNOUNCED: MailText(
        subject="afschrijving van {cents} op {collect_on}",
        intro=(
            "Op {collect_on} schrijft {brand} {cents} af voor factuur {number}, van rekening {iban}. Je hoeft niets te "
            "doen.",
            "Betaal je de factuur eerder zelf, dan vervalt de afschrijving.",
        ),
        button=_SHOW_MANDATE,
        notes=(_OTHER_DAY, _ASK_US),
    ),
    Kind.DEBIT_WITHDRAWN: MailText(
        subject="factuur {number} wordt niet afgeschreven",
        intro=(
            "De afschrijving van {cents} op {collect_on} voor factuur {number} gaat niet door. {why} De factuur staat "
            "nog open; betaal haar zelf, met de knop hieronder.",
        ),
        button=_PAY,
        notes=(_NO_COSTS, "De factuur in je dashboard: {dashboard}"),
    ),
    Kind.DEBIT_FAILED: MailText(
        subject="afschrijving voor factuur {number} is niet gelukt",
        intro=(
            "De afschrijving van {cents} voor factuur {number} is niet gelukt. {reason} De factuur staat nog open.",
            "{what_now}",
        ),
        button=_PAY,
        notes=(_NO_COSTS, _OTHER_DAY),
    ),
    Kind.DEBIT_RETURNED: MailText(
        subject="betaling van factuur {number} is teruggeboekt",
        intro=(
            "De automatische betaling van factuur {number} is teruggeboekt. {reason} Daarom staat er weer {cents} "
            "open, op dezelfde factuur.",
            "{what_now}",
        ),
        button=_PAY,
        notes=(_NO_COSTS, _OTHER_DAY),
    ),
}
