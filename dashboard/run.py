"""Billing calls from the event loop: each in a thread, because one slow query must not make everybody wait."""

import asyncio
import contextvars
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from billing import loglines, metrics
from billing.errors import BillingError
from billing.loglines import call_name
from billing.runtime import Billing
from dashboard import wiring

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

# More threads than this only wait for each other, for their turn in the interpreter.
_THREADS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="billing")
# SQLite has one writer at a time, and who finds it busy sleeps before asking again: in one line nobody oversleeps.
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
