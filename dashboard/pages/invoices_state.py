"""The state of the list of invoices: which page of it, and which of them are ticked."""

from collections.abc import AsyncIterator, Sequence

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.credits.documents import document_page
from billing.credits.queries import NoteRow
from billing.invoices.queries import Filter, InvoiceRow
from billing.payments.service import MAX_INVOICES
from dashboard import run
from dashboard.pages import paying
from dashboard.rows.common import Amount, amount
from dashboard.rows.invoices import Choice, List, choice, document_list
from dashboard.rows.period import PeriodForm, period_form
from dashboard.session import Visit, enter, refresh
from dashboard.texts.languages import SAID

ROUTE = "/invoices"
MAX_SEARCH = 60


class InvoicesState(rx.State):
    """One page of the list. shown: the filter in force. busy and sorry: as on the page of one invoice."""

    shown: str = Filter.ALL.value
    total: Amount = Amount()
    list: List = List()
    choice: Choice = Choice()
    busy: str = ""
    sorry: str = ""
    period: PeriodForm = PeriodForm()

    _search: str = ""
    _page: int = 1
    # Ticked invoices, also of other pages of the list, with what each has open in cents.
    _chosen: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    _on_page: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    _takes_all_open: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the list; `?kies=open` ticks all that is open, as the link on the dashboard asks."""
        takes_all_open = self.router.url.query_parameters.get("kies") == "open"
        left = await enter(self, ROUTE, needs=Permission.INVOICES_VIEW)
        if takes_all_open and left is None:
            self._takes_all_open = True
            await refresh(self)
        return left

    @rx.event(supersedes=True)
    async def show(self, shown: str) -> None:
        """Another filter."""
        if shown in list(Filter):
            self.shown, self._page = shown, 1
            await refresh(self)

    @rx.event(supersedes=True)
    async def search(self, text: str) -> None:
        """Look for a number or a product."""
        self._search, self._page = str(text)[:MAX_SEARCH], 1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page on or back; the query keeps it within the list."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event
    async def choose(self, number: str) -> None:
        """Tick or untick an invoice of this page."""
        # A client may send anything, also what can't be looked up.
        number, self.sorry = str(number), ""
        if number in self._chosen:
            self._chosen.pop(number)
        elif number in self._on_page and len(self._chosen) < MAX_INVOICES:
            self._chosen[number] = self._on_page[number]
        elif number in self._on_page:
            self.sorry = SAID.invoices.too_many.format(count=MAX_INVOICES)
        await refresh(self)

    @rx.event
    async def clear(self) -> None:
        """Untick all."""
        self._chosen, self.sorry = {}, ""
        await refresh(self)

    @rx.event(background=True)
    async def pay(self, method: str) -> AsyncIterator[EventSpec]:
        """Start one payment for all ticked invoices that have something open."""
        async for step in paying.pay(self, method, self._open_choice):
            yield step

    def _open_choice(self) -> tuple[str, ...]:
        return tuple(number for number, open_cents in self._chosen.items() if open_cents)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(
            document_page, visit.actor, visit.account_id, shown=Filter(self.shown), search=self._search, page=self._page
        )
        self._page = found.page
        if self._takes_all_open and visit.open_invoices:
            self._chosen = _open_cents(visit.open_invoices.rows[:MAX_INVOICES])
            self._takes_all_open = False
        self._on_page = _open_cents(found.rows)
        self._chosen |= {number: self._on_page[number] for number in self._chosen if number in self._on_page}
        is_narrowed = bool(self._search) or self.shown != Filter.ALL
        self.list = document_list(found, visit.today, set(self._chosen), is_narrowed=is_narrowed)
        self.choice = choice(self._chosen)
        self.period = period_form(visit.account_id, visit.today)
        self.total = amount(visit.open_invoices.total_cents if visit.open_invoices else 0)


def _open_cents(rows: Sequence[InvoiceRow | NoteRow]) -> dict[str, int]:
    """By number, what each has open; a credit note has nothing, and can only be downloaded."""
    return {row.number: row.open_cents if isinstance(row, InvoiceRow) else 0 for row in rows}
