"""Each story of the demo, told from its beginning to its end by clicks alone, against the real sandbox over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from billing.clock import local_day
from billing.demo import console, scenes
from billing.demo.stories import STORIES
from billing.errors import NotAllowed, NotFound, Refused
from billing.feeds import service as feeds
from billing.ledger.checks import run_checks
from billing.logins import sessions
from billing.logins.queries import identity
from billing.logins.sessions import Visitor
from billing.mandates import switches
from billing.ports import Fault
from tests.presenting import Show, show

DAY = timedelta(days=1)
# At the end of the other stories every invoice is settled.
TAKEN_BACK = "storno"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    """A demo with its worker, on each of the databases."""
    with show(request.getfixturevalue(f"{request.param}_of_module"), tmp_path_factory.mktemp("show")) as started:
        yield started


@pytest.fixture
def demo(running: Show) -> Show:
    """The demo as it was seeded."""
    running.reset()
    return running


@pytest.mark.timeout(600)  # two months go by, and each of their days waits for its mails
@pytest.mark.parametrize("story", [story.key for story in STORIES])
def test_a_story_is_told_to_its_end_and_the_books_are_right(demo: Show, story: str) -> None:
    told = demo.tell(story)
    assert all(told.happened)
    for invoice in demo.billing.ask(scenes.invoices_of, told.scene):
        assert invoice.open_cents == (invoice.total_cents if story == TAKEN_BACK else 0)
    assert [found for found in demo.billing.ask(run_checks, demo.billing.vault) if found.offenders] == []
    assert demo.view().current == story


def test_a_push_that_comes_twice_is_booked_once(demo: Show) -> None:
    told = demo.tell("double")
    assert demo.view().outside.faults == {Fault.DOUBLE_PUSH}
    paid = demo.billing.ask(scenes.invoices_of, told.scene)
    assert [invoice.open_cents for invoice in paid] == [0]


def test_what_comes_by_itself_is_nobodys_to_click(demo: Show) -> None:
    console.turn(demo.billing, demo.presenter, "mail_down", on=True)
    console.begin(demo.billing, demo.presenter, "ideal")
    with pytest.raises(Refused, match="by_itself"):
        console.go_on(demo.billing, demo.presenter, "ideal")


def test_a_story_that_can_be_told_once_says_so_until_a_reset(demo: Show) -> None:
    demo.tell("handover")
    with pytest.raises(Refused, match="again"):
        console.begin(demo.billing, demo.presenter, "handover")
    demo.reset()
    console.begin(demo.billing, demo.presenter, "handover")


def test_nobody_is_logged_out_by_days_that_pass_or_by_a_reset(demo: Show) -> None:
    token = demo.billing.do(sessions.start, demo.presenter.user_id, Visitor())
    console.move(demo.billing, demo.presenter, 3 * DAY)
    assert demo.billing.ask(identity, token).name == "Pia Presentator"
    demo.reset()
    assert demo.billing.ask(identity, token).name == "Pia Presentator"


def test_a_bank_that_was_heard_once_goes_on_to_tell_of_each_day_that_passes(demo: Show) -> None:
    demo.tell("late")
    console.move(demo.billing, demo.presenter, 9 * DAY)
    assert demo.billing.ask(feeds.stale) == ()
    assert demo.billing.ask(switches.standing_freeze) is None


def test_a_reset_brings_back_the_day(demo: Show) -> None:
    today = local_day(demo.billing.clock.now())
    console.move(demo.billing, demo.presenter, 9 * DAY)
    assert local_day(demo.billing.clock.now()) == today + 9 * DAY
    demo.reset()
    assert local_day(demo.billing.clock.now()) == today


def test_the_clock_goes_to_the_next_day_on_which_something_is_due(demo: Show) -> None:
    day = demo.view().next_event
    console.move_to_event(demo.billing, demo.presenter)
    assert local_day(demo.billing.clock.now()) == day


@pytest.mark.parametrize("by", [timedelta(), -DAY, 61 * DAY])
def test_the_clock_goes_forward_and_not_too_far(demo: Show, by: timedelta) -> None:
    with pytest.raises(Refused, match="too_far"):
        console.move(demo.billing, demo.presenter, by)


@pytest.mark.parametrize("fault", list(Fault))
def test_a_failure_is_switched_on_and_off(demo: Show, fault: Fault) -> None:
    console.turn(demo.billing, demo.presenter, fault.value, on=True)
    assert demo.view().outside.faults == {fault}
    console.turn(demo.billing, demo.presenter, fault.value, on=False)
    assert demo.view().outside.faults == frozenset()


@pytest.mark.parametrize("login", ["eigenaar", "finance2", "techniek"])
def test_nobody_else_can_show_the_demo(demo: Show, login: str) -> None:
    other = demo.billing.ask(scenes.person, login)
    for forbidden in (
        lambda: console.overview(demo.billing, other),
        lambda: console.begin(demo.billing, other, "ideal"),
        lambda: console.go_on(demo.billing, other, "ideal"),
        lambda: console.move(demo.billing, other, DAY),
        lambda: console.turn(demo.billing, other, "mail_down", on=True),
        lambda: console.reset(demo.billing, other),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_outside_a_demo_there_is_nothing_to_show(demo: Show) -> None:
    serious = replace(demo.billing, stage=None)
    for nothing in (
        lambda: console.overview(serious, demo.presenter),
        lambda: console.begin(serious, demo.presenter, "ideal"),
        lambda: console.move(serious, demo.presenter, DAY),
        lambda: console.turn(serious, demo.presenter, "mail_down", on=True),
        lambda: console.reset(serious, demo.presenter),
    ):
        with pytest.raises(NotFound):
            nothing()
