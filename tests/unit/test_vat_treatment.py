"""Who owes the VAT, and at whose rates: by where a customer is, what it is and what is known of its number."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.eu import vat as eu_vat

from billing.errors import InvalidVatNumber, VatNumberAbroad
from billing.vat import totals
from billing.vat_treatment import (
    MEMBER_STATES,
    Taxation,
    VatRules,
    VatTreatment,
    decide,
    is_in_union,
    normal_vat_number,
)

# Numbers with the right check digits.
NUMBERS = {
    "AT": "ATU57194903", "BE": "BE0428759497", "DE": "DE136695976", "FR": "FR61954506077", "GB": "XI432525179",
    "GR": "EL094259216", "NL": "NL004495445B01",
}  # fmt: skip
DOMESTIC, REVERSE_CHARGE, OUTSIDE = VatTreatment.DOMESTIC, VatTreatment.REVERSE_CHARGE, VatTreatment.OUTSIDE
CONSUMER, OSS = VatTreatment.UNION_CONSUMER, VatTreatment.OSS
TODAY = date(2026, 3, 6)
RULES = VatRules(recheck_days=30, grace_days=60)


@dataclass(frozen=True)
class Buyer:
    """A customer as the decision sees it."""

    country: str = "BE"
    vat_number: str = ""
    vat_answer: str = ""
    vat_answered_on: date | None = None
    vat_tried_on: date | None = None
    customer_kind: str = "business"
    postal_code: str = ""


CHECKED = Buyer("BE", NUMBERS["BE"], "valid", TODAY)
countries = st.sampled_from([*sorted(MEMBER_STATES), "GB", "CH", "US", "XI", "EL", ""])
rates = st.sampled_from([Decimal(0), Decimal(9), Decimal(21), Decimal("13.5")])
lines = st.lists(st.tuples(rates, st.integers(min_value=-(10**9), max_value=10**9)), max_size=20)
buyers = st.builds(
    Buyer, countries, st.sampled_from(sorted(NUMBERS.values())) | st.text(max_size=20),
    st.sampled_from(["", "valid", "invalid"]), st.dates(date(2025, 1, 1), TODAY), st.dates(date(2025, 1, 1), TODAY),
    st.sampled_from(["business", "consumer"]), st.sampled_from(["", "35001", "1000 AA", "22100"]),
)  # fmt: skip


def of(buyer: Buyer, *, is_over: bool = False, rules: VatRules = RULES) -> Taxation:
    return decide(buyer, TODAY, rules, is_over=is_over)


@pytest.mark.parametrize(
    ("country", "number", "treatment"),
    [
        ("BE", NUMBERS["BE"], REVERSE_CHARGE),
        ("BE", "be 0428.759.497", REVERSE_CHARGE),
        ("AT", NUMBERS["AT"], REVERSE_CHARGE),
        ("GR", "EL094259216", REVERSE_CHARGE),
        ("GR", "GR094259216", REVERSE_CHARGE),
        ("BE", "", CONSUMER),
        ("BE", "BE0428759498", CONSUMER),  # a wrong check digit
        ("BE", "BE042875949", CONSUMER),  # too short
        ("BE", NUMBERS["DE"], CONSUMER),  # of another country
        ("BE", NUMBERS["NL"], CONSUMER),
        ("NL", NUMBERS["NL"], DOMESTIC),
        ("NL", NUMBERS["BE"], DOMESTIC),  # a foreign number at a Dutch address
        ("GB", NUMBERS["GB"], OUTSIDE),  # Northern Ireland is outside the Union for services
        ("XI", NUMBERS["GB"], OUTSIDE),
        ("GB", "GB980780684", OUTSIDE),
        ("US", NUMBERS["BE"], OUTSIDE),
        ("CH", "CHE-123.456.788 MWST", OUTSIDE),
        ("", "", OUTSIDE),
    ],
)
def test_country_and_number_decide(country: str, number: str, treatment: VatTreatment) -> None:
    assert of(replace(CHECKED, country=country, vat_number=number)) == Taxation(
        treatment, country if treatment is CONSUMER else "NL"
    )


def test_a_consumer_is_taxed_by_its_own_country_once_the_threshold_is_passed() -> None:
    consumer = Buyer("DE", customer_kind="consumer")
    assert of(consumer) == Taxation(CONSUMER, "DE")
    assert of(consumer, is_over=True) == Taxation(OSS, "DE")
    assert of(CHECKED, is_over=True).treatment is REVERSE_CHARGE
    assert of(Buyer("US", customer_kind="consumer"), is_over=True).treatment is OUTSIDE


def test_a_number_that_the_authorities_do_not_know_is_none() -> None:
    assert of(replace(CHECKED, vat_answer="invalid")) == Taxation(CONSUMER, "BE")
    assert of(replace(CHECKED, vat_answer="invalid"), is_over=True) == Taxation(OSS, "BE")


@pytest.mark.parametrize(
    ("answered", "tried", "fault"),
    [
        (None, None, "vat_number_unchecked"),  # never asked
        (None, 0, "vat_number_unchecked"),  # asked in vain, and nothing of before
        (30, None, ""),  # young enough
        (31, None, "vat_number_unchecked"),  # to be asked about first
        (31, 0, ""),  # asked in vain today: the last answer counts on
        (31, 1, ""),
        (31, 2, "vat_number_unchecked"),  # in vain, but too long ago
        (90, 0, ""),
        (91, 0, "vat_number_unchecked"),  # too old to rest on whatever happens
    ],
)
def test_silence_holds_a_document_and_never_changes_its_tax(
    answered: int | None, tried: int | None, fault: str
) -> None:
    days = [None if ago is None else TODAY - timedelta(days=ago) for ago in (answered, tried)]
    buyer = replace(CHECKED, vat_answer="valid" if answered else "", vat_answered_on=days[0], vat_tried_on=days[1])
    assert of(buyer) == Taxation(REVERSE_CHARGE, fault=fault)
    if answered:
        assert of(replace(buyer, vat_answer="invalid")) == Taxation(CONSUMER, "BE", fault)


@pytest.mark.parametrize(
    ("country", "postal_code", "inside"),
    [("ES", "35001", False), ("ES", "51 001", False), ("ES", "28001", True), ("FI", "22100", False),
     ("FI", "FI-22100", False), ("FI", "00100", True), ("DE", "78266", False), ("DE", "27498", False),
     ("DE", "35001", True), ("IT", "23041", False), ("IT", "22061", False), ("GR", "630 86", False), ("NL", "", True),
     ("CH", "8001", False), ("MC", "98000", False)],
)  # fmt: skip
def test_some_parts_of_member_states_have_no_vat_of_the_union(country: str, postal_code: str, inside: bool) -> None:
    assert is_in_union(country, postal_code) is inside


def test_there_are_twenty_seven_member_states() -> None:
    assert len(MEMBER_STATES) == 27
    assert not MEMBER_STATES & {"GB", "XI", "EL"}


@given(buyer=buyers, is_over=st.booleans())
def test_vat_is_only_reversed_to_a_business_of_another_member_state_with_a_number_of_its_own(
    buyer: Buyer, is_over: bool
) -> None:
    found = of(buyer, is_over=is_over)
    if found.treatment is REVERSE_CHARGE:
        assert (buyer.country in MEMBER_STATES - {"NL"}, buyer.customer_kind) == (True, "business")
        assert eu_vat.is_valid(buyer.vat_number)
        assert normal_vat_number(buyer.vat_number, buyer.country)
        assert buyer.vat_answer == "valid" or found.fault


@given(buyer=buyers, is_over=st.booleans(), sold=lines)
def test_without_vat_there_is_one_rate_over_all_the_lines(
    buyer: Buyer, is_over: bool, sold: list[tuple[Decimal, int]]
) -> None:
    taxed = of(buyer, is_over=is_over)
    found = totals((taxed.rate(rate, TODAY), net) for rate, net in sold)
    if taxed.treatment in {REVERSE_CHARGE, OUTSIDE}:
        whole = [(Decimal(0), sum(net for _, net in sold), 0)] if sold else []
        assert [(total.rate, total.base_cents, total.vat_cents) for total in found] == whole


@given(buyer=buyers, is_over=st.booleans(), rate=rates)
def test_a_rate_that_was_decided_stays_as_it_is(buyer: Buyer, is_over: bool, rate: Decimal) -> None:
    taxed = of(buyer, is_over=is_over)
    assert taxed.rate(taxed.rate(rate, TODAY), TODAY) == taxed.rate(rate, TODAY)


@given(rate=rates)
def test_a_line_has_the_rate_that_counts_on_the_day_of_its_price(rate: Decimal) -> None:
    taxed = Taxation(OSS, "SK")
    expected = [Decimal(20), Decimal(23)] if rate else [Decimal(0)] * 2
    assert [taxed.rate(rate, day) for day in (date(2024, 12, 31), date(2025, 1, 1))] == expected
    assert Taxation(CONSUMER, "SK").rate(rate, TODAY) == rate


def test_where_no_rate_is_known_nothing_is_issued() -> None:
    assert Taxation(OSS, "XX").fault_on([TODAY]) == "vat_rate_unknown"
    assert Taxation(OSS, "DE").fault_on([TODAY, date(2021, 6, 30)]) == "vat_rate_unknown"
    assert Taxation(OSS, "DE").fault_on([TODAY]) == ""


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
