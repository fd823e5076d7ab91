"""The VAT number among the billing details: what it means, and what is said of a wrong one."""

import pytest

from billing.accounts.tables import Account, Role
from dashboard.pages.account_billing import DetailsState
from dashboard.rows.account import TEXTS
from dashboard.texts.nl import NL
from tests.states.conftest import signed_in

BELGIAN = "BE0428759497"
REVERSED = TEXTS.billing.vat_reversed.format(country="België")
CHARGED = TEXTS.billing.vat_charged.format(country="België")


@pytest.fixture
def abroad(shop):
    return shop.customer("Chocolaterie Test", country="BE", vat_number=BELGIAN)


@pytest.fixture
def tab(shop, abroad):
    tab = signed_in(shop, shop.member(abroad, Role.OWNER))
    tab.open(DetailsState, "/account/billing")
    return tab


def save(tab, number):
    details = vars(tab.page(DetailsState).details) | {"vat_number": number}
    return tab.do(DetailsState, "save", details)


def test_a_business_abroad_is_told_that_its_vat_is_reversed(tab):
    assert tab.page(DetailsState).vat == REVERSED
    assert "je draagt de btw zelf af in België" in REVERSED


def test_who_clears_the_number_is_told_that_dutch_vat_is_charged(tab):
    page = save(tab, "")
    assert (page.trouble.sentence, page.details.vat_number, page.vat) == ("", "", CHARGED)
    page = save(tab, "be 0428.759.497")
    assert (page.details.vat_number, page.vat) == (BELGIAN, REVERSED)


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


def test_a_customer_at_home_is_told_nothing(owners_tab):
    assert owners_tab.open(DetailsState, "/account/billing").vat == ""
