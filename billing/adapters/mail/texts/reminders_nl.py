"""Nederlands: herinneringen.

De laatste volgt artikel 6:96 lid 6 BW: kosteloos, met een termijn van veertien volle dagen vanaf de dag na bezorging
en met het precieze bedrag van de kosten.
"""

from billing.adapters.mail.texts.reminder_sentences import ReminderSentences, ReminderText

_TERM = "Wij vragen u om {amount} te betalen binnen vijftien dagen nadat deze brief bij u is bezorgd."
_LATE = ("Factuur {number} is na onze herinneringen nog niet betaald. De betaaltermijn is voorbij.",)
_LATE_MORE = ("Deze {count} facturen zijn na onze herinneringen nog niet betaald. De betaaltermijn is voorbij.",)
_COSTS = (
    "Betaalt u niet binnen die termijn, dan komen er {costs} aan incassokosten bij. Dat is het wettelijke tarief over "
    "{amount}. Betaalt u een deel, dan berekenen we de kosten over wat er daarna nog openstaat."
)
_NO_COSTS = "Deze brief kost u niets, en we rekenen ook geen incassokosten."
_TALK = "Lukt dat niet? Bel of mail ons, dan zoeken we samen een oplossing."


def _notice(*closing: str) -> ReminderText:
    return ReminderText(
        subject="Laatste herinnering: factuur {number}, {amount}",
        subject_more="Laatste herinnering: {count} facturen, samen {amount}",
        intro=(*_LATE, _TERM, *closing),
        intro_more=(*_LATE_MORE, _TERM, *closing),
        notes=(_TALK,),
    )


SENTENCES = ReminderSentences(
    of_kind={
        "friendly": ReminderText(
            subject="Factuur {number}: graag betalen uiterlijk {due}",
            subject_more="{count} facturen om binnenkort te betalen",
            intro=("Misschien is de mail met factuur {number} je ontgaan. Hier is hij nog een keer.",),
            intro_more=("Misschien zijn de mails met deze {count} facturen je ontgaan. Hier zijn ze nog een keer.",),
        ),
        "first": ReminderText(
            subject="Herinnering: factuur {number}, {amount}",
            subject_more="Herinnering: {count} facturen, samen {amount}",
            intro=("Factuur {number} staat bij ons nog open. Dat kan gebeuren. Wil je hem vandaag betalen?",),
            intro_more=("Deze {count} facturen staan bij ons nog open. Dat kan gebeuren. Wil je ze vandaag betalen?",),
        ),
        "second": ReminderText(
            subject="Tweede herinnering: factuur {number}, {amount}",
            subject_more="Tweede herinnering: {count} facturen, samen {amount}",
            intro=(
                "Factuur {number} staat nog steeds open. We sturen deze mail ook naar de eigenaar van het account, "
                "zodat hij niet blijft liggen.",
            ),
            intro_more=(
                "Deze {count} facturen staan nog steeds open. We sturen deze mail ook naar de eigenaar van het "
                "account, zodat ze niet blijven liggen.",
            ),
            notes=("Lukt het niet in één keer? Vraag ons om in delen te betalen, dan spreken we iets af.",),
        ),
    },
    with_costs=_notice(_COSTS),
    without_costs=_notice(_NO_COSTS),
    label_more="{count} facturen",
    row="Factuur {number}, te betalen uiterlijk {due}",
    pay_all_button="Alle facturen bekijken en betalen",
    paid_link="Al betaald, of pas later betalen? Vertel het ons",
    call="Vragen? Bel {phone} of antwoord op deze mail.",
    reply="Vragen? Antwoord op deze mail, dan helpen we verder.",
    attached="De factuur zit als PDF bij deze mail.",
    attached_more="De facturen zitten als PDF bij deze mail.",
)
