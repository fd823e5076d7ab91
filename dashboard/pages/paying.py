"""Starting a payment from a page, the same way on every page that can."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.errors import BillingError, MethodUnavailable
from billing.payments.flows import start_payment
from billing.payments.service import StartPayment
from billing.ports import Method
from dashboard import run
from dashboard.components.methods import OFFERED
from dashboard.rows.problems import by_code, sentence
from dashboard.session import look, refresh, to_login


async def pay(
    page: Any, method: str, numbers: Callable[[], tuple[str, ...]], *, insists: Callable[[], bool] = lambda: False
) -> AsyncIterator[EventSpec]:
    """Start a payment of the invoices that `numbers` names under the page's lock, and go where the customer pays.

    page: a state with `busy` and `sorry`, from a background event; the lock is not held while the gateway is asked.
    """
    async with page:
        if page.busy:
            return
        if method not in list(OFFERED):
            page.sorry = by_code(MethodUnavailable.code)
            return
        page.busy, page.sorry = method, ""
        visit, login = await look(page), to_login(page)
        command = StartPayment(numbers(), Method(method), page.router.session.client_ip, despite_pending=insists())
    if visit is None:
        yield login
        return
    try:
        started = await run.flow(start_payment, visit.actor, command)
    except (BillingError, run.Problem) as problem:
        async with page:
            page.busy, page.sorry = "", sentence(problem)
            await refresh(page)
        return
    yield rx.redirect(started.redirect_url or f"/pay/return/{started.token}")
