"""Doing without a lost second factor, at the link that was mailed for it."""

from datetime import datetime

import reflex as rx

from billing.errors import BillingError, LinkTooEarly
from billing.logins import mailed
from dashboard import run, wiring
from dashboard.components.door import link_card
from dashboard.components.frame import open_page
from dashboard.components.shown import SHOWN
from dashboard.rows import door as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.texts.languages import SAID

ROUTE = "/recover/[token]"
TEXTS = SHOWN.door.recovery


class RecoverState(rx.State):
    """What the link shows. text: empty while the link is not read, or has an end."""

    seller: str = ""
    token: str = ""
    text: str = ""
    end: rows.End = rows.End()
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the last try came to."""
        self.reset()
        self.seller = wiring.settings().seller_name
        self.token, self.sorry = last_part(self), of_query(self.router.url.query_parameters)
        try:
            await run.flow(mailed.recovers, self.token)
            self.text = SAID.door.recovery.text
        except LinkTooEarly as early:
            self.end = rows.waiting(SAID.door.recovery.ends, datetime.fromisoformat(early.facts["opens_at"]))
        except BillingError as problem:
            self.end = rows.end(SAID.door.recovery.ends, problem.code)
        except run.Problem as bug:
            self.sorry = sentence(bug)


@open_page(route=ROUTE, title=TEXTS.page, on_load=RecoverState.load, seller=RecoverState.seller)
def recover() -> rx.Component:
    """The one card of the page."""
    return link_card(RecoverState, TEXTS, icon_name="lock", action="/auth/recover")
