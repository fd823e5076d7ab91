"""The state of the page of credits: what there is, and what is being decided about it."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.credits import choices
from billing.credits.queries import LotRow, statement
from billing.payments.queries import Overpayment, overpayments
from dashboard import run
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, row_id
from dashboard.rows import credits as rows
from dashboard.rows.account import Proof, Told
from dashboard.rows.credits import LOT, OVERPAID, Statement, Sure
from dashboard.session import Visit, enter, refresh

ROUTE = "/credits"
CHOICE = "credits-choice"


class CreditsState(rx.State):
    """What the page of credits shows. sure: the question before money goes back."""

    statement: Statement = Statement()
    sure: Sure = Sure()
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _account_id: int = 0
    _overpaid: rx.Field[tuple[Overpayment, ...]] = rx.field(default=())
    _lots: rx.Field[tuple[LotRow, ...]] = rx.field(default=())
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.CREDITS_VIEW)

    @rx.event
    async def keep(self, payment_id: str) -> None:
        """Keep what was paid too much with a payment as credits."""
        found = self._overpaid_of(payment_id)
        if found and await self._choose(("keep", payment_id), choices.keep_as_credits, found.payment_id):
            self.news = Told(CHOICE, rows.kept(found))

    @rx.event
    async def ask_back(self, payment_id: str) -> None:
        """Ask whether what was paid too much with a payment is to go back."""
        found = self._overpaid_of(payment_id)
        if found:
            self.sure = rows.sure_overpaid(found)

    @rx.event
    async def ask_payout(self, lot_id: str) -> None:
        """Ask whether credits are to go back."""
        found = next((lot for lot in self._lots if lot.lot_id == row_id(lot_id)), None)
        if found:
            self.sure = rows.sure_lot(found)
        else:
            self._gone()

    @rx.event
    async def confirm(self) -> None:
        """Do what was asked about."""
        asked = self.sure
        acts = {OVERPAID: choices.send_back, LOT: choices.pay_out}
        if asked.kind in acts and await self._choose(("confirm",), acts[asked.kind], row_id(asked.id)):
            self.news = Told(CHOICE, asked.done)
        if not self.proof.is_open:
            self.sure = Sure()

    @rx.event
    async def close(self) -> None:
        """Leave it as it is."""
        self.sure = Sure()
        give_up(self)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _choose(self, again: Again, choice: Any, row: int) -> bool:
        return await attempt(self, CHOICE, again, choice, self._account_id, row, say=rows.sentence)

    def _overpaid_of(self, payment_id: object) -> Overpayment | None:
        found = next((row for row in self._overpaid if row.payment_id == row_id(payment_id)), None)
        if found is None:
            self._gone()
        return found

    def _gone(self) -> None:
        self.trouble, self.news = Told(CHOICE, rows.TEXTS.problems["not_found"]), Told()

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(statement, visit.actor, visit.account_id)
        self._overpaid = await run.ask(overpayments, visit.actor, visit.account_id)
        self._account_id, self._lots = visit.account_id, found.lots
        self.statement = rows.statement(found, self._overpaid, may_choose=visit.may(Permission.CREDITS_CHOOSE))
