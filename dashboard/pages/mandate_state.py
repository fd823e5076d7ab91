"""The state of the page of the standing mandate, and what is done with it."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Actor, Permission
from billing.errors import MandateRefused
from billing.mandates import answers, flows, service
from billing.mandates.queries import mandate_standing
from billing.mandates.requests import StartSeries
from billing.mandates.rules import MandateRules
from billing.runtime import Billing
from dashboard import run, wiring
from dashboard.pages.account_acts import Again, attempt, give_up, text_fields
from dashboard.pages.leaving import Flow, leave
from dashboard.rows import mandate as rows
from dashboard.rows import mandate_giving
from dashboard.rows.account import Proof, Told
from dashboard.rows.mandate import PAUSE, RESUME, WITHDRAW, Page, Sure
from dashboard.rows.mandate_giving import BANK, IDEAL, Giving
from dashboard.session import Visit, enter, refresh

ROUTE = "/account/mandate"
CARD = "mandate-card"
ACTS: Mapping[str, Any] = {PAUSE: service.pause, RESUME: service.resume, WITHDRAW: service.withdraw}


class MandateState(rx.State):
    """What the page of the mandate shows. giving: what is offered; busy: which way is being opened. sure: the question
    before the mandate is changed. frozen: nothing is collected from anybody now."""

    view: Page = Page()
    frozen: str = ""
    giving: Giving = Giving()
    sure: Sure = Sure()
    busy: str = ""
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _account_id: int = 0
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page; who comes back from the bank has the gateway asked right away."""
        gone = await enter(self, ROUTE, needs=Permission.MANDATE_VIEW)
        if self.view.waiting:
            await run.do(answers.look_again, self._account_id)
        return gone

    @rx.event(background=True)
    async def sign(self, form: dict[str, Any]) -> AsyncIterator[EventSpec]:
        """Go to the bank to sign."""
        async for step in leave(self, BANK, ("sign", form), lambda: _signing(self, form), say=rows.sentence):
            yield step

    @rx.event(background=True)
    async def pay_first(self, form: dict[str, Any]) -> AsyncIterator[EventSpec]:
        """Go and pay an invoice, and agree that later ones are collected."""
        async for step in leave(self, IDEAL, ("pay_first", form), lambda: _paying(self, form), say=rows.sentence):
            yield step

    @rx.event
    async def ask(self, act: str) -> None:
        """Ask whether the mandate is to be paused, resumed or taken back."""
        if act in list(ACTS):
            self.trouble, self.news = Told(), Told()
            self.sure = rows.sure(act, _limits().notice_days)

    @rx.event
    async def confirm(self) -> None:
        """Do what was asked about."""
        act = self.sure.act
        if act not in ACTS:
            return
        if await attempt(self, CARD, ("confirm",), ACTS[act], self._account_id, say=rows.sentence):
            self.news = Told(CARD, rows.done(act))
        if not self.proof.is_open:
            self.sure = Sure()

    @rx.event
    async def close(self) -> None:
        """Leave it as it is."""
        self.sure = Sure()
        give_up(self)

    @rx.event
    async def proven(self) -> EventSpec | None:
        """The person has just proven an identity: do what was asked for."""
        event, *sent = self._again or ("",)
        give_up(self)
        # As an event of its own, because going to the bank runs in the background.
        return getattr(MandateState, event)(*sent) if event else None

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self._account_id = visit.account_id
        found = await run.ask(mandate_standing, visit.actor, visit.account_id)
        may_manage = visit.may(Permission.MANDATE_MANAGE)
        self.view = rows.page(found.view, found.requested, visit.now, may_manage=may_manage)
        self.frozen = rows.frozen(found.freeze)
        self.giving = mandate_giving.giving(
            visit.open_invoices, _seller(), _limits(), wanted=self.router.url.query_parameters.get("factuur", ""),
            may_pay=visit.may(Permission.INVOICES_PAY),
        )  # fmt: skip


def _signing(page: MandateState, form: object) -> Flow:
    typed, ip = text_fields(form, "scheme", "maximum"), page.router.session.client_ip
    if typed is None:
        raise MandateRefused(reason="unreadable")
    command = mandate_giving.signing(typed, page._account_id, _seller(), _limits(), ip)
    return partial(flows.request_mandate, command=command)


def _paying(page: MandateState, form: object) -> Flow:
    # A box that is not ticked is not sent.
    agreed = text_fields(form, "number", "agreed")
    if agreed is None:
        raise MandateRefused(reason="consent")
    command = mandate_giving.first_payment(agreed["number"], _seller(), _limits(), page.router.session.client_ip)
    return partial(_pay, command=command)


def _pay(billing: Billing, actor: Actor, command: StartSeries) -> str:
    started = flows.start_series(billing, actor, command)
    return started.redirect_url or f"/pay/return/{started.token}"


def _seller() -> str:
    return wiring.billing().policy.seller.name


def _limits() -> MandateRules:
    return wiring.billing().policy.mandates
