from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from billing import documents
from billing.errors import InvalidAmount
from billing.money import MAX_CENTS
from billing.ports import DocumentSettlement

amounts = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)


@pytest.mark.parametrize(
    ("cents", "language", "text"),
    [
        (123456, "nl", "€\u00a01.234,56"),
        (123456, "en", "€1,234.56"),
        (1, "nl", "€\u00a00,01"),
        (0, "en", "€0.00"),
        (-6050, "nl", "\u2212€\u00a060,50"),
        (-6050, "en", "\u2212€60.50"),
        (100, "de", "€\u00a01,00"),
    ],
)
def test_money_reads_as_people_write_it(cents: int, language: str, text: str) -> None:
    assert documents.money(cents, language) == text


@given(cents=amounts, language=st.sampled_from(["nl", "en"]))
def test_money_can_be_read_back_to_the_cent(cents: int, language: str) -> None:
    text = (
        documents.money(cents, language).replace("€", "").strip("\u00a0").replace("\u2212", "-").replace("\u00a0", "")
    )
    locale = {"nl": "nl", "en": "en_GB"}[language]
    assert parse_decimal(text, locale=locale, strict=True) * 100 == Decimal(cents)


@pytest.mark.parametrize(
    ("price", "language", "text"),
    [
        ("18", "nl", "€\u00a018,00"),
        ("18.5000", "en", "€18.50"),
        ("0.03571", "nl", "€\u00a00,03571"),
        ("-12.00", "nl", "\u2212€\u00a012,00"),
    ],
)
def test_a_unit_price_keeps_every_decimal_that_counts(price: str, language: str, text: str) -> None:
    assert documents.unit_price(price, language) == text


@pytest.mark.parametrize(
    ("stored", "language", "text"),
    [
        ("12", "nl", "12"),
        ("1.0000", "en", "1"),
        ("0.2740", "nl", "0,274"),
        ("-1", "nl", "\u22121"),
        ("1200", "en", "1,200"),
    ],
)
def test_a_quantity_loses_its_trailing_zeros(stored: str, language: str, text: str) -> None:
    assert documents.quantity(stored, language) == text


def test_a_vat_rate_is_written_as_the_language_does() -> None:
    assert documents.percentage("21.00", "nl") == "21\u00a0%"
    assert documents.percentage("5.5", "en") == "5.5%"


def test_a_date_is_written_in_words() -> None:
    assert documents.long_date(date(2026, 3, 6), "nl") == "6 maart 2026"
    assert documents.long_date(date(2026, 3, 6), "en") == "6 March 2026"


def test_a_country_is_named_and_an_unknown_one_keeps_its_code() -> None:
    assert documents.country_name("BE", "nl") == "België"
    assert documents.country_name("BE", "en") == "Belgium"
    assert documents.country_name("XX", "nl") == "XX"


@pytest.mark.parametrize(
    ("method", "language", "phrase"),
    [
        ("ideal", "nl", "met iDEAL"),
        ("transfer", "nl", "per overboeking"),
        ("credit", "nl", "met credits"),
        ("credit_note", "en", "with a credit note"),
        ("card", "en", "by card"),
        ("PayPal", "nl", "met PayPal"),
        ("PayPal", "en", "with PayPal"),
    ],
)
def test_a_payment_method_follows_a_date(method: str, language: str, phrase: str) -> None:
    assert documents.method_phrase(method, language) == phrase


@pytest.mark.parametrize(
    ("kind", "label", "language", "text"),
    [
        ("credit", "C2026-0007", "nl", "Verrekend met credits, C2026-0007"),
        ("credit", "", "nl", "Verrekend met credits"),
        ("payment", "ideal", "nl", "Ontvangen op 6 maart 2026"),
        ("credit_note", "C2026-0009", "nl", "Creditnota C2026-0009"),
        ("reversal", "ideal", "en", "Returned on 6 March 2026"),
    ],
)
def test_each_kind_of_settlement_says_what_it_is(kind: str, label: str, language: str, text: str) -> None:
    settlement = DocumentSettlement(kind, label, date(2026, 3, 6), 100)
    assert documents.settlement_label(settlement, language) == text


@given(st.text(max_size=60).filter(lambda text: any(c.isascii() and c.isalnum() for c in text)))
def test_the_creditor_reference_of_any_number_is_valid(number: str) -> None:
    assert iso11649.is_valid(documents.creditor_reference(number))


