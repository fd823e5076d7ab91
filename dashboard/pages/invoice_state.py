"""The state of the invoice page, and paying from it."""

from collections.abc import AsyncIterator

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.correspondence.queries import invoice_view
from billing.errors import BillingError
from billing.invoices.queries import account_of
from billing.payments import paylinks
from dashboard import run
from dashboard.pages import paying
from dashboard.rows import invoice as rows
from dashboard.rows.problems import sentence
from dashboard.session import SessionState, Visit, enter, last_part, look, refresh, to_login
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
        """Open the page of the invoice in the address, with the account on screen that it belongs to."""
        return await enter(self, ROUTE, needs=Permission.INVOICES_VIEW, belongs=self._belongs)

    @rx.event
    async def insist(self) -> None:
        """Show the methods although a payment is under way."""
        self.insists = True

    @rx.event(background=True)
    async def pay(self, method: str) -> AsyncIterator[EventSpec]:
        """Start paying this invoice and go to the payment page."""
        async for step in paying.pay(self, method, lambda: (last_part(self),), insists=lambda: self.insists):
            yield step

    @rx.event
    async def withdraw_link(self) -> EventSpec | None:
        """Make the pay links of this invoice that were mailed so far worthless."""
        visit = await look(self)
        if visit is None:
            return to_login(self)
        session = await self.get_state(SessionState)
        try:
            await run.do(paylinks.withdraw, visit.actor, last_part(self))
        except (BillingError, run.Problem) as problem:
            session.trouble = sentence(problem)
            return None
        await refresh(self)
        session.news = NL.link_withdrawal.done
        return None

    async def _belongs(self, visit: Visit) -> int:
        try:
            return await run.ask(account_of, visit.actor, last_part(self))
        except BillingError:
            return visit.account_id

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        before, number = self.view, last_part(self)
        self.title = NL.invoice.title.format(number=number)
        self.view = rows.page(await run.ask(invoice_view, visit.actor, number), visit.today)
        # Only a change is news: a page that opens paid says so by itself.
        if before.number and not before.paid_on:
            self.said = self.view.paid_on
