"""The VAT number among the billing details: what it means, and what is said of a wrong one."""

import pytest

from billing.accounts.tables import Account, Role
from dashboard.pages.account_billing import DetailsState
from dashboard.rows.account import TEXTS
from dashboard.texts.nl import NL
from tests.states.conftest import signed_in

BELGIAN = "BE0428759497"
MEANS = TEXTS.billing.vat_means
REVERSED = MEANS["reverse_charge"].format(country="België", date="6 maart 2026")
CHARGED = MEANS["union_consumer"].format(country="België")


@pytest.fixture
def abroad(shop):
    return shop.customer("Chocolaterie Test", country="BE", vat_number=BELGIAN)


@pytest.fixture
def tab(shop, abroad):
    tab = signed_in(shop, shop.member(abroad, Role.OWNER))
    tab.open(DetailsState, "/account/billing")
    return tab


def save(tab, number="", **other):
    details = vars(tab.page(DetailsState).details) | {"vat_number": number} | other
    return tab.do(DetailsState, "save", details)


def heard(shop, tab):
    """The page once the worker has asked about the number."""
    shop.carry_out()
    return tab.open(DetailsState, "/account/billing")


def test_a_business_abroad_is_told_that_its_vat_is_reversed(tab):
    assert tab.page(DetailsState).vat == REVERSED
    assert "je draagt de btw zelf af in België" in REVERSED


def test_who_clears_the_number_is_told_that_dutch_vat_is_charged(shop, tab):
    page = save(tab, "")
    assert (page.trouble.sentence, page.details.vat_number, page.vat) == ("", "", CHARGED)
    page = save(tab, "be 0428.759.497")
    assert (page.details.vat_number, page.vat) == (BELGIAN, MEANS["asking"].format(country="België"))
    assert heard(shop, tab).vat == REVERSED


@pytest.mark.parametrize(
    ("typed", "error"),
    [("BE0428759498", "invalid_vat_number"), ("0428759497", "invalid_vat_number"),
     ("DE136695976", "vat_number_abroad"), ("NL004495445B01", "vat_number_abroad")],
)  # fmt: skip
def test_a_wrong_number_is_told_beside_the_field_and_changes_nothing(shop, abroad, tab, typed, error):
    page = save(tab, typed)
    assert (page.trouble.place, page.trouble.sentence) == ("vat_number", NL.errors[error])
    assert (page.details.vat_number, page.vat, page.saved) == (BELGIAN, REVERSED, 0)
    assert shop.one(Account, id=abroad).vat_number == BELGIAN


@pytest.mark.parametrize(
    ("down", "invalid", "means"),
    [("MS_UNAVAILABLE", set(), "in_vain"), ("", {"BE0000000097"}, "invalid_union_consumer")],
)
def test_what_the_authorities_say_is_told(shop, tab, down, invalid, means):
    shop.vat_register.down, shop.vat_register.invalid = down, invalid
    save(tab, "BE0000000097")
    assert heard(shop, tab).vat == MEANS[means].format(country="België", date="6 maart 2026")


def test_who_moves_abroad_is_told_what_that_means(shop, tab):
    page = save(tab, country="DE", customer_kind="consumer")
    assert (page.details.country_name, page.details.kind_name) == ("Duitsland", "Particulier")
    assert page.vat == MEANS["consumer_union_consumer"].format(country="Duitsland")
    assert save(tab, country="NL").vat == ""


def test_who_moves_out_of_the_union_reads_that_it_is_looked_at_first(shop, tab):
    page = save(tab, country="US", city="New York")
    assert page.details.country_name == "België"
    waits = TEXTS.billing.moving.format(address="New York, Verenigde Staten")
    assert page.vat == f"{waits} {CHARGED}"
    assert save(tab, country="DE").vat == MEANS["union_consumer"].format(country="Duitsland")


@pytest.mark.parametrize(
    ("other", "place", "error"),
    [({"country": "DE"}, "vat_number", "vat_number_abroad"), ({"country": "XX"}, "details", "invalid_country"),
     ({"customer_kind": "consumer"}, "vat_number", "consumer_with_vat_number"),
     ({"customer_kind": "robot"}, "details", "refused")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(shop, abroad, tab, other, place, error):
    page = save(tab, BELGIAN, **other)
    assert (page.trouble.place, page.trouble.sentence, page.saved) == (place, NL.errors[error], 0)
    assert (shop.one(Account, id=abroad).country, shop.one(Account, id=abroad).customer_kind) == ("BE", "business")


def test_a_customer_at_home_is_told_nothing(owners_tab):
    assert owners_tab.open(DetailsState, "/account/billing").vat == ""
