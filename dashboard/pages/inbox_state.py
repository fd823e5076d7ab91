"""The state of the inbox: which customer it lists, and which page of the list."""

import reflex as rx
from reflex.event import EventSpec

from billing.invoices.inbox import EVERYBODY, open_everywhere
from dashboard import live, run
from dashboard.rows import inbox as rows
from dashboard.session import Visit, enter, look, put_on_screen, refresh, to_login

ROUTE = "/inbox"


class InboxState(rx.State):
    """One page of the open invoices of all customers."""

    mail: rows.Mail = rows.Mail()

    _only: int = EVERYBODY
    _page: int = 1

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE)

    @rx.event(supersedes=True)
    async def show(self, account_id: str) -> None:
        """List one customer alone; whatever is not one of them lists all."""
        known = {customer.id for customer in self.mail.customers}
        self._only = int(account_id) if isinstance(account_id, str) and account_id in known else EVERYBODY
        self._page = 1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page on or back; the query keeps it within the list."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event
    async def pay_together(self) -> EventSpec | None:
        """Go and pay all that is open at the one customer on screen; the account's own list does that."""
        visit = await look(self)
        if visit is None:
            return to_login(self)
        if self._only not in dict(visit.identity.inbox):
            return None
        await put_on_screen(self, visit, self._only)
        return rx.redirect("/invoices?kies=open")

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        # Of all customers, and not only of the one on screen: each of them may bring or settle an invoice.
        live.watch(self, InboxState, dict(visit.identity.inbox))
        found = await run.ask(open_everywhere, visit.actor, self._page, only=self._only)
        self._only, self._page = found.shown, found.page
        self.mail = rows.mail(found, visit.today)
