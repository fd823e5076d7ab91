"""Dutch for why services are safe, and for what they will cost next. Nothing here threatens anybody."""

from dashboard.texts.words_safety import Next, Safety, Said

_WORKS = "Alles blijft gewoon werken."

SAFETY = Safety(
    title="Je diensten zijn veilig",
    title_plain="Je diensten",
    text="Geen enkele dienst stopt vanzelf. Hier zie je per product wat de volgende stap is.",
    none="Er zijn nog geen diensten in dit account.",
    stages={
        "ending": Said("Je hebt dit zelf opgezegd.", "Tot en met {date} blijft alles werken."),
        "stopped": Said(
            "Dit staat tijdelijk stil.",
            "Je gegevens blijven zeker tot en met {date} bewaard, en je e-mail blijft zo lang werken.",
        ),
        "announced": Said("Alles werkt nu gewoon.", "Over {invoice} willen we graag samen iets afspreken."),
        "resting": Said(_WORKS, "We laten {invoice} rusten tot samen is uitgezocht hoe het zit."),
        "under_way": Said("De betaling van {invoice} is onderweg.", "Je hoeft niets te doen."),
        "returned": Said("De betaling van {invoice} kwam terug.", f"{_WORKS} Dat lossen we samen op."),
        "overdue": Said("{Invoice} is {days} te laat; dat lossen we samen op.", _WORKS),
        "debit": Said("{Invoice} wordt automatisch afgeschreven.", "Je hoeft niets te doen."),
        "open": Said("{Invoice} staat open tot en met {date}.", "Er wordt niets uitgezet."),
        "paid": Said("Betaald tot en met {date}.", "Je hoeft niets te doen."),
        "past": Said("De periode liep tot en met {date}.", f"{_WORKS} De factuur volgt vanzelf."),
    },
    steps={
        "last_day": Next("de laatste dag; tot dan kun je de opzegging intrekken"),
        "pay_to_restore": Next("alles staat binnen enkele minuten weer aan", "Na je betaling"),
        "pay_or_call": Next("betaal of bel ons vóór deze dag, dan blijft alles aan"),
        "we_call_back": Next("je hoort van ons en hoeft nu niets te doen", "Zodra we meer weten"),
        "expected": Next("dan verwachten we de betaling"),
        "reminder": Next("een herinnering"),
        "call": Next("dan bellen we je even"),
        "pay": Next("betaal de factuur, of bel ons om iets af te spreken", "Nu"),
        "debit": Next("de afschrijving"),
        "due": Next("uiterlijk dan zien we graag je betaling"),
        "invoice": Next("de volgende factuur"),
        "invoice_by_debit": Next("de volgende factuur, die we automatisch afschrijven"),
    },
    invoice="factuur {number}",
    some_invoice="een factuur",
    days="{count} dagen",
    one_day="één dag",
    named="{moment}: {step}.",
    badge_stopped="Staat tijdelijk stil",
    badge_announced="Betaal of bel vóór {date}",
    coming="Komende kosten",
    coming_none="De komende drie maanden komt er geen nieuwe factuur.",
    coming_vat="incl. {amount} btw",
    coming_by_mandate="Factuur op {date}. We schrijven het bedrag automatisch af.",
    coming_to_pay="Factuur op {date}, zelf betalen tot en met {pay_by}.",
)
