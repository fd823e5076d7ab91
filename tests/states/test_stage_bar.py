"""The bar of who shows the demo: on every page of this person, through whoever's eyes it looks, and on no others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.demo import scenes
from billing.logins import sessions
from dashboard import wiring
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.rows.stage_bar import StageBar
from dashboard.session import SessionState
from dashboard.stage_state import StageState
from tests.factories import Shop
from tests.fakes.stage import FakeStage
from tests.states.conftest import Tab, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(shop: Shop) -> FakeStage:
    """The outside world of a demo, which this dashboard is of now."""
    stage = FakeStage()
    wiring.use(replace(shop.billing, stage=stage), wiring.settings())
    return stage


@pytest.fixture
def presenter(shop: Shop, account: int) -> Actor:
    person = shop.member(account, Role.OWNER)
    shop.sql(f"UPDATE login_user SET staff_role = 'presenter' WHERE id = {person.user_id}")
    return person


@pytest.fixture
def tab(shop: Shop, presenter: Actor) -> Tab:
    """A tab in which the presenter is logged in."""
    return signed_in(shop, presenter)


def bar(tab: Tab) -> StageBar:
    return tab.page(SessionState).shell.stage


def loads_anew(tab: Tab) -> bool:
    return [event.handler.fn.__name__ for event in tab.last if event] == ["on_load_internal"]


def test_it_says_the_time_of_the_demo_and_what_comes_next(
    shop: Shop, stage: FakeStage, presenter: Actor, tab: Tab, account: int
) -> None:
    number = shop.invoice(account)
    tab.open(OverviewState)
    assert (bar(tab).time, bar(tab).day) == ("10.00", "vr 6 mrt 2026")
    assert bar(tab).hint == "Nog geen verhaal begonnen"
    ahead = timedelta(milliseconds=int(bar(tab).ahead))
    assert abs(datetime.now(UTC) + ahead - shop.clock.now()) < timedelta(minutes=1)
    shop.do(scenes.note, presenter, "ideal", [number])
    tab.open(InvoicesState, "/invoices")
    assert bar(tab).hint == "Betalen met iDEAL, stap 1 van 4: De factuur is gemaild"
    assert bar(tab).event.startswith("Naar ")


def test_it_stays_while_the_presenter_looks_through_somebody_elses_eyes(
    shop: Shop, stage: FakeStage, presenter: Actor, tab: Tab, account: int
) -> None:
    token = tab._cookie.removeprefix("voldaan_session=")
    shop.do(sessions.look_as, presenter, token, account, role="bookkeeper", scopes=("invoices.view",), name="Bas")
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.looking != ""
    assert bar(tab).time == "10.00"
    tab.do(StageState, "move", "1")
    assert stage.moved == HOUR


def test_an_hour_or_a_day_passes_and_the_page_is_loaded_anew(stage: FakeStage, tab: Tab) -> None:
    tab.open(InvoicesState, "/invoices")
    tab.do(StageState, "move", "1")
    assert (stage.moved, loads_anew(tab)) == (HOUR, True)
    tab.do(StageState, "move", "24")
    assert stage.moved == 25 * HOUR
    assert tab.page(SessionState).is_moving is False


@pytest.mark.parametrize("hours", ["0", "2", "-1", "9999", "", None, []])
def test_no_other_time_passes(stage: FakeStage, tab: Tab, hours: object) -> None:
    tab.do(StageState, "move", hours)
    assert stage.moved == timedelta()


def test_without_anything_to_come_it_says_so_and_stays(stage: FakeStage, tab: Tab) -> None:
    tab.open(OverviewState)
    tab.do(StageState, "move_to_event")
    assert not loads_anew(tab)
    assert tab.page(SessionState).trouble == "Er staat niets te gebeuren. De klok is niet verzet."


def test_nobody_else_has_it_or_can_let_time_pass(shop: Shop, stage: FakeStage, bookkeeper: Actor) -> None:
    tab = signed_in(shop, bookkeeper)
    tab.open(OverviewState)
    assert bar(tab) == StageBar()
    for event, sent in (("move", ("1",)), ("move_to_event", ())):
        tab.do(StageState, event, *sent)
    assert stage.moved == timedelta()


def test_outside_a_demo_not_even_a_presenter_has_it(tab: Tab) -> None:
    tab.open(OverviewState)
    assert bar(tab) == StageBar()
