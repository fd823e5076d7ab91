"""Confirming a new e-mail address at the link that was mailed to it."""

import reflex as rx

from billing.errors import BillingError, LinkUsed
from billing.logins import mailed
from dashboard import run, wiring
from dashboard.components.door import link_card
from dashboard.components.frame import open_page
from dashboard.components.shown import SHOWN
from dashboard.rows import door as rows
from dashboard.rows.problems import of_query, sentence
from dashboard.session import last_part
from dashboard.texts.languages import SAID

ROUTE = "/confirm/[token]"
TEXTS = SHOWN.door.confirmation


class ConfirmState(rx.State):
    """What the link to a new address shows. text: empty while the link is not read, or has an end."""

    seller: str = ""
    token: str = ""
    text: str = ""
    end: rows.End = rows.End()
    sorry: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the last try came to."""
        self.reset()
        query = self.router.url.query_parameters
        self.seller = wiring.settings().seller_name
        self.token, self.sorry = last_part(self), of_query(query)
        try:
            self.text = SAID.door.confirmation.text.format(email=await run.flow(mailed.confirms, self.token))
        except BillingError as problem:
            just_done = isinstance(problem, LinkUsed) and "goed" in query
            self.end = rows.end(SAID.door.confirmation.ends, "done" if just_done else problem.code)
        except run.Problem as bug:
            self.sorry = sentence(bug)


@open_page(route=ROUTE, title=TEXTS.page, on_load=ConfirmState.load, seller=ConfirmState.seller)
def confirm() -> rx.Component:
    """The one card of the page."""
    return link_card(ConfirmState, TEXTS, icon_name="mail", action="/auth/confirm")
