"""What an account has in use, with prices and until when it is paid, and cancelling or changing it."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, badge, file_link, heading, icon, link, note
from dashboard.components.change_window import change_window
from dashboard.components.frame import crumbs, page
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.products_state import CHANGE, ROUTE, STALE, ProductsState
from dashboard.rows.changes import Link
from dashboard.rows.products import Card

TEXTS = SHOWN.products
STATE: Any = ProductsState
WINDOW: Any = ProductsState.window
RESULT: Any = ProductsState.result
PROOF: Any = ProductsState.proof


@page(route=ROUTE, title=TEXTS.title, on_load=ProductsState.load)
def products() -> rx.Component:
    """The content of the page."""
    found: Any = ProductsState.cards
    nothing = rx.el.div(
        rx.el.div(rx.el.h2(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty"), class_name="vd-card"
    )
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        rx.el.div(told(STATE, CHANGE), _result(), class_name="stack vd-said"),
        rx.el.div(
            rx.foreach(found, _product),
            rx.cond(found.length() == 0, nothing),
            class_name="stack t",
        ),
        rx.cond((WINDOW.kind != "") & ~PROOF.is_open, change_window(WINDOW, STATE, stale=STALE)),
        proof_dialog(STATE),
    )  # fmt: skip


def _result() -> rx.Component:
    said = note(
        rx.el.p(rx.el.strong(RESULT.sentence)),
        rx.el.ul(rx.foreach(RESULT.links, _link), class_name="row wrap vd-links"),
        tone="s-paid",
        icon_name="okc",
        role="status",
    )
    return rx.cond(RESULT.sentence != "", said)


def _link(one: rx.vars.ObjectVar[Link]) -> rx.Component:
    return rx.el.li(rx.cond(one.is_file, file_link(one.label, to=one.url), link(one.label, to=one.url)))


def _product(card: rx.vars.ObjectVar[Card]) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.span(icon(card.icon), class_name="vd-tile s-open"),
            rx.el.div(rx.el.h2(card.name, class_name="h3"), rx.el.div(card.label, class_name="fs13 mut3")),
            class_name="row",
        ),
        rx.el.div(
            amount(card.price),
            rx.el.span(" ", card.period, class_name="fs14 mut"),
            rx.el.div(card.net, class_name="fs13 mut3"),
        ),
        rx.el.div(
            rx.cond(card.state.label != "", badge(card.state), rx.el.div(card.paid_through)),
            rx.el.div(card.next, class_name="fs13 mut3"),
            class_name="fs14",
        ),
        _acts(card),
        rx.el.div(
            icon(card.safe_icon, size="s"), rx.el.span(card.safe, _to_invoice(card)), class_name=f"why {card.safe_icon}"
        ),
        class_name="vd-card vd-prod",
        key=card.id,
    )


def _to_invoice(card: rx.vars.ObjectVar[Card]) -> rx.Component:
    return rx.cond(card.invoice != "", rx.fragment(" ", link(card.invoice, to=card.invoice_url)))


def _acts(card: rx.vars.ObjectVar[Card]) -> rx.Component:
    return rx.el.div(
        _act(TEXTS.upgrade, card.upgrade, STATE.upgrade(card.id)),
        _act(TEXTS.downgrade, card.downgrade, STATE.downgrade(card.id)),
        _act(TEXTS.cancel, card.cancel, STATE.cancel(card.id)),
        _act(TEXTS.keep, card.keep, STATE.keep(card.id)),
        class_name="row wrap acts",
    )


def _act(label: str, name: Any, event: Any) -> rx.Component:
    button = rx.el.button(
        label, type="button", on_click=event, class_name="vd-btn line sm", custom_attrs={"aria-label": name}
    )
    return rx.cond(name != "", button)
