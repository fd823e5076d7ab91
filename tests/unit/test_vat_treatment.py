"""Who owes the VAT: decided from two countries and a VAT number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.eu import vat as eu_vat

from billing.errors import InvalidVatNumber, VatNumberAbroad
from billing.vat import totals
from billing.vat_treatment import (
    MEMBER_STATES,
    VatTreatment,
    decide,
    normal_vat_number,
    rate_under,
)

# Numbers with the right check digits.
NUMBERS = {
    "AT": "ATU57194903", "BE": "BE0428759497", "DE": "DE136695976", "FR": "FR61954506077", "GB": "XI432525179",
    "GR": "EL094259216", "NL": "NL004495445B01",
}  # fmt: skip
DOMESTIC, REVERSE_CHARGE = VatTreatment.DOMESTIC, VatTreatment.REVERSE_CHARGE

countries = st.sampled_from([*sorted(MEMBER_STATES), "GB", "CH", "US", "XI", "EL", ""])
rates = st.sampled_from([Decimal(0), Decimal(9), Decimal(21), Decimal("13.5")])
lines = st.lists(st.tuples(rates, st.integers(min_value=-(10**9), max_value=10**9)), max_size=20)


@pytest.mark.parametrize(
    ("country", "number", "treatment"),
    [
        ("BE", NUMBERS["BE"], REVERSE_CHARGE),
        ("BE", "be 0428.759.497", REVERSE_CHARGE),
        ("AT", NUMBERS["AT"], REVERSE_CHARGE),
        ("GR", "EL094259216", REVERSE_CHARGE),
        ("GR", "GR094259216", REVERSE_CHARGE),
        ("BE", "", DOMESTIC),  # a consumer
        ("BE", "BE0428759498", DOMESTIC),  # a wrong check digit
        ("BE", "BE042875949", DOMESTIC),  # too short
        ("BE", NUMBERS["DE"], DOMESTIC),  # of another country
        ("BE", NUMBERS["NL"], DOMESTIC),
        ("NL", NUMBERS["NL"], DOMESTIC),
        ("NL", NUMBERS["BE"], DOMESTIC),  # a foreign number at a Dutch address
        ("GB", NUMBERS["GB"], DOMESTIC),  # Northern Ireland is outside the Union for services
        ("XI", NUMBERS["GB"], DOMESTIC),
        ("GB", "GB980780684", DOMESTIC),
        ("US", NUMBERS["BE"], DOMESTIC),
        ("CH", "CHE-123.456.788 MWST", DOMESTIC),
        ("", "", DOMESTIC),
    ],
)
def test_a_business_elsewhere_in_the_union_accounts_for_the_vat_itself(
    country: str, number: str, treatment: VatTreatment
) -> None:
    assert decide("NL", country, number) is treatment


def test_there_are_twenty_seven_member_states() -> None:
    assert len(MEMBER_STATES) == 27
    assert not MEMBER_STATES & {"GB", "XI", "EL"}


@given(buyer=countries, seller=countries, number=st.sampled_from(sorted(NUMBERS.values())) | st.text(max_size=20))
def test_vat_is_only_reversed_to_another_member_state_with_a_number_of_its_own(
    buyer: str, seller: str, number: str
) -> None:
    if decide(seller, buyer, number) is REVERSE_CHARGE:
        assert buyer in MEMBER_STATES - {seller}
        assert eu_vat.is_valid(number)
        assert normal_vat_number(number, buyer)


@given(lines)
def test_reversed_there_is_one_rate_without_vat_over_all_the_lines(sold: list[tuple[Decimal, int]]) -> None:
    found = totals((rate_under(REVERSE_CHARGE, rate), net) for rate, net in sold)
    assert [(total.rate, total.base_cents, total.vat_cents) for total in found] == (
        [(Decimal(0), sum(net for _, net in sold), 0)] if sold else []
    )


@given(lines)
def test_otherwise_each_line_has_the_rate_that_it_is_priced_at(sold: list[tuple[Decimal, int]]) -> None:
    assert [rate_under("domestic", rate) for rate, _ in sold] == [rate for rate, _ in sold]


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("be 0428.759.497", "BE", "BE0428759497"),
        (" nl004495445b01 ", "NL", "NL004495445B01"),
        ("GR 094259216", "GR", "EL094259216"),
        ("el094259216", "GR", "EL094259216"),
        ("XI 432 5251 79", "GB", "XI432525179"),
        ("  ", "BE", ""),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, country: str, kept: str) -> None:
    assert normal_vat_number(typed, country) == kept


@pytest.mark.parametrize(
    "typed", ["BE", "0428759497", "BE0428759498", "NL123", "XX004495445B01", "GB980780684", "BE\u0663428759497", "\x00"]
)
def test_what_no_authority_can_have_given_is_refused(typed: str) -> None:
    with pytest.raises(InvalidVatNumber):
        normal_vat_number(typed, "BE")


@pytest.mark.parametrize(
    ("typed", "country"), [("DE136695976", "BE"), ("BE0428759497", "NL"), ("XI432525179", "NL"), ("EL094259216", "US")]
)
def test_a_right_number_of_another_country_is_refused_as_such(typed: str, country: str) -> None:
    with pytest.raises(VatNumberAbroad):
        normal_vat_number(typed, country)


@given(typed=st.text(max_size=30), country=countries)
def test_a_number_that_was_kept_stays_as_it_is(typed: str, country: str) -> None:
    try:
        kept = normal_vat_number(typed, country)
    except (InvalidVatNumber, VatNumberAbroad):
        return
    assert normal_vat_number(kept, country) == kept
