"""How pages and routes call the billing module."""

import asyncio
from functools import partial

import pytest
from structlog.contextvars import get_contextvars

from billing import loglines, metrics
from billing.db import Work
from billing.runtime import Billing
from dashboard import run


def _seen(work: Work, wanted: int = 1) -> dict[str, object]:
    return get_contextvars()


def _flow(billing: Billing, wanted: int = 1) -> dict[str, object]:
    return get_contextvars()


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: run.ask(_seen), "_seen"), (lambda: run.do(_seen), "_seen"), (lambda: run.flow(_flow), "_flow"),
        (lambda: run.write(_flow), "_flow"), (lambda: run.flow(partial(_flow, wanted=2)), "_flow"),
    ],
)  # fmt: skip
def test_what_a_page_asked_for_and_its_ids_are_known_in_the_thread_that_does_it(house, call, name):
    async def page():
        with loglines.about(request_id="r1"):
            return await call()

    metrics.CALL_SECONDS.clear()
    full = f"{__name__}.{name}"
    assert asyncio.run(page()) == {"request_id": "r1", "call": full}
    assert {sample.labels["call"] for family in metrics.CALL_SECONDS.collect() for sample in family.samples} == {full}
