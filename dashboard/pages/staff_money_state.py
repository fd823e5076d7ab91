"""The state of the page of money without a place: what waits, what was matched, and what is being decided."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.bank import history, worklist
from billing.bank.choosing import Payer
from billing.bank.history import MatchRow
from billing.bank.outgoing import Origin
from billing.bank.worklist import WaitingLine
from billing.runtime import Billing
from dashboard import run
from dashboard.pages import staff_money_acts as acts
from dashboard.rows import bank_files, bank_lines
from dashboard.rows.account import Told
from dashboard.rows.bank_choice import Dialog
from dashboard.rows.bank_files import StatementList
from dashboard.rows.bank_lines import MatchedList, WaitingList
from dashboard.rows.sure import Sure
from dashboard.session import Visit, enter, refresh

ROUTE = "/staff/money"


class StaffMoneyState(rx.State):
    """The work list, what found its place, and the statements. dialog: what a line is for; sure: before an undo."""

    waiting: WaitingList = WaitingList()
    matched: MatchedList = MatchedList()
    statements: StatementList = StatementList()
    dialog: Dialog = Dialog()
    sure: Sure = Sure()
    trouble: Told = Told()
    news: Told = Told()

    _lines: rx.Field[tuple[WaitingLine, ...]] = rx.field(default=())
    _matches: rx.Field[tuple[MatchRow, ...]] = rx.field(default=())
    _line: WaitingLine | None = None
    _search: str = ""
    _payer: Payer | None = None
    _origins: rx.Field[tuple[Origin, ...]] = rx.field(default=())
    _chosen: rx.Field[tuple[str, ...]] = rx.field(default=())
    _page: int = 1
    _matched_page: int = 1
    _statements_page: int = 1

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, staff=True)

    @rx.event
    async def look_again(self) -> None:
        """Files were handed in."""
        await refresh(self)

    @rx.event
    async def match(self, line_id: str) -> None:
        """A line is for what it most likely is for."""
        await acts.match(self, line_id)

    @rx.event
    async def choose(self, line_id: str) -> None:
        """Somebody says what a line is for."""
        await acts.choose(self, line_id)

    @rx.event(supersedes=True)
    async def search(self, text: str) -> None:
        """Look for the customer who paid."""
        await acts.search(self, text)

    @rx.event
    async def choose_payer(self, account_id: str) -> None:
        """This customer paid; none: another one did."""
        await acts.choose_payer(self, account_id)

    @rx.event
    async def tick(self, number: str) -> None:
        """An invoice more or less."""
        await acts.tick(self, number)

    @rx.event
    async def pay(self) -> None:
        """The line is for the chosen invoices."""
        await acts.pay(self)

    @rx.event
    async def keep(self) -> None:
        """The line is for no invoice: all of it becomes credits."""
        await acts.keep(self)

    @rx.event
    async def belongs(self, key: str) -> None:
        """What left belongs to this receipt or payout."""
        await acts.belongs(self, key)

    @rx.event
    async def put_away(self, purpose: str) -> None:
        """The line is no customer's."""
        await acts.put_away(self, purpose)

    @rx.event
    async def ask_undo(self, line_id: str) -> None:
        """Ask whether a match is to be taken back."""
        acts.ask_undo(self, line_id)

    @rx.event
    async def undo(self) -> None:
        """Yes, take it back."""
        await acts.undo(self)

    @rx.event
    async def close(self) -> None:
        """Close the dialog; nothing happens."""
        acts.close(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page of the work list on or back."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn_matched(self, step: int) -> None:
        """One page of what found its place on or back."""
        self._matched_page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn_statements(self, step: int) -> None:
        """One page of the statements on or back."""
        self._statements_page += 1 if step == 1 else -1
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        count, cents = await run.ask(worklist.waiting_sum, visit.actor)
        pages = max(1, -(-count // bank_lines.PAGE_SIZE))
        self._page = min(max(self._page, 1), pages)
        self._lines = tuple(await run.flow(_waiting, visit.actor, (self._page - 1) * bank_lines.PAGE_SIZE))
        self.waiting = bank_lines.waiting_list(self._lines, count, cents, self._page)
        found = await run.ask(history.matches, visit.actor, self._matched_page)
        self._matched_page, self._matches, self.matched = found.page, found.rows, bank_lines.matched_list(found)
        told = await run.ask(history.statements, visit.actor, self._statements_page)
        self._statements_page, self.statements = told.page, bank_files.statement_list(told)


def _waiting(billing: Billing, actor: Any, after: int) -> Any:
    return billing.ask(worklist.waiting, actor, billing.policy.bank, most=bank_lines.PAGE_SIZE, after=after)
