"""What comes in while others are written is done together, and each is answered for itself."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from structlog.contextvars import get_contextvars

from billing import loglines, metrics
from billing.errors import Conflict
from billing.runtime import Billing
from dashboard import run
from dashboard.run import Gathered, Problem

Turns = list[list[str]]


def _write(billing: Billing, things: Sequence[str], turns: Turns) -> Sequence[str | Conflict]:
    turns.append(list(things))
    if "bad" in things:
        raise ValueError("never shown")
    return [Conflict() if thing == "refused" else thing.upper() for thing in things]


@pytest.fixture
def turns(house) -> Turns:
    """What was done together, in order."""
    return []


@pytest.fixture
def come(turns: Turns) -> Callable[..., list[Any]]:
    """Things come while the line is busy; gives what became of each, in order."""

    def come(*things: str) -> list[Any]:
        return asyncio.run(_come(partial(_write, turns=turns), things))

    return come


async def _come(function: Any, things: Sequence[str]) -> list[Any]:
    gathered, busy = Gathered[str, str](function), threading.Event()
    run._WRITER.submit(busy.wait, 10)

    async def one(thing: str) -> str:
        with loglines.about(request_id=thing):
            return await gathered.do(thing)

    waiting = [asyncio.ensure_future(one(thing)) for thing in things]
    await asyncio.sleep(0)
    busy.set()
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_what_waits_is_done_together_and_answered_in_order(come, turns):
    assert come("a", "b", "c") == ["A", "B", "C"]
    assert turns == [["a", "b", "c"]]


def test_what_comes_while_others_are_done_is_done_next(house, turns):
    gathered = Gathered[str, str](partial(_write, turns=turns))

    async def page(number: int) -> list[str]:
        return [await gathered.do(f"{number}-{turn}") for turn in range(20)]

    async def pages() -> list[list[str]]:
        return await asyncio.gather(*(page(number) for number in range(8)))

    answers = asyncio.run(pages())
    assert answers == [[f"{number}-{turn}" for turn in range(20)] for number in range(8)]
    assert sorted(thing for turn in turns for thing in turn) == sorted(thing for one in answers for thing in one)


def test_one_that_is_refused_is_refused_alone(come):
    first, refused, last = come("a", "refused", "b")
    assert (first, type(refused), last) == ("A", Conflict, "B")


def test_one_that_goes_wrong_holds_up_nobody_and_is_logged_with_its_own_ids(come, turns, caplog):
    known = []
    caplog.handler.addFilter(lambda record: known.append((record.getMessage(), get_contextvars())) or True)
    first, bad, last = come("a", "bad", "b")
    assert (first, type(bad), last) == ("A", Problem, "B")
    assert turns == [["a", "bad", "b"], ["a"], ["bad"], ["b"]]
    assert [ids["request_id"] for message, ids in known if message == f"problem {bad.id}"] == ["bad"]


def test_when_none_can_be_done_the_rest_is_not_made_to_wait_for_it(come, turns):
    outcomes = come("bad", "bad", "bad", "bad")
    assert [type(outcome) for outcome in outcomes] == [Problem] * 4
    assert turns == [["bad"] * 4, ["bad"], ["bad"]]


def test_how_long_each_waited_is_counted(come):
    metrics.CALL_SECONDS.clear()
    come("a", "b")
    [family] = metrics.CALL_SECONDS.collect()
    counts = [(one.labels["call"], one.value) for one in family.samples if one.name.endswith("_count")]
    assert counts == [(f"{__name__}._write", 2.0)]


def test_who_goes_away_meanwhile_is_written_all_the_same(house, turns):
    async def page() -> None:
        gathered, busy = Gathered[str, str](partial(_write, turns=turns)), threading.Event()
        run._WRITER.submit(busy.wait, 10)
        gone, stays = (asyncio.ensure_future(gathered.do(thing)) for thing in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        busy.set()
        assert await stays == "STAYS"

    asyncio.run(page())
    assert turns == [["gone", "stays"]]
