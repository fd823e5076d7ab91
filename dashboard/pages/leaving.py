"""Going from a page to another site where a person signs or pays, from a background event: the page is not held up."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Actor
from billing.errors import BillingError, CheckNeeded
from billing.runtime import Billing
from dashboard import run
from dashboard.pages.account_acts import Again, ask_for_proof
from dashboard.rows.account import Told
from dashboard.session import look, refresh, to_login

# Asks the gateway for a person, and returns where the browser must go.
Flow = Callable[[Billing, Actor], str]


async def leave(
    page: Any, place: str, again: Again, flow: Callable[[], Flow], *, say: Callable[[Exception], str]
) -> AsyncIterator[EventSpec]:
    """Ask the gateway where to go, and go there.

    page: a state with `busy` beside what `account_acts` needs. flow: makes what is asked, under the page's lock, and
    may refuse what was filled in. place: where trouble is told. again: the event to repeat after a proof of identity.
    """
    async with page:
        if page.busy:
            return
        page.busy, page.trouble, page.news = place, Told(), Told()
        visit, login = await look(page), to_login(page)
    if visit is None:
        yield login
        return
    try:
        async with page:
            asked = flow()
        address = await run.flow(asked, visit.actor)
    except CheckNeeded:
        async with page:
            page.busy = ""
            await ask_for_proof(page, again)
    except (BillingError, run.Problem) as problem:
        async with page:
            page.busy, page.trouble = "", Told(place, say(problem))
            await refresh(page)
    else:
        yield rx.redirect(address)
