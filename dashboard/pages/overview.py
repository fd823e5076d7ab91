"""The dashboard: what is open, directly under the main buttons; then what will be charged, and why all is safe."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.invoices.queries import Filter, OpenInvoices, invoice_page
from billing.screens.home import home
from dashboard import run, wiring
from dashboard.components.basics import heading, icon, link, note, sr
from dashboard.components.frame import page
from dashboard.components.mandate_line import frozen_note, mandate_line
from dashboard.components.open_invoices import open_invoices
from dashboard.components.safety import coming_charges, safety_cards
from dashboard.components.shown import SHOWN
from dashboard.components.topbar import inbox_link
from dashboard.rows import dashboard as rows
from dashboard.rows.invoices import OpenCard, clear_card, open_card
from dashboard.rows.mandate import frozen, line
from dashboard.rows.services import Coming, Service, coming, services, title
from dashboard.session import SessionState, Visit, enter, refresh

ROUTE = "/"
TEXTS = SHOWN.dashboard


class OverviewState(rx.State):
    """What the dashboard shows."""

    greeting: str = ""
    today: str = ""
    sees_invoices: bool = False
    open: OpenCard = OpenCard()
    overpaid: str = ""
    mandate: str = ""
    frozen: str = ""
    coming: tuple[Coming, ...] = ()
    sees_services: bool = False
    services_title: str = ""
    services: tuple[Service, ...] = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page. Who is no customer but works here has it elsewhere."""
        left = await enter(self, ROUTE)
        session = await self.get_state(SessionState)
        if session.shell.account:
            return left
        if session.shell.presents:
            return rx.redirect("/demo")
        return rx.redirect("/staff") if session.shell.staff_parts else left

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        opened, lead_days = visit.open_invoices, wiring.billing().policy.runs.lead_days
        self.greeting = rows.greeting(visit.identity.name, visit.now)
        self.today = rows.today_line(visit.now, opened.count if opened else None)
        self.sees_invoices = opened is not None
        if opened:
            self.open = await _card(visit, opened)
        found = await run.ask(home, visit.actor, visit.account_id, lead_days)
        self.overpaid, self.coming = rows.overpaid(found.overpaid_cents), coming(found.coming)
        self.mandate = line(found.mandate.view, found.mandate.requested)
        self.frozen = frozen(found.mandate.freeze)
        self.sees_services = found.services is not None
        if found.services is not None:
            self.services, self.services_title = services(found.services), title(found.services)


async def _card(visit: Visit, opened: OpenInvoices) -> OpenCard:
    if opened.count:
        return open_card(opened, visit.today, may_pay=visit.may(Permission.INVOICES_PAY))
    return clear_card(await run.ask(invoice_page, visit.actor, visit.account_id, shown=Filter.PAID))


# Read on the class, a var of the state is no longer what its annotation says.
VIEW: Any = OverviewState
SHELL: Any = SessionState.shell


@page(route=ROUTE, title=TEXTS.title, on_load=OverviewState.load)
def overview() -> rx.Component:
    """The content of the dashboard."""
    return rx.fragment(
        rx.el.div(
            heading(OverviewState.greeting, lede=OverviewState.today),
            rx.cond(SHELL.inbox, inbox_link(class_name="vd-btn line")),
            class_name="vd-head",
        ),
        _main_buttons(),
        rx.el.div(
            rx.cond(OverviewState.overpaid != "", _overpaid()),
            rx.cond(OverviewState.sees_invoices, open_invoices(VIEW.open), _no_right()),
            mandate_line(OverviewState.mandate),
            frozen_note(OverviewState.frozen),
            class_name="stack",
        ),
        rx.cond(OverviewState.sees_invoices, coming_charges(VIEW.coming)),
        rx.cond(OverviewState.sees_services, safety_cards(VIEW.services_title, VIEW.services)),
    )


def _main_buttons() -> rx.Component:
    blue = (
        ("/products", "box", TEXTS.products),
        ("/website", "web", TEXTS.website),
        ("/email", "mail", TEXTS.email),
        ("/account/users", "users", TEXTS.users),
        ("/credits", "coins", TEXTS.credits),
    )
    count = SHELL.open_count
    pill = rx.el.span(rx.el.span(count), sr(TEXTS.open_suffix), class_name="n")
    return rx.el.nav(
        *[link(_box(name), label, to=address, class_name="vd-mb") for address, name, label in blue],
        link(_box("receipt"), TEXTS.invoices, rx.cond(count != "", pill), to="/invoices", class_name="vd-mb red"),
        class_name="vd-main",
        custom_attrs={"aria-label": TEXTS.main_nav},
    )


def _box(name: str) -> rx.Component:
    return rx.el.span(icon(name), class_name="ic")


def _overpaid() -> rx.Component:
    choose = link(TEXTS.overpaid_choose, to="/credits")
    return note(rx.el.strong(OverviewState.overpaid), " ", TEXTS.overpaid_text, " ", choose, tone="s-credit",
                icon_name="coins", role="status")  # fmt: skip


def _no_right() -> rx.Component:
    return note(TEXTS.no_right, tone="info", icon_name="lock")
