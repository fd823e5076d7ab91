"""Back from the payment page: what became of the payment. Works without a log-in, and writes no money state."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date

import reflex as rx
from reflex.event import EventSpec

from billing.clock import local_day
from billing.errors import NotFound
from billing.payments.queries import AttemptView, attempt
from billing.payments.service import look_again
from billing.runtime import Billing
from dashboard import run, wiring
from dashboard.components.basics import icon, leader, link, stamp
from dashboard.components.frame import open_page
from dashboard.components.shown import SHOWN
from dashboard.rows.pay import Outcome, outcome, unknown_attempt
from dashboard.session import last_part

ROUTE = "/pay/return/[attempt]"
TEXTS = SHOWN.pay_return
STEP_SECONDS = 1
STEPS = 120


class ReturnState(rx.State):
    """What is known of the payment whose token stands in the address. No names: the token is all one needs."""

    seller: str = ""
    outcome: Outcome = Outcome()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Ask for the payment to be looked up, say what is known now, and follow it from there."""
        self.reset()
        if self.router.url.query:
            # The gateway adds the payer's name and account to the address; they are not for a browser's history.
            return rx.redirect(self.router.url.path, replace=True)
        self.seller = wiring.settings().seller_name
        with suppress(run.Problem):
            await run.do(look_again, last_part(self))
        await self._show(is_slow=False)
        return ReturnState.follow if self.outcome.look == "waiting" else None

    @rx.event(background=True)
    async def follow(self) -> AsyncIterator[None]:
        """Look every second until the payment has ended, for two minutes at most."""
        async with self:
            token = last_part(self)
        for step in range(1, STEPS + 1):
            await asyncio.sleep(STEP_SECONDS)
            async with self:
                if last_part(self) != token or self.outcome.look != "waiting":
                    return
                await self._show(is_slow=step == STEPS)
            yield

    async def _show(self, *, is_slow: bool) -> None:
        try:
            found, today = await run.flow(_read, last_part(self))
        except NotFound:
            self.outcome = unknown_attempt()
        except run.Problem:
            return
        else:
            self.outcome = outcome(found, today, is_slow=is_slow)


@open_page(route=ROUTE, title=TEXTS.title, on_load=ReturnState.load, seller=ReturnState.seller)
def pay_return() -> rx.Component:
    """The one card of the page; it changes by itself."""
    view = ReturnState.outcome
    return rx.el.section(
        rx.el.div(_picture(), class_name="hero2"),
        rx.el.h1(view.title),
        rx.el.p(view.text, class_name="vd-lede"),
        rx.cond(view.invoices != "", _facts()),
        link(view.link, to=view.url, class_name=rx.cond(view.look == "paid", "vd-btn solid full", "vd-btn line full")),
        rx.cond(view.hint != "", rx.el.p(view.hint, class_name="fs13 mut3")),
        class_name="vd-card vd-outcome",
        custom_attrs={"role": "status", "aria-live": "polite"},
    )


def _picture() -> rx.Component:
    view = ReturnState.outcome
    ring = rx.el.span(class_name="vd-ring", custom_attrs={"aria-hidden": "true"})
    tile = rx.el.span(icon(view.icon), class_name=f"vd-tile big {view.tone}")
    settled = stamp(SHOWN.paper.stamp, on=view.stamp, custom_attrs={"aria-hidden": "true"})
    return rx.cond(view.look == "waiting", ring, rx.cond(view.stamp != "", settled, tile))


def _facts() -> rx.Component:
    view = ReturnState.outcome
    return rx.el.dl(
        leader(view.invoice_label, view.invoices),
        leader(TEXTS.method, view.method),
        rx.cond(
            view.settled != "",
            leader(TEXTS.to_pay, view.settled, tone="green b"),
            leader(TEXTS.amount, view.amount, tone="b"),
        ),
        class_name="vd-sum",
    )


def _read(billing: Billing, token: str) -> tuple[AttemptView, date]:
    return billing.ask(attempt, token), local_day(billing.clock.now())
