"""Nederlands."""

from billing.adapters.mail.texts.sentences import Sentences

SENTENCES = Sentences(
    invoice_subject="Factuur {number}: {amount}, te betalen vóór {due}",
    settled_subject="Factuur {number}: niets te betalen",
    paid_subject="Betaald: factuur {number}",
    greeting="Dag {name},",
    greeting_nameless="Dag,",
    invoice_intro="Je nieuwe factuur staat klaar. Je kunt hem meteen online betalen.",
    settled_intro="Je nieuwe factuur staat klaar. Er is niets te betalen, dus je hoeft niets te doen.",
    paid_intro="Dank je wel. Factuur {number} is betaald; je hoeft niets meer te doen.",
    invoice_label="Factuur {number}",
    to_pay="Nog te betalen",
    due="te betalen vóór {due}",
    paid_on="Betaald op {when}",
    total="Factuurbedrag",
    credits_used="We hebben {amount} met je credits verrekend. Dat is er hierboven al af.",
    pay_button="Factuur bekijken en betalen",
    view_button="Factuur bekijken",
    transfer_heading="Liever zelf overmaken?",
    transfer_hint="Zet het kenmerk bij je overboeking, dan herkennen we je betaling vanzelf.",
    iban="IBAN",
    reference="Kenmerk",
    holder="Op naam van",
    amount="Bedrag",
    paid_already="Heb je al betaald? Dan hoef je niets te doen.",
    attached="De betaalde factuur zit als PDF bij deze mail, met de betaaldatum erop. Hij staat ook in je dashboard.",
    dashboard="Al je facturen staan in je dashboard",
    sign_off="Groet,",
    chamber="KvK",
    vat_number="btw",
)
