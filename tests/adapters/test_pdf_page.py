from dataclasses import replace
from datetime import date

import pytest
import sample_invoices as samples

from billing.adapters.pdf.page import SumRow, invoice_page
from billing.adapters.pdf.printable import printable
from billing.ports import DocumentSettlement, DocumentVat, InvoiceDocument


def test_the_sums_lead_from_net_to_what_is_still_to_pay() -> None:
    page = invoice_page(samples.PARTLY_SETTLED)
    assert page.sums == (
        SumRow("Subtotaal exclusief btw", "€\u00a0240,00"),
        SumRow("Btw 21\u00a0% over €\u00a0240,00", "€\u00a050,40"),
        SumRow("Totaal inclusief btw", "€\u00a0290,40", "strong"),
        SumRow("Verrekend met credits, C2026-0007", "\u2212€\u00a060,50", "credit"),
    )
    assert page.due == ("Nog te betalen", "€\u00a0229,90")
    assert page.standing == "uiterlijk 30 november 2026"


def test_each_vat_rate_has_its_own_line() -> None:
    vat = (DocumentVat("21", base_cents=1000, vat_cents=210), DocumentVat("9", base_cents=500, vat_cents=45))
    page = invoice_page(replace(samples.UNPAID, vat=vat))
    assert [row.label for row in page.sums[1:3]] == ["Btw 21\u00a0% over €\u00a010,00", "Btw 9\u00a0% over €\u00a05,00"]


def test_a_returned_payment_raises_what_is_to_pay() -> None:
    settlements = (
        DocumentSettlement("payment", "ideal", date(2026, 3, 6), 8833),
        DocumentSettlement("reversal", "ideal", date(2026, 3, 9), -8833),
    )
    page = invoice_page(replace(samples.UNPAID, settlements=settlements))
    assert page.sums[-2:] == (
        SumRow("Ontvangen op 6 maart 2026", "\u2212€\u00a088,33", "paid"),
        SumRow("Teruggeboekt op 9 maart 2026", "€\u00a088,33", "late"),
    )


def test_an_invoice_whose_payment_was_taken_back_is_not_partly_paid() -> None:
    settlements = (
        DocumentSettlement("payment", "ideal", date(2026, 3, 6), 8833),
        DocumentSettlement("reversal", "ideal", date(2026, 3, 9), -8833),
    )
    page = invoice_page(replace(samples.UNPAID, settlements=settlements))
    assert page.notes == invoice_page(samples.UNPAID).notes


def test_a_small_rest_stands_on_both_invoices_with_the_number_of_the_other() -> None:
    carried = DocumentSettlement("carried", "2026-0107", date(2026, 3, 6), 10)
    brought = DocumentSettlement("brought", "2026-0106", date(2026, 3, 9), -10)
    page = invoice_page(replace(samples.UNPAID, settlements=(carried, brought)))
    assert page.sums[-2:] == (
        SumRow("Naar je volgende factuur, 2026-0107", "\u2212€\u00a00,10", "credit"),
        SumRow("Restant van factuur 2026-0106", "€\u00a00,10"),
    )


def test_a_paid_invoice_tells_when_and_how() -> None:
    page = invoice_page(samples.PAID)
    assert page.is_paid
    assert page.paid_how == "6 maart 2026, met iDEAL"
    assert page.standing == "Betaald op 6 maart 2026"


@pytest.mark.parametrize("document", [samples.PAID, samples.SETTLED_BY_CREDITS])
def test_nothing_asks_for_money_when_nothing_is_open(document: InvoiceDocument) -> None:
    page = invoice_page(document)
    assert page.transfer is None
    assert page.notes == ("Voor deze factuur hoef je niets te betalen.",)


def test_only_a_paid_invoice_gets_the_stamp() -> None:
    assert not invoice_page(samples.SETTLED_BY_CREDITS).is_paid


def test_an_open_invoice_says_where_to_send_the_money() -> None:
    transfer = invoice_page(samples.UNPAID).transfer
    assert transfer is not None
    assert transfer.iban == "NL93 DEMO 0123 4567 89"
    assert transfer.reference == "RF82 2026 0441"
    assert transfer.holder == "Voorbeeld Hosting B.V."


def test_a_seller_without_account_asks_for_no_transfer() -> None:
    page = invoice_page(replace(samples.UNPAID, seller=replace(samples.SELLER, iban="")))
    assert page.transfer is None
    assert page.foot == "Voorbeeld Hosting B.V."


def test_the_seller_is_named_with_address_and_registrations() -> None:
    page = invoice_page(samples.UNPAID)
    assert page.seller_facts == (
        "Demostraat 1, 1234\u00a0AB Voorbeeldstad",
        "KvK 00000000 · btw NL000000000B00",
    )


def test_a_buyer_abroad_is_named_with_country_and_vat_number() -> None:
    buyer = replace(samples.BUYER, country="BE", vat_number="BE0000000000")
    page = invoice_page(replace(samples.UNPAID, buyer=buyer))
    assert page.buyer_facts[-2:] == ("België", "btw BE0000000000")
    assert page.seller_facts[0].endswith("Nederland")


def test_an_english_document_is_english_throughout() -> None:
    page = invoice_page(replace(samples.PARTLY_SETTLED, language="en"))
    assert page.title == "Invoice 2026-0438"
    assert page.words.open == "Still to pay"
    assert page.sums[1].label == "VAT 21% on €240.00"
    assert page.sums[3] == SumRow("Settled with credits, C2026-0007", "\u2212€60.50", "credit")
    assert dict(page.facts)["Due date"] == "30 November 2026"


def test_a_line_keeps_all_its_figures() -> None:
    line = replace(samples.line("Verkeer"), quantity="733", unit_price="0.03571", net_cents=2618)
    row = invoice_page(replace(samples.UNPAID, lines=(line,))).lines[0]
    assert (row.quantity, row.price, row.vat, row.amount) == ("733", "€\u00a00,03571", "21\u00a0%", "€\u00a026,18")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Café Zöe \u0628\u0642\u0627 \u65e5\u672c", "Café Zöe \u0628\u0642\u0627 \u65e5\u672c"),
        ("feest \U0001f389\ufe0f!", "feest !"),
        ("a\u202ecba", "acba"),
        ("a\x00\x1bb", "ab"),
    ],
)
def test_only_what_has_a_letter_is_printed(written: str, printed: str) -> None:
    assert printable(written) == printed
