"""What was paid too much and what can be done with it, and money on its way back."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, note
from dashboard.components.shown import SHOWN
from dashboard.rows.credits import Overpaid, Payable, Payout

TEXTS = SHOWN.credits


def overpaid(rows: Any, *, may_choose: Any, keep: Any, ask: Any) -> rx.Component:
    """One callout for each payment that was too much, with the two choices for who may make them."""
    return rx.foreach(rows, lambda row: _overpaid(row, may_choose, keep, ask))


def payable(rows: Any, *, ask: Any) -> rx.Component:
    """Credits that can go back the way they came in."""
    return rx.foreach(rows, lambda row: _payable(row, ask))


def payouts(rows: Any) -> rx.Component:
    """What is on its way back, and what became of the last ones; nothing when there are none."""
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.header(rx.el.h2(TEXTS.payouts.title, id="payouts-title")),
            rx.el.ul(rx.foreach(rows, _payout), class_name="vd-payouts"),
            class_name="vd-card",
            custom_attrs={"aria-labelledby": "payouts-title"},
        ),
    )


def _overpaid(row: rx.vars.ObjectVar[Overpaid], may_choose: Any, keep: Any, ask: Any) -> rx.Component:
    texts = TEXTS.overpaid
    buttons = rx.el.div(
        rx.el.button(texts.keep, type="button", on_click=keep(row.id), class_name="vd-btn solid sm"),
        rx.el.button(texts.send_back, type="button", on_click=ask(row.id), class_name="vd-btn line sm"),
        class_name="row wrap",
    )
    return note(
        rx.el.p(rx.el.strong(row.title), " ", row.sentence),
        rx.cond(may_choose, buttons, rx.el.p(texts.look_only)),
        tone="s-credit",
        icon_name="coins",
    )


def _payable(row: rx.vars.ObjectVar[Payable], ask: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.sentence, class_name="fs13 mut"),
        rx.el.button(
            icon("undo", size="s"), TEXTS.payouts.button, type="button", on_click=ask(row.id),
            class_name="vd-btn line sm", custom_attrs={"aria-label": row.name},
        ),
        class_name="stack xs",
        key=row.id,
    )  # fmt: skip


def _payout(row: rx.vars.ObjectVar[Payout]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.div(row.title, class_name="what"), rx.el.div(row.asked, class_name="fs13 mut")),
        rx.el.span(icon(row.icon), rx.el.span(row.state), class_name=f"vd-badge {row.tone}"),
        class_name="row between wrap",
    )
