"""Dutch for standing mandates: what they are, giving one, and how it stands."""

from dashboard.texts import words_mandate as words
from dashboard.texts.nl_collecting import FROZEN, FROZEN_THEN, OF_INVOICE, REASONS

MANDATE = words.Mandate(
    title="Machtiging",
    lede="Laat je facturen vanzelf betalen. Jij houdt de regie.",
    how="Zo werkt een doorlopende machtiging",
    points=(
        words.Point(
            "repeat",
            "Je facturen betalen zich vanzelf",
            "Je geeft één keer toestemming. Minstens {days} dagen voor elke afschrijving mailen we je het bedrag en de "
            "dag.",
        ),
        words.Point(
            "clock",
            "Het duurt een paar dagen",
            "Je bank verwerkt de machtiging, en ook een afschrijving duurt een paar werkdagen. Al die tijd blijft "
            "alles werken.",
        ),
        words.Point(
            "receipt",
            "Wat nu openstaat, gaat mee",
            "Ook dat schrijven we af op een dag die je vooraf hoort. Betaal je eerder zelf, dan vervalt de "
            "afschrijving.",
        ),
        words.Point(
            "shield",
            "Jij houdt de regie",
            "Pauzeren of intrekken kan hier altijd. Een afschrijving laat je tot acht weken daarna terugboeken door je "
            "bank. Mislukt er een, dan wordt er niets uitgezet.",
        ),
    ),
    waiting=words.Said(
        "We wachten op je bank",
        "Je aanvraag is ontvangen. Vaak is de machtiging er binnen een paar minuten; soms duurt het een paar dagen, "
        "bijvoorbeeld als bij jullie twee mensen tekenen. Je hoeft niets te doen: deze pagina verandert vanzelf. Wat "
        "openstaat, kun je zolang zelf betalen.",
    ),
    ended={
        "failed": words.Said(
            "De machtiging is niet gelukt",
            "Je bank heeft haar niet bevestigd. Er is niets afgeschreven. Probeer het gerust opnieuw.",
        ),
        "failed.foreign_account": words.Said(
            "Deze rekening kan hier niet voor gebruikt worden",
            "Tekenen bij de bank kan alleen met een Nederlandse rekening. Er is niets afgeschreven. Begin de "
            "machtiging met een iDEAL-betaling, of betaal je facturen zelf.",
        ),
        "failed.expired": words.Said(
            "De machtiging is niet op tijd getekend",
            "We hebben een week gewacht. Er is niets afgeschreven. Probeer het gerust opnieuw.",
        ),
        "failed.not_paid": words.Said(
            "De iDEAL-betaling is niet gelukt",
            "Daarom is er ook geen machtiging. Er is niets afgeschreven. Probeer het gerust opnieuw.",
        ),
        "failed.invalid_iban": words.Said(
            "De machtiging is niet gelukt",
            "Je betaling is ontvangen, maar je bank gaf niet door van welke rekening. Teken daarom bij je bank.",
        ),
        "cancelled": words.Said(
            "Je hebt het tekenen geannuleerd",
            "Er is niets veranderd en niets afgeschreven. Opnieuw beginnen kan altijd.",
        ),
        "revoked": words.Said(
            "Je machtiging is gestopt op {date}",
            "{reason} Er wordt niets meer mee afgeschreven; je facturen betaal je zelf. Er is niets uitgezet, en een "
            "nieuwe machtiging geef je wanneer je wilt.",
        ),
        "revoked.customer": words.Said(
            "Je machtiging is ingetrokken op {date}",
            "Er wordt niets meer mee afgeschreven; je facturen betaal je zelf. Een nieuwe machtiging geef je wanneer "
            "je wilt.",
        ),
        "revoked.bank": words.Said(
            "Je machtiging is bij je bank ingetrokken op {date}",
            "Er wordt niets meer mee afgeschreven; je facturen betaal je zelf. Een nieuwe machtiging geef je wanneer "
            "je wilt.",
        ),
        "expired": words.Said(
            "Je machtiging is verlopen op {date}",
            "Ze is 36 maanden niet gebruikt. Er is verder niets veranderd. Wil je weer automatisch betalen, geef dan "
            "een nieuwe.",
        ),
    },
    paused={
        "customer": "Je hebt de machtiging gepauzeerd. Er wordt niets afgeschreven totdat je haar hervat; je facturen "
        "betaal je zolang zelf.",
        "reason": "{reason} Daarom schrijven we niets meer af totdat jij dat weer wilt. Er is niets uitgezet. Klopt "
        "deze rekening nog, hervat de machtiging dan; geef anders een machtiging van een andere rekening.",
    },
    card=words.Card(
        title="Doorlopende machtiging",
        states={"active": "Actief", "paused": "Gepauzeerd"},
        bank="Bank",
        holder="Op naam van",
        iban="Rekening",
        reference="Kenmerk",
        kind="Soort",
        kinds={"core": "Gewone machtiging", "b2b": "Zakelijke machtiging"},
        maximum="Hoogste bedrag per keer",
        given="Gegeven op",
        given_by="{date}, door {name}",
        free_from="Afschrijven kan vanaf",
        last="Laatste afschrijving",
        next="Volgende afschrijving",
        next_on="{date}, factuur {number}",
        nothing="Er staat nog niets op de planning. Van elke afschrijving hoor je vooraf het bedrag en de dag.",
        other="Andere rekening",
        banks={
            "ABNA": "ABN AMRO",
            "ASNB": "ASN Bank",
            "BUNQ": "bunq",
            "FVLB": "Van Lanschot Kempen",
            "INGB": "ING",
            "KNAB": "Knab",
            "NTSB": "N26",
            "RABO": "Rabobank",
            "RBRB": "RegioBank",
            "REVO": "Revolut",
            "SNSB": "SNS",
            "TRIO": "Triodos Bank",
        },
    ),
    coming=words.Coming(
        title="Komende afschrijvingen",
        lede="Elke afschrijving kondigen we vooraf aan. Betaal je zelf voordat die bij de bank is, dan vervalt de "
        "afschrijving.",
        invoice="Factuur",
        on="Op",
        amount="Bedrag",
        status="Status",
        states={"planned": "Gepland", "announced": "Aangekondigd", "submitted": "Bij de bank"},
        announced_on="op {date}",
        expected_on="klaar rond {date}",
    ),
    outcomes={
        "collected": "{amount} op {date}, gelukt",
        "submitted": "{amount} op {date}, bij de bank",
        "failed": "{amount} op {date}, niet gelukt. {reason}",
        "returned": "{amount} op {date}, teruggeboekt. {reason}",
    },
    give=words.Give(
        title="Machtiging geven",
        title_other="Van een andere rekening",
        lede="Kies hoe je wilt beginnen. Beide duren een paar dagen voordat alles is verwerkt; dat is normaal.",
        lede_other="De nieuwe machtiging komt in de plaats van deze zodra je bank haar bevestigt. Tot dan blijft deze "
        "gelden. Van een andere rekening schrijven we de eerste 24 uur niets af.",
        again="Niet getekend? Begin opnieuw",
        bank="Tekenen bij je bank",
        bank_text="Je kiest je bank en tekent daar, zoals je een betaling goedkeurt. Er wordt nu niets afgeschreven.",
        scheme="Soort machtiging",
        core="Gewone machtiging",
        core_hint="Voor iedereen. Tot acht weken terug te boeken.",
        business="Zakelijke machtiging",
        business_hint="Alleen voor bedrijven. Met een maximum; terugboeken kan niet.",
        maximum="Hoogste bedrag per afschrijving, in euro",
        maximum_hint="Hogere facturen betaal je zelf. Meld de machtiging ook aan bij je bank.",
        to_bank="Naar je bank",
        ideal="Beginnen met een iDEAL-betaling",
        ideal_text="Je betaalt een openstaande factuur met iDEAL. De volgende schrijven we af van dezelfde rekening.",
        invoice="Factuur",
        option="{number}, {amount}",
        agree="Ja, dit wil ik. ",
        pay="Betalen en machtigen",
        nothing_open="Er staat nu niets open. Heb je een factuur, dan kan het ook zo.",
        no_pay="Betalen hoort niet bij jouw rechten. Tekenen bij de bank kan wel.",
        version="2026-11",
        consent="Ik machtig {seller}{creditor} om doorlopend incasso-opdrachten naar mijn bank te sturen voor mijn "
        "facturen, en mijn bank om die uit te voeren. Minstens {days} dagen vooraf krijg ik bericht van bedrag en dag.",
        creditor=" (incassant {id})",
        refund=" Een afschrijving kan ik binnen acht weken laten terugboeken door mijn bank.",
        no_refund=" Dit is een zakelijke machtiging: ik schrijf op wat er per keer hoogstens afgaat, en een "
        "afschrijving die klopt kan ik niet laten terugboeken.",
        opening="De bank wordt geopend",
    ),
    pause=words.Act(
        "Pauzeren",
        "Machtiging pauzeren",
        "We schrijven niets af totdat je haar hervat. Zolang betaal je je facturen zelf. Wat al bij je bank ligt, gaat "
        "nog door.",
        "De machtiging is gepauzeerd. Er wordt niets afgeschreven totdat je haar hervat.",
    ),
    resume=words.Act(
        "Hervatten",
        "Machtiging hervatten",
        "We schrijven je facturen weer af. Elke afschrijving kondigen we opnieuw aan, minstens {days} dagen vooraf.",
        "De machtiging is hervat. Elke afschrijving kondigen we vooraf aan.",
    ),
    withdraw=words.Act(
        "Intrekken",
        "Machtiging intrekken",
        "We schrijven er niets meer mee af, en je betaalt je facturen zelf. Wat al onderweg is, proberen we tegen te "
        "houden. Aan je diensten verandert niets. Wil je later weer automatisch betalen, dan geef je een nieuwe.",
        "De machtiging is ingetrokken. Er wordt niets meer mee afgeschreven.",
    ),
    cancel="Toch niet",
    look_only="Een machtiging geven of wijzigen hoort niet bij jouw rechten. De eigenaar van dit account kan dat wel, "
    "of kan je dat recht geven.",
    of_invoice=OF_INVOICE,
    reasons=REASONS,
    frozen=FROZEN,
    frozen_then=FROZEN_THEN,
    problems={
        "consent": "Zet eerst het vinkje waarmee je toestemming geeft. Er is niets veranderd en niets afgeschreven.",
        "maximum": "Vul een bedrag in euro in, bijvoorbeeld 500. Er is niets veranderd en niets afgeschreven.",
        "no_mandate": "Er is geen machtiging meer. Er is niets veranderd; deze pagina toont hoe het er nu voor staat.",
        "not_active": "De machtiging is al gepauzeerd. Er is niets veranderd.",
        "not_paused": "De machtiging is al hervat. Er is niets veranderd.",
        "not_allowed": "Een machtiging geven of wijzigen hoort niet bij jouw rechten. Er is niets veranderd. De "
        "eigenaar van dit account kan je dat recht geven.",
        "provider_refused": "De betaaldienst heeft de aanvraag geweigerd. Er is niets afgeschreven. Probeer het later "
        "opnieuw, of betaal je facturen zolang zelf.",
        "provider_unclear": "De betaaldienst geeft nu geen antwoord. Er is niets afgeschreven. Probeer het over een "
        "minuut opnieuw; alleen je laatste aanvraag telt.",
        "unreadable": "Dit kon niet worden gelezen. Er is niets veranderd. Laad de pagina opnieuw.",
    },
    line={
        "requested": "Je machtiging is aangevraagd. Dat kan een paar dagen duren; betalen kan zolang gewoon zelf.",
        "active": "Je facturen worden automatisch betaald van {iban}.",
        "paused": "Je machtiging is gepauzeerd: er wordt niets afgeschreven.",
    },
    line_next=" De volgende afschrijving is {amount} op {date}.",
    line_link="Machtiging bekijken",
)
