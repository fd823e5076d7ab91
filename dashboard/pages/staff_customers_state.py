"""The state of the list of customers: what was looked for, and which page of the list."""

import reflex as rx
from reflex.event import EventSpec

from billing.invoices.customers import customers
from dashboard import run
from dashboard.rows.staff_customers import CustomerList, customer_list
from dashboard.session import Visit, enter, refresh

ROUTE = "/staff/customers"
MAX_SEARCH = 80


class StaffCustomersState(rx.State):
    """One page of the list."""

    list: CustomerList = CustomerList()

    _search: str = ""
    _page: int = 1

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, staff=True)

    @rx.event(supersedes=True)
    async def search(self, text: str) -> None:
        """Look for a name, an e-mail address or an invoice number."""
        # PostgreSQL knows no NUL in text.
        self._search, self._page = str(text)[:MAX_SEARCH].replace("\0", ""), 1
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page on or back; the query keeps it within the list."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(customers, visit.actor, self._search, self._page)
        self._page, self.list = found.page, customer_list(found)
