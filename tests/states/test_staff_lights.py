"""The page with the four lights, as the socket of a browser tab drives it."""

import pytest

from billing.access import Actor
from dashboard import wiring
from dashboard.pages.staff_lights_state import StaffLightsState
from dashboard.rows.common import cents
from dashboard.session import DENIED, OPEN, SessionState
from tests.factories import Shop
from tests.lighting import Lit
from tests.staffing import finance
from tests.states.conftest import STRANGE, Tab, signed_in


@pytest.fixture
def lit(shop: Shop) -> Lit:
    lit = Lit(shop)
    wiring.use(shop.billing, wiring.settings())
    return lit


@pytest.fixture
def fien(shop: Shop) -> Actor:
    return finance(shop)


@pytest.fixture
def desk(shop: Shop, lit: Lit, fien: Actor) -> Tab:
    """Fien's tab, with the page open."""
    return signed_in(shop, fien)


def test_the_page_tells_of_this_month_and_counts_what_is_red(shop, lit, desk, account, owner):
    number = shop.invoice(account)
    lit.paid_without_a_push(owner, number)
    lit.look()
    page = desk.open(StaffLightsState, "/staff")
    assert desk.page(SessionState).verdict == OPEN
    assert page.view.lede.startswith("1 ontvangst van 1 ")
    assert (page.view.red_count, page.view.together) == ("1 vraagt aandacht", f"{cents(12_100)}.")
    [row] = page.view.red
    assert (row.about, row.who, row.action) == (number, "Bakkerij Test", "Status ophalen")
    assert row.cause == "Eén bericht van Buckaroo kwam niet aan."
    assert [card.name for card in page.view.sources] == ["Bank", "Buckaroo", "Boekhouding", "Dashboard"]


def test_a_press_sets_it_right_and_says_so(shop, lit, desk, account, owner):
    number = shop.invoice(account)
    key = lit.paid_without_a_push(owner, number)
    lit.look()
    desk.open(StaffLightsState, "/staff")
    page = desk.do(StaffLightsState, "repair", f"gateway:{key}", "ask", [number])
    assert page.news == f"Hersteld: {number} is weer groen."
    assert (page.view.red, page.busy, shop.open_cents(number)) == ((), "", [0])
    assert desk.do(StaffLightsState, "repair", f"gateway:{key}", "ask", [number]).news.startswith("Hier was niets meer")


def test_who_does_not_answer_is_named(shop, lit, desk, account, owner):
    lit.paid_without_a_push(owner, shop.invoice(account))
    desk.open(StaffLightsState, "/staff")
    shop.gateway.down = True
    assert desk.do(StaffLightsState, "look_now").sorry.startswith("Geen antwoord van Buckaroo.")
    shop.gateway.down = False
    page = desk.do(StaffLightsState, "look_now")
    assert page.news.startswith("Alles is opnieuw nagevraagd")
    assert (page.sorry, len(page.view.red)) == ("", 1)


@pytest.mark.parametrize(
    ("first", "last", "sorry"),
    [
        ("", "2026-01-01", "Dat is geen datum"),
        ("31-12-2025", "x", "Dat is geen datum"),
        ("2026-02-02", "2026-02-01", "De laatste dag ligt voor de eerste"),
        ("2025-01-01", "2026-01-01", "Kies hooguit 92 dagen"),
    ],
)
def test_days_that_make_no_sense_change_nothing(desk, first, last, sorry):
    before = desk.open(StaffLightsState, "/staff").view.first
    page = desk.do(StaffLightsState, "show", {"first": first, "last": last})
    assert page.sorry.startswith(sorry)
    assert page.view.first == before


def test_other_days_can_be_chosen(desk):
    desk.open(StaffLightsState, "/staff")
    page = desk.do(StaffLightsState, "show", {"first": "2026-01-01", "last": "2026-01-31"})
    assert (page.view.first, page.view.last, page.sorry) == ("2026-01-01", "2026-01-31", "")


@pytest.mark.parametrize("strange", STRANGE)
def test_what_no_button_sends_repairs_nothing(desk, strange):
    desk.open(StaffLightsState, "/staff")
    assert desk.do(StaffLightsState, "repair", strange, strange, strange).sorry != ""
    assert desk.do(StaffLightsState, "show", strange).sorry != ""
    assert desk.do(StaffLightsState, "turn", strange).view.has_next is False


def test_a_customer_is_refused(lit, tab):
    tab.open(StaffLightsState, "/staff")
    assert tab.page(SessionState).verdict == DENIED
    assert tab.do(StaffLightsState, "look_now").view.sources == ()


def test_the_cards_tell_how_things_stand(shop, lit, desk, account, owner):
    shop.pay(owner, shop.invoice(account))
    page = desk.open(StaffLightsState, "/staff")
    labels = [line.label for card in (page.below.clearing, page.below.fresh, page.below.brakes) for line in card]
    assert labels == [
        "Saldo", "Oudste geld erin", "Laatste uitbetaling", "Bankbestand", "Statusronde Buckaroo", "Boekhouding",
        "Mail", "Herinneringen", "Omvang van de run", "Diensten stoppen", "Btw over de grens", "Journaal",
    ]  # fmt: skip
    assert page.below.brakes[-1].light.tone == "ok"
