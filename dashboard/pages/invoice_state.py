"""The state of the invoice page, and paying from it."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.errors import BillingError
from billing.invoices.queries import account_of
from billing.mandates.choosing import choose_new_date
from billing.payments import paylinks
from billing.screens.invoice import InvoicePage, invoice_page
from billing.states import MandateState
from dashboard import run, wiring
from dashboard.pages import paying
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, text_fields, unreadable
from dashboard.rows import collecting
from dashboard.rows import invoice as rows
from dashboard.rows.account import Proof, Told
from dashboard.rows.collecting import Automatic
from dashboard.rows.mandate import sentence as mandate_sentence
from dashboard.rows.problems import sentence
from dashboard.session import SessionState, Visit, enter, last_part, look, refresh, to_login
from dashboard.texts.languages import SAID

ROUTE = "/invoices/[number]"
DAY = "collection-day"


class InvoiceState(rx.State):
    """One invoice as its page shows it.

    busy: the method whose payment page is being opened. sorry: what went wrong with the last try. insists: the
    customer knows that money comes by itself and wants to pay all the same. said: read out when the invoice gets paid.
    trouble, news: of choosing a day on which it is collected.
    """

    title: str = ""
    view: rows.Page = rows.Page()
    busy: str = ""
    sorry: str = ""
    insists: bool = False
    said: str = ""
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _again: Again = ()

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
        session.news = SAID.link_withdrawal.done
        return None

    @rx.event
    async def choose_day(self, form: dict[str, Any]) -> None:
        """Have this invoice collected on another day."""
        typed = text_fields(form, "day")
        on = _day(typed["day"]) if typed else None
        if typed is None or on is None:
            self.trouble = unreadable(DAY)
            return
        number, limits = last_part(self), wiring.billing().policy.mandates
        again = ("choose_day", typed)
        if await attempt(self, DAY, again, choose_new_date, number, on, limits, say=mandate_sentence):
            self.news = Told(DAY, collecting.chosen(number, on))

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _belongs(self, visit: Visit) -> int:
        try:
            return await run.ask(account_of, visit.actor, last_part(self))
        except BillingError:
            return visit.account_id

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        before, number = self.view, last_part(self)
        self.title = SAID.invoice.title.format(number=number)
        found = await run.ask(invoice_page, visit.actor, number, wiring.billing().policy.mandates)
        self.view = rows.page(found.view, _automatic(number, found), visit.today)
        # Only a change is news: a page that opens paid says so by itself.
        if before.number and not before.paid_on:
            self.said = self.view.paid_on


def _automatic(number: str, found: InvoicePage) -> Automatic:
    is_waiting = found.mandate.requested is MandateState.REQUESTED
    return collecting.automatic(
        number, found.view.status, found.collection, found.mandate.view, is_waiting=is_waiting,
        freeze=found.mandate.freeze,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
