"""What an account has in use, with prices and until when it is paid."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.invoices.periods import services_in_use
from dashboard import run
from dashboard.components.basics import amount, heading, icon
from dashboard.components.frame import crumbs, page
from dashboard.rows.services import Service, services
from dashboard.session import Visit, enter, refresh
from dashboard.texts.nl import NL

ROUTE = "/products"
TEXTS = NL.products


class ProductsState(rx.State):
    """What the page of products shows."""

    services: tuple[Service, ...] = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.SERVICES_VIEW)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self.services = services(await run.ask(services_in_use, visit.actor, visit.account_id), visit.today)


@page(route=ROUTE, title=TEXTS.title, on_load=ProductsState.load)
def products() -> rx.Component:
    """The content of the page."""
    found: Any = ProductsState.services
    nothing = rx.el.div(
        rx.el.div(rx.el.h2(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty"), class_name="vd-card"
    )
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        rx.el.div(
            rx.foreach(found, _product),
            rx.cond(found.length() == 0, nothing),
            class_name="stack t",
        ),
    )


def _product(service: rx.vars.ObjectVar[Service]) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.span(icon(service.icon), class_name="vd-tile s-open"),
            rx.el.div(rx.el.h2(service.name, class_name="h3"), rx.el.div(service.label, class_name="fs13 mut3")),
            class_name="row",
        ),
        rx.el.div(
            amount(service.price),
            rx.el.span(" ", service.period, class_name="fs14 mut"),
            rx.el.div(service.net, class_name="fs13 mut3"),
        ),
        rx.el.div(service.paid_through, class_name="fs14"),
        rx.el.div(icon("shield", size="s"), rx.el.span(service.rest), class_name="why"),
        class_name="vd-card vd-prod",
        key=f"{service.name} {service.label}",
    )