def test_the_creditor_reference_carries_the_number() -> None:
    assert documents.creditor_reference("2026-0438") == "RF6620260438"
    assert documents.creditor_reference("f 2026/0438") == documents.creditor_reference("F2026-0438")


def test_a_number_too_long_for_a_reference_keeps_its_end() -> None:
    assert documents.creditor_reference("A" * 30 + "0001") != documents.creditor_reference("A" * 30 + "0002")


def test_a_number_without_letter_or_digit_has_no_reference() -> None:
    with pytest.raises(ValueError, match="letter or digit"):
        documents.creditor_reference("--/--")


@given(st.text(alphabet="ABC123 ", max_size=40))
def test_grouping_in_fours_loses_nothing(text: str) -> None:
    grouped = documents.in_fours(text)
    assert grouped.replace(" ", "") == text.replace(" ", "")
    assert all(len(group) <= 4 for group in grouped.split())


def test_only_references_made_for_it_are_grouped() -> None:
    assert documents.reference_text("RF6620260438") == "RF66 2026 0438"
    assert documents.reference_text("5000056789012345") == "5000 0567 8901 2345"
    assert documents.reference_text("order 2026-0438") == "order 2026-0438"


def test_the_payment_code_holds_the_transfer_line_by_line() -> None:
    payload = documents.payment_qr_payload(
        holder="Voorbeeld Hosting B.V.", iban="NL93 DEMO 0123 4567 89", cents=22990, reference="RF66 2026 0438"
    )
    assert payload.split("\n") == [
        "BCD", "002", "1", "SCT", "", "Voorbeeld Hosting B.V.", "NL93DEMO0123456789", "EUR229.90", "", "RF6620260438",
    ]  # fmt: skip


def test_a_reference_of_another_kind_goes_into_the_payment_code_as_free_text() -> None:
    payload = documents.payment_qr_payload(holder="V", iban="NL93DEMO0123456789", cents=1, reference="2026-0438")
    assert payload.split("\n")[9:] == ["", "2026-0438"]


@given(holder=st.text(max_size=200), reference=st.text(max_size=300), cents=st.integers(1, MAX_CENTS))
def test_no_name_or_text_breaks_the_payment_code(holder: str, reference: str, cents: int) -> None:
    payload = documents.payment_qr_payload(holder=holder, iban="NL93DEMO0123456789", cents=cents, reference=reference)
    assert len(payload.encode()) <= 331
    assert payload.split("\n")[6] == "NL93DEMO0123456789"
    assert len(payload.split("\n")) <= 11


def test_the_payment_code_is_a_drawing_without_a_fixed_size() -> None:
    svg = documents.payment_qr_svg(holder="V", iban="NL93DEMO0123456789", cents=4356, reference="RF6620260438")
    assert svg.startswith("<svg viewBox=")
    assert " width=" not in svg


@pytest.mark.parametrize("cents", [0, -1])
def test_there_is_no_payment_code_for_nothing(cents: int) -> None:
    with pytest.raises(InvalidAmount):
        documents.payment_qr_svg(holder="V", iban="NL93DEMO0123456789", cents=cents, reference="RF6620260438")


def test_a_period_is_named_by_its_first_and_last_day() -> None:
    days = date(2026, 3, 1), date(2027, 2, 28)
    assert documents.period(*days, "nl") == "1 maart 2026 t/m 28 februari 2027"
    assert documents.period(*days, "en") == "1 March 2026 to 28 February 2027"


@pytest.mark.parametrize(
    ("names", "months", "language", "subject"),
    [
        (["Webhosting"], 12, "nl", "Webhosting, 12 maanden"),
        (["Webhosting"], 1, "nl", "Webhosting, 1 maand"),
        (["Hosting"], 1, "en", "Hosting, 1 month"),
        (["Webhosting", "E-mail", "E-mail"], 1, "nl", "Webhosting en 2 andere"),
        (["Hosting", "E-mail"], 12, "en", "Hosting and 1 more"),
    ],
)
def test_an_invoice_says_in_few_words_what_it_is_about(
    names: list[str], months: int, language: str, subject: str
) -> None:
    assert documents.subject(names, months, language) == subject
