"""The state of the invoice page, and paying from it."""

from collections.abc import AsyncIterator

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.correspondence.queries import invoice_view
from billing.errors import BillingError, MethodUnavailable
from billing.payments.flows import start_payment
from billing.payments.service import StartPayment
from billing.ports import Method
from dashboard import run
from dashboard.components.methods import OFFERED
from dashboard.rows import invoice as rows
from dashboard.rows.problems import by_code, sentence
from dashboard.session import Visit, enter, last_part, look, refresh, to_login
from dashboard.texts.nl import NL

ROUTE = "/invoices/[number]"


class InvoiceState(rx.State):
    """One invoice as its page shows it.

    busy: the method whose payment page is being opened. sorry: what went wrong with the last try. insists: the
    customer knows that money is under way and wants to pay all the same. said: read out when the invoice gets paid.
    """

    title: str = ""
    view: rows.Page = rows.Page()
    busy: str = ""
    sorry: str = ""
    insists: bool = False
    said: str = ""

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page of the invoice in the address."""
        return await enter(self, ROUTE, needs=Permission.INVOICES_VIEW)

    @rx.event
    async def insist(self) -> None:
        """Show the methods although a payment is under way."""
        self.insists = True

    @rx.event(background=True)
    async def pay(self, method: str) -> AsyncIterator[EventSpec]:
        """Start paying this invoice and go to the payment page."""
        async with self:
            if self.busy:
                return
            if method not in list(OFFERED):
                self.sorry = by_code(MethodUnavailable.code)
                return
            self.busy, self.sorry = method, ""
            visit, login = await look(self), to_login(self)
            command = StartPayment(
                (last_part(self),), Method(method), self.router.session.client_ip, despite_pending=self.insists
            )
        if visit is None:
            yield login
            return
        try:
            started = await run.flow(start_payment, visit.actor, command)
        except (BillingError, run.Problem) as problem:
            async with self:
                self.busy, self.sorry = "", sentence(problem)
                await refresh(self)
            return
        yield rx.redirect(started.redirect_url or f"/pay/return/{started.token}")

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        before, number = self.view, last_part(self)
        self.title = NL.invoice.title.format(number=number)
        self.view = rows.page(await run.ask(invoice_view, visit.actor, number), visit.today)
        # Only a change is news: a page that opens paid says so by itself.
        if before.number and not before.paid_on:
            self.said = self.view.paid_on
