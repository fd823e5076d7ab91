"""Explanations in Dutch."""

from dashboard.texts.words_help import Explanation, Help

HELP = Help(
    mandate=Explanation(
        question="Wat is een machtiging?",
        answer=(
            "Je geeft ons één keer toestemming om facturen van je rekening af te schrijven. Daarna betaalt elke nieuwe "
            "factuur zichzelf, op een dag die we je van tevoren mailen.",
            "Dat duurt een paar dagen, omdat je bank de afschrijving van tevoren wil weten en alleen op werkdagen "
            "afschrijft. Moet een factuur vandaag betaald zijn, kies dan iDEAL.",
            "Je kunt een machtiging altijd intrekken, en een afschrijving bij je bank laten terugboeken.",
        ),
    ),
    under_way=Explanation(
        question="Wat betekent 'onderweg'?",
        answer=(
            "De opdracht is gegeven, maar het geld is nog niet bij ons. Bij iDEAL duurt dat een paar tellen, bij een "
            "creditcard soms een paar minuten, bij een afschrijving een paar werkdagen.",
            "Je hoeft niets te doen: zodra het geld er is, staat hier 'Betaald' en krijg je een mail. Gaat het niet "
            "door, dan staat de factuur weer gewoon open.",
        ),
    ),
    credits=Explanation(
        question="Wat zijn credits?",
        answer=(
            "Geld dat van jou is en dat je nog niet hebt gebruikt, bijvoorbeeld omdat je een product halverwege de "
            "periode hebt opgezegd.",
            "We verrekenen credits vanzelf met je volgende factuur. Je hoeft ze niet in te wisselen en ze verlopen "
            "niet.",
        ),
    ),
)
