import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sample_invoices as samples

from billing.adapters.mail.writer import LetterWriter
from billing.ports import DocumentSettlement, InvoiceDocument, InvoiceMail

PAY_URL = "https://dashboard.example.test/pay/token"
DASHBOARD_URL = "https://dashboard.example.test/invoices"

writer = LetterWriter(samples.SELLER)


def mail(kind: str, document: InvoiceDocument, recipient: str = "Hanna de Graan") -> InvoiceMail:
    pay_url = PAY_URL if kind == "invoice" else ""
    return InvoiceMail(kind=kind, recipient=recipient, document=document, pay_url=pay_url, dashboard_url=DASHBOARD_URL)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def visible(html: str) -> str:
    body = html[html.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", "", plain(body).replace("&nbsp;", " ")).split())


def test_a_new_invoice_says_in_its_subject_what_to_pay_and_when() -> None:
    subject, _, _ = writer.invoice(mail("invoice", samples.UNPAID))
    assert plain(subject) == "Factuur 2026-0441: € 43,56, te betalen uiterlijk 4 december 2026"


def test_a_paid_invoice_says_so_in_its_subject() -> None:
    assert writer.invoice(mail("paid", samples.PAID))[0] == "Betaald: factuur 2026-0097"


@pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])
def test_a_new_invoice_holds_all_that_a_payer_needs(part: int) -> None:
    written = writer.invoice(mail("invoice", samples.PARTLY_SETTLED))[part]
    shown = visible(written) if part == 2 else plain(written)
    for words in (
        "Dag Hanna de Graan,",
        "€ 229,90",
        "30 november 2026",
        "Verrekend met credits, C2026-0007",
        "\u2212€ 60,50",
        "Factuur bekijken en betalen",
        "NL93 DEMO 0123 4567 89",
        "RF66 2026 0438",
        "Voorbeeld Hosting B.V.",
        "We hebben € 60,50 met je credits verrekend.",
        "De factuur zit als PDF bij deze mail.",
    ):
        assert words in shown
    assert PAY_URL in written
    assert DASHBOARD_URL in written


@pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])
def test_a_paid_invoice_thanks_and_asks_for_nothing(part: int) -> None:
    written = writer.invoice(mail("paid", samples.PAID))[part]
    shown = visible(written) if part == 2 else plain(written)
    for words in ("Dank je wel.", "Betaald op 6 maart 2026, met iDEAL", "€ 0,00", "als PDF bij deze mail"):
        assert words in shown
    assert "IBAN" not in shown
    assert DASHBOARD_URL in written


@pytest.mark.parametrize(("kind", "document"), [("invoice", samples.UNPAID), ("paid", samples.PAID)])
def test_there_is_exactly_one_button(kind: str, document: InvoiceDocument) -> None:
    _, _, html = writer.invoice(mail(kind, document))
    assert html.count('<a class="button"') == 1


def test_an_invoice_that_credits_paid_for_asks_for_nothing() -> None:
    subject, text, _ = writer.invoice(mail("invoice", samples.SETTLED_BY_CREDITS))
    assert subject == "Factuur 2026-0441: niets te betalen"
    assert "We hebben € 43,56 met je credits verrekend." in plain(text)
    assert PAY_URL not in text
    assert "IBAN" not in text


def test_a_settled_invoice_says_where_its_small_rest_goes() -> None:
    credit, *_ = samples.SETTLED_BY_CREDITS.settlements
    carried = DocumentSettlement("carried", "", credit.on, 10)
    settled = replace(samples.SETTLED_BY_CREDITS, settlements=(replace(credit, cents=credit.cents - 10), carried))
    _, text, _ = writer.invoice(mail("invoice", settled))
    assert "Naar je volgende factuur: \u2212€\u00a00,10" in text
    assert "Het restant van € 0,10 is te klein om apart te betalen." in plain(text)


def test_an_english_customer_gets_english() -> None:
    subject, text, html = writer.invoice(mail("invoice", replace(samples.PARTLY_SETTLED, language="en")))
    assert subject == "Invoice 2026-0438: €229.90, to be paid by 30 November 2026"
    assert "Hello Hanna de Graan," in text
    assert "Settled with credits, C2026-0007: \u2212€60.50" in text
    assert '<html lang="en">' in html


def test_a_nameless_recipient_is_greeted_all_the_same() -> None:
    _, text, _ = writer.invoice(mail("invoice", samples.UNPAID, recipient=""))
    assert text.startswith("Dag,\n")


def test_a_returned_payment_is_named_without_blame() -> None:
    settlements = (DocumentSettlement("reversal", "ideal", date(2026, 3, 9), -8833),)
    _, text, _ = writer.invoice(mail("invoice", replace(samples.UNPAID, settlements=settlements)))
    assert "Teruggeboekt op 9 maart 2026: € 88,33" in plain(text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "document"), [("invoice", samples.PARTLY_SETTLED), ("paid", samples.PAID)])
def test_no_mail_threatens(kind: str, document: InvoiceDocument, language: str) -> None:
    _, text, html = writer.invoice(mail(kind, replace(document, language=language)))
    threats = "incassobureau|aanmaning|laatste|blokke|afsluiten|sommatie|collection agency|final|suspend|immediately|!"
    assert not re.search(threats, text + visible(html), re.IGNORECASE)


def test_names_stay_text_in_the_html() -> None:
    _, _, html = writer.invoice(mail("invoice", samples.HOSTILE, recipient="<b onclick=x>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b onclick=x&gt;" in html
    assert not re.search(r"<(script|img|b)\b", html)


def test_the_html_loads_nothing_from_elsewhere() -> None:
    _, _, html = writer.invoice(mail("invoice", samples.UNPAID))
    assert set(re.findall(r'https?://[^"\s<]+', html)) == {PAY_URL, DASHBOARD_URL}
    assert not re.search(r"\bsrc=|@import|url\(", html)


def test_the_text_has_no_markup_or_holes() -> None:
    _, text, _ = writer.invoice(mail("invoice", samples.PARTLY_SETTLED))
    assert "<" not in text
    assert "\n\n\n" not in text


def test_a_mail_of_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="reminder"):
        writer.invoice(mail("reminder", samples.UNPAID))


def test_a_paid_mail_needs_the_day_of_payment() -> None:
    with pytest.raises(ValueError, match="the day"):
        writer.invoice(mail("paid", samples.UNPAID))


def test_the_colours_are_those_of_the_screen() -> None:
    tokens_files = sorted((Path(__file__).parents[2] / "assets").rglob("tokens.css"))
    _, _, html = writer.invoice(mail("invoice", samples.PARTLY_SETTLED))
    used = set(re.findall(r"#[0-9a-f]{6}\b", html))
    assert used
    tokens = tokens_files[0].read_text("utf-8") if tokens_files else html
    assert used <= set(re.findall(r"#[0-9a-f]{6}\b", tokens))
