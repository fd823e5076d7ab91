"""The words on a printed invoice, in Dutch and English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language. `{…}` is filled in by the page."""

    invoice: str
    credit_note: str
    credited_on: str
    of_invoice: str
    credited_total: str
    credited_total_untaxed: str
    credited: str
    offset: str
    as_credits: str
    paid_out: str
    credit_note_explained: str
    to: str
    attention: str
    issued_on: str
    due_on: str
    reference: str
    chamber: str
    vat_number: str
    description: str
    quantity: str
    price: str
    vat: str
    amount: str
    net: str
    vat_over: str
    vat_untaxed: Mapping[str, str]
    legends: Mapping[str, str]
    total: str
    total_untaxed: str
    open: str
    pay_by: str
    paid_on: str
    stamp: str
    how_to_pay: str
    partly_credited: str
    partly_paid: str
    nothing_to_pay: str
    transfer: str
    holder: str
    in_name_of: str
    scan: str
    page: str
    page_of: str


_NL = Words(
    invoice="Factuur",
    credit_note="Creditnota",
    credited_on="Creditdatum",
    of_invoice="Bij factuur",
    credited_total="Totaal te crediteren inclusief btw",
    credited_total_untaxed="Totaal te crediteren",
    credited="Te crediteren",
    offset="Verrekend met factuur {number}",
    as_credits="Toegevoegd aan je credits",
    paid_out="Terug te betalen",
    credit_note_explained="De bedragen op deze creditnota krijg je terug; je hoeft niets te betalen.",
    to="Aan",
    attention="t.a.v. {name}",
    issued_on="Factuurdatum",
    due_on="Vervaldatum",
    reference="Kenmerk",
    chamber="KvK",
    vat_number="btw",
    description="Omschrijving",
    quantity="Aantal",
    price="Prijs",
    vat="Btw",
    amount="Bedrag",
    net="Subtotaal exclusief btw",
    vat_over="Btw {rate} over {base}",
    vat_untaxed={
        "reverse_charge": "{rate} – btw verlegd, over {base}",
        "outside": "{rate} – dienst buiten de EU, over {base}",
    },
    legends={
        "reverse_charge": "Btw verlegd: je draagt de btw zelf af (artikel 196 van Richtlijn 2006/112/EG).",
        "outside": "Geen Nederlandse btw: de plaats van deze dienst ligt buiten de EU (artikelen 44 en 58 van "
        "Richtlijn 2006/112/EG).",
        "oss": "De btw is die van {country}, waar je woont. Wij dragen die daar af via het éénloketsysteem (OSS).",
    },
    total="Totaal inclusief btw",
    total_untaxed="Totaal",
    open="Nog te betalen",
    pay_by="uiterlijk {date}",
    paid_on="Betaald op {date}",
    stamp="Voldaan",
    how_to_pay="Betaal via je dashboard of maak het bedrag over onder vermelding van het kenmerk.",
    partly_credited="Deze factuur is deels verrekend met je credits; het bedrag hiernaast is wat er nog te betalen is.",
    partly_paid="Deze factuur is deels betaald; het bedrag hiernaast is wat er nog te betalen is.",
    nothing_to_pay="Voor deze factuur hoef je niets te betalen.",
    transfer="Zelf overmaken",
    holder="Op naam van",
    in_name_of="t.n.v.",
    scan="Scan met je bankapp",
    page="Pagina",
    page_of="van",
)

_EN = Words(
    invoice="Invoice",
    credit_note="Credit note",
    credited_on="Date",
    of_invoice="For invoice",
    credited_total="Total credited including VAT",
    credited_total_untaxed="Total credited",
    credited="Credited",
    offset="Settled with invoice {number}",
    as_credits="Added to your credits",
    paid_out="To be paid back",
    credit_note_explained="The amounts on this credit note are yours; there is nothing to pay.",
    to="To",
    attention="attn. {name}",
    issued_on="Invoice date",
    due_on="Due date",
    reference="Reference",
    chamber="KvK",
    vat_number="VAT",
    description="Description",
    quantity="Qty",
    price="Price",
    vat="VAT",
    amount="Amount",
    net="Subtotal excluding VAT",
    vat_over="VAT {rate} on {base}",
    vat_untaxed={
        "reverse_charge": "{rate} – VAT reverse-charged, on {base}",
        "outside": "{rate} – service outside the EU, on {base}",
    },
    legends={
        "reverse_charge": "Reverse charge: you account for the VAT yourself (Article 196 of Directive 2006/112/EC).",
        "outside": "No Dutch VAT: the place of this service is outside the EU (Articles 44 and 58 of Directive "
        "2006/112/EC).",
        "oss": "The VAT is that of {country}, where you live. We pay it there through the One Stop Shop (OSS).",
    },
    total="Total including VAT",
    total_untaxed="Total",
    open="Still to pay",
    pay_by="by {date}",
    paid_on="Paid on {date}",
    stamp="Paid in full",
    how_to_pay="Pay from your dashboard, or transfer the amount and quote the reference.",
    partly_credited="Part of this invoice is settled with your credits; the amount on the right is still to pay.",
    partly_paid="Part of this invoice is paid; the amount on the right is still to pay.",
    nothing_to_pay="There is nothing to pay for this invoice.",
    transfer="Bank transfer",
    holder="Account name",
    in_name_of="in the name of",
    scan="Scan with your banking app",
    page="Page",
    page_of="of",
)


def words(language: str) -> Words:
    """The words in a language; Dutch for one that has none here."""
    return _EN if language == "en" else _NL
