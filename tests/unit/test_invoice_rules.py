"""What may stand on an invoice, by the rules of EN 16931 that are ours to see to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.invoice_rules import VatCategory, category, has_words, is_country, lines_fault, parties_fault
from billing.invoices.service import NewLine
from billing.ports import Party

SELLER = Party(name="Voorbeeld Hosting B.V.", vat_number="NL000000000B00")
BUYER = Party(name="Bakkerij De Korenaar")
LINE = NewLine("Webhosting", "", Decimal(1), Decimal(10), Decimal(21))


def test_two_named_parties_and_the_sellers_vat_number_are_enough() -> None:
    assert parties_fault(SELLER, BUYER, "domestic") == ""


@pytest.mark.parametrize(
    ("seller", "buyer", "fault"),
    [
        (replace(SELLER, vat_number=""), BUYER, "seller_vat_number"),
        (replace(SELLER, vat_number="00000000B00"), BUYER, "seller_vat_number"),
        (replace(SELLER, vat_number="NL"), BUYER, "seller_vat_number"),
        (replace(SELLER, name=" "), BUYER, "seller_name"),
        (replace(SELLER, country=""), BUYER, "seller_country"),
        (SELLER, replace(BUYER, name="\x00\u202e\n"), "buyer_name"),
        (SELLER, replace(BUYER, country="nl"), "buyer_country"),
        (SELLER, replace(BUYER, vat_number="onbekend"), "buyer_vat_number"),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(seller: Party, buyer: Party, fault: str) -> None:
    assert parties_fault(seller, buyer, "oss") == fault


def test_vat_is_reversed_only_to_a_vat_number() -> None:
    assert parties_fault(SELLER, BUYER, "reverse_charge") == "buyer_vat_number"
    assert parties_fault(SELLER, replace(BUYER, vat_number="BE0428759497"), "reverse_charge") == ""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (LINE, ""),
        (replace(LINE, vat_rate=Decimal(0)), ""),
        (replace(LINE, description="\u200b \t"), "line_without_text"),
        (replace(LINE, vat_rate=Decimal("0.3")), "line_vat_rate"),
        (replace(LINE, vat_rate=Decimal(-9)), "line_vat_rate"),
        (replace(LINE, vat_rate=Decimal("100.1")), "line_vat_rate"),
    ],
)
def test_every_line_says_something_at_a_rate_that_can_be(line: NewLine, fault: str) -> None:
    assert lines_fault([LINE, line]) == fault


@pytest.mark.parametrize(
    ("rate", "treatment", "expected"),
    [
        ("21", "domestic", "S"),
        ("0.00", "domestic", "Z"),
        ("25.5", "oss", "S"),
        ("0", "reverse_charge", "AE"),
        ("0", "outside", "G"),
    ],
)
def test_the_rate_and_who_accounts_for_it_make_the_category(rate: str, treatment: str, expected: str) -> None:
    assert category(Decimal(rate), treatment) is VatCategory(expected)


def test_countries_are_those_with_a_code_of_their_own() -> None:
    assert all(is_country(code) for code in ("NL", "BE", "GR", "US", "BQ"))
    assert not any(is_country(code) for code in ("EL", "EU", "XX", "UK", "ZZ", "001", "N", ""))


def test_words_are_what_can_be_seen() -> None:
    assert [has_words(text) for text in ("a", " \u0628", "", " \t\u00a0", "\x00\ufeff")] == [
        True,
        True,
        False,
        False,
        False,
    ]
