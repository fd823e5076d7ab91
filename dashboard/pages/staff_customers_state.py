"""The state of the list of customers: what was looked for, which page of the list, and on whose behalf to act."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.errors import BillingError, CheckNeeded, NotAllowed, NotFound
from billing.invoices.customers import Customer, customers
from billing.logins import sessions
from dashboard import run
from dashboard.pages.account_acts import (
    Again,
    ask_for_proof,
    attempt,
    give_up,
    repeat,
    row_id,
    text_fields,
    token_of,
)
from dashboard.rows.account import Proof, Told, sentence
from dashboard.rows.staff_customers import Behalf, CustomerList, Out, behalf, customer_list, is_out, not_out, out
from dashboard.session import Visit, enter, look, refresh, to_login

ROUTE = "/staff/customers"
LIST, REASON, EMAIL = "customers-list", "reason", "email"
MAX_SEARCH = 80


class StaffCustomersState(rx.State):
    """One page of the list. behalf: the question before acting on a customer's behalf; out: before others are logged
    out."""

    list: CustomerList = CustomerList()
    behalf: Behalf = Behalf()
    out: Out = Out()
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _search: str = ""
    _page: int = 1
    _on_page: rx.Field[tuple[Customer, ...]] = rx.field(default=())
    _again: Again = ()

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

    @rx.event
    async def ask(self, account_id: str) -> None:
        """Ask why to act on a customer's behalf."""
        found = next((row for row in self._on_page if row.account_id == row_id(account_id)), None)
        self.trouble = Told() if found else Told(LIST, sentence(NotFound()))
        self.behalf = behalf(found) if found else Behalf()

    @rx.event
    async def act(self, form: dict[str, Any]) -> EventSpec | None:
        """Act on the customer's behalf from now on, beginning at the customer's dashboard."""
        self.trouble, typed = Told(), text_fields(form, REASON)
        visit = await look(self)
        if visit is None:
            return to_login(self)
        try:
            reason = typed[REASON] if typed else ""
            await run.do(sessions.act_for, visit.actor, token_of(self), row_id(self.behalf.id), reason)
        except CheckNeeded:
            await ask_for_proof(self, ("act", typed))
            return None
        except (BillingError, run.Problem) as problem:
            self.trouble = Told(REASON if self.behalf.id else LIST, sentence(problem))
            return None
        self.behalf = Behalf()
        return rx.redirect("/")

    @rx.event
    async def ask_out(self, whom: str) -> EventSpec | None:
        """Ask whom to log out everywhere: `one` person, or `all`."""
        visit = await look(self)
        if visit is None:
            return to_login(self)
        is_asked = visit.identity.is_finance and whom in {"one", "all"}
        self.trouble = Told() if is_asked else Told(LIST, sentence(NotAllowed()))
        self.out = out(whom) if is_asked else Out()
        return None

    @rx.event
    async def log_out(self, form: dict[str, Any]) -> None:
        """Log this person out everywhere, or everybody: the window says which."""
        typed = text_fields(form, EMAIL) or {EMAIL: ""}
        if self.out.whom == "all":
            is_done = await attempt(self, LIST, ("log_out", {}), sessions.end_everybodys)
        else:
            email = typed[EMAIL].replace("\0", "")
            place = EMAIL if self.out.whom else LIST
            is_done = await attempt(self, place, ("log_out", typed), sessions.end_all_of, email, say=not_out)
        if is_done:
            self.news = Told(LIST, is_out("" if self.out.whom == "all" else typed[EMAIL].strip()))
            self.out = Out()

    @rx.event
    async def close(self) -> None:
        """Leave it."""
        self.behalf, self.out, self.trouble = Behalf(), Out(), Told()
        give_up(self)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(customers, visit.actor, self._search, self._page)
        self._page, self._on_page, self.list = found.page, found.rows, customer_list(found)
