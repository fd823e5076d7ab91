"""The state of the page of products: what is in use, and the window in which one of them is cancelled or changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.changes import queries
from billing.changes import service as changes
from billing.changes.planning import Asked
from billing.changes.queries import InUse
from billing.changes.service import ConfirmChange, Preview
from billing.errors import BillingError, PreviewStale
from billing.proration import ONE_DAY
from billing.safety.queries import safe_services
from billing.taxes.flows import check_stale
from dashboard import run, wiring
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, row_id
from dashboard.rows import changes as rows
from dashboard.rows import products
from dashboard.rows.account import Proof, Told
from dashboard.rows.changes import CANCEL, DOWNGRADE, END, NOW, UPGRADE, Result, Window
from dashboard.rows.products import Card
from dashboard.session import Visit, enter, look, refresh

ROUTE = "/products"
CHANGE, STALE = "product-change", "product-stale"
_STALE: Mapping[str, str] = {PreviewStale.code: STALE}


class ProductsState(rx.State):
    """What the page of products shows. window: what a change comes to, until it is closed; result: what came of it."""

    cards: tuple[Card, ...] = ()
    window: Window = Window()
    result: Result = Result()
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _account_id: int = 0
    _today: date = date.min
    _in_use: rx.Field[tuple[InUse, ...]] = rx.field(default=())
    _shown: rx.Field[dict[str, Preview]] = rx.field(default_factory=dict)
    _service_id: int = 0
    _chosen: str = ""
    _also: rx.Field[tuple[int, ...]] = rx.field(default=())
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.SERVICES_VIEW)

    @rx.event
    async def cancel(self, service_id: str) -> None:
        """Ask to cancel a service: what hangs on it goes along, but for what is registered in the customer's name."""
        found = self._open(service_id)
        if found:
            self._also = tuple(other.service_id for other in found.hanging if other.kind != "domain")
            await self._show(CANCEL, NOW)

    @rx.event
    async def downgrade(self, service_id: str) -> None:
        """Ask to change a service for a cheaper product."""
        await self._offer(service_id, DOWNGRADE)

    @rx.event
    async def upgrade(self, service_id: str) -> None:
        """Ask to change a service for a dearer product."""
        await self._offer(service_id, UPGRADE)

    @rx.event
    async def choose(self, option: str) -> None:
        """Choose another day, or another product."""
        if option in [known.id for known in self.window.options]:
            await self._show(self.window.kind, option)

    @rx.event
    async def toggle(self, service_id: str) -> None:
        """Let something that hangs on it go along, or stay."""
        if service_id in [known.id for known in self.window.hanging]:
            self._also = tuple(sorted(set(self._also) ^ {row_id(service_id)}))
            await self._show(self.window.kind, self._chosen)

    @rx.event
    async def confirm(self) -> None:
        """Do what is shown."""
        shown, found = self._shown.get(self._chosen), self._service(self._service_id)
        if not self.window.kind or shown is None or found is None:
            return
        said = ConfirmChange(self._account_id, shown.preview_id, shown.hash, wiring.billing().policy.seller)
        if await attempt(self, CHANGE, ("confirm",), changes.confirm, said, fields=_STALE, say=products.sentence):
            await self._tell(found, shown)
        elif self.trouble.place == STALE:
            stale = self.trouble
            await self._show(self.window.kind, self._chosen)
            self.trouble = self.trouble if self.trouble.sentence else stale
        elif not self.proof.is_open:
            self._close()

    @rx.event
    async def keep(self, service_id: str) -> None:
        """Take a cancellation back."""
        found = self._open(service_id)
        again = ("keep", service_id)
        if found and await attempt(
            self, CHANGE, again, changes.keep, self._account_id, found.row.service_id, say=products.sentence
        ):
            self.news = Told(CHANGE, products.kept(found))

    @rx.event
    async def close(self) -> None:
        """Leave everything as it is."""
        self._close()
        give_up(self)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _offer(self, service_id: str, kind: str) -> None:
        found = self._open(service_id)
        offers = rows.offers(found, kind) if found else ()
        if offers:
            await self._show(kind, str(offers[0].product_id))

    async def _show(self, kind: str, chosen: str) -> None:
        """Compute what it comes to, for each day that can be chosen, and show it."""
        found = self._service(self._service_id)
        self.trouble = Told()
        try:
            visit = await look(self)
            if visit is None or found is None:
                return
            await run.flow(check_stale, [self._account_id])
            shown = {
                name: await run.do(changes.preview, visit.actor, self._account_id, asked)
                for name, asked in self._asked(found, kind, chosen).items()
            }
        except (BillingError, run.Problem) as problem:
            self._close()
            self.trouble = Told(CHANGE, products.sentence(problem))
            await refresh(self)
            return
        self._chosen, self._shown = chosen, shown
        self.window = rows.window(found, kind, chosen, shown, self._also, today=self._today)

    def _asked(self, found: InUse, kind: str, chosen: str) -> dict[str, Asked]:
        service_id = found.row.service_id
        if kind != CANCEL:
            return {chosen: Asked(service_id, self._today, row_id(chosen))}
        days = {NOW: self._today}
        if found.period_ends:
            days[END] = found.period_ends + ONE_DAY
        return {name: Asked(service_id, on, also=self._also) for name, on in days.items()}

    async def _tell(self, found: InUse, shown: Preview) -> None:
        visit = await look(self)
        if visit is not None:
            came = await run.ask(queries.outcome, visit.actor, self._account_id, shown.preview_id)
            self._close()
            self.result = rows.result(found, shown.plan, came, today=self._today)

    def _open(self, service_id: object) -> InUse | None:
        """Begin with a service; what was said before is over."""
        self._close()
        self.result, self.news, self.trouble = Result(), Told(), Told()
        found = self._service(row_id(service_id))
        if found is None:
            self.trouble = Told(CHANGE, products.TEXTS.problems["not_found"])
        else:
            self._service_id = found.row.service_id
        return found

    def _service(self, service_id: int) -> InUse | None:
        return next((one for one in self._in_use if one.row.service_id == service_id), None)

    def _close(self) -> None:
        self.window, self._shown, self._chosen = Window(), {}, ""

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        lead_days = wiring.billing().policy.runs.lead_days
        self._in_use = await run.ask(queries.overview, visit.actor, visit.account_id, lead_days)
        self._account_id, self._today = visit.account_id, visit.today
        safety = await run.ask(safe_services, visit.actor, visit.account_id, lead_days)
        self.cards = products.cards(self._in_use, safety, may_change=visit.may(Permission.SERVICES_CHANGE))
