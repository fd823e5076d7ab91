"""Billing calls from the event loop: each in a thread, because one slow query must not make everybody wait."""

import asyncio
import contextvars
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from billing import loglines, metrics
from billing.errors import BillingError
from billing.loglines import call_name
from billing.runtime import Billing
from dashboard import wiring

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

# More threads than this only wait for each other, for their turn in the interpreter.
_THREADS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="billing")
# SQLite has one writer at a time, and who finds it busy sleeps before asking again: in one line nobody oversleeps. On
# either engine what is gathered waits in it.
_WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="billing-writer")


class Problem(Exception):
    """Something nobody expected. `id` is in the log; tell it to the user, and that nothing was lost."""

    def __init__(self, problem_id: str) -> None:
        super().__init__(problem_id)
        self.id = problem_id


async def ask(query: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """Run a query, which gets its Work as first argument. Raises what it raises, and Problem for a bug."""
    return await _in_thread(_THREADS, query, lambda billing: billing.ask(query, *args, **kwargs))


async def do(use_case: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """Run a use case in one transaction. Raises what it raises, and Problem for a bug."""
    return await _in_thread(_writers(), use_case, lambda billing: billing.do(use_case, *args, **kwargs))


async def write(function: Callable[Concatenate[Billing, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run what makes one short transaction and waits for nothing else. Raises what it raises, or Problem."""
    return await _in_thread(_writers(), function, lambda billing: function(billing, *args, **kwargs))


async def flow(function: Callable[Concatenate[Billing, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run what makes its own transactions, which gets the billing module. Raises what it raises, or Problem."""
    return await _in_thread(_THREADS, function, lambda billing: function(billing, *args, **kwargs))


@dataclass
class _Waiting(Generic[T, R]):
    """One of the things that are gathered. future: to be set in the loop where it is waited for."""

    thing: T
    future: asyncio.Future[R]
    context: contextvars.Context = field(default_factory=contextvars.copy_context)

    def answer(self, outcome: R | Exception) -> None:
        """Not for who has gone meanwhile."""
        if self.future.done():
            return
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


class Gathered(Generic[T, R]):
    """Short writes of one kind: those that come in while others are written wait, and are done together.

    A commit costs more than what is written. Each is answered when all are kept. function: gives an outcome for each,
    in order; a BillingError among them is raised where that one is waited for.
    """

    def __init__(self, function: Callable[[Billing, Sequence[T]], Sequence[R | BillingError]]) -> None:
        self._function = function
        self._name = call_name(function)
        self._waiting: deque[_Waiting[T, R]] = deque()
        self._asked = False

    async def do(self, thing: T) -> R:
        """Have one done. Raises what its outcome is, and Problem for a bug."""
        began, loop = time.perf_counter(), asyncio.get_running_loop()
        waiting: _Waiting[T, R] = _Waiting(thing, loop.create_future())
        self._waiting.append(waiting)
        if not self._asked:
            self._asked = True
            _WRITER.submit(self._turn, loop)
        try:
            return await waiting.future
        finally:
            metrics.CALL_SECONDS.labels(self._name).observe(time.perf_counter() - began)

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        # In this order: who comes after it asks for another turn, and who came before it is served in this one.
        self._asked = False
        served = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if served:
            loop.call_soon_threadsafe(_answer, served, self._together(served))

    def _together(self, served: Sequence[_Waiting[T, R]]) -> Sequence[R | Exception]:
        if len(served) > 1:
            try:
                return self._function(wiring.billing().for_task(), [one.thing for one in served])
            except Exception:
                log.exception("%s of %d went wrong, trying one by one", self._name, len(served))
        return self._one_by_one(served)

    def _one_by_one(self, served: Sequence[_Waiting[T, R]]) -> Sequence[R | Exception]:
        outcomes: list[R | Exception] = []
        for one in served:
            problems = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
            # What stops a second one too, such as a database that is away, would only make all the others wait for it.
            outcomes.append(problems[1] if len(problems) > 1 else one.context.run(self._alone, one.thing))
        return outcomes

    def _alone(self, thing: T) -> R | Exception:
        try:
            [outcome] = _call(self._name, lambda billing: self._function(billing, [thing]))
        except (BillingError, Problem) as problem:
            return problem
        return outcome


def _answer(served: Sequence[_Waiting[T, R]], outcomes: Sequence[R | Exception]) -> None:
    for one, outcome in zip(served, outcomes, strict=True):
        one.answer(outcome)


def _writers() -> ThreadPoolExecutor:
    return _WRITER if wiring.settings().database_url.startswith("sqlite") else _THREADS


async def _in_thread(threads: ThreadPoolExecutor, named: Callable[..., Any], function: Callable[[Billing], R]) -> R:
    began, here = time.perf_counter(), contextvars.copy_context()
    try:
        # What is said in the thread is said in the language of who asked, and logged with the ids of what is done.
        return await asyncio.get_running_loop().run_in_executor(threads, here.run, _call, call_name(named), function)
    finally:
        metrics.CALL_SECONDS.labels(call_name(named)).observe(time.perf_counter() - began)


def _call(name: str, function: Callable[[Billing], R]) -> R:
    try:
        with loglines.about(call=name):
            return function(wiring.billing().for_task())
    except BillingError:
        raise
    except Exception as bug:
        problem_id = secrets.token_hex(4)
        log.exception("problem %s", problem_id)
        raise Problem(problem_id) from bug
