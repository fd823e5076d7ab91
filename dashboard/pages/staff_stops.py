"""Stop orders, and all that comes before one: what people have to do, who is reminded, and what waits."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import badge, icon, note
from dashboard.components.frame import page
from dashboard.components.lamps import lamp_list
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import staff_frame
from dashboard.pages.staff_stops_acts import TOP
from dashboard.pages.staff_stops_before import cases_card, held_card, switch_card, tasks_card
from dashboard.pages.staff_stops_state import ROUTE, StaffStopsState
from dashboard.pages.staff_stops_windows import ask_window, look_window
from dashboard.rows.stops import Order

TEXTS = SHOWN.staff.stops.orders
STATE: Any = StaffStopsState


@page(route=ROUTE, title=SHOWN.staff.nav.stops, on_load=StaffStopsState.load)
def staff_stops() -> rx.Component:
    """The content of the page."""
    return staff_frame(
        ROUTE,
        told(StaffStopsState, TOP),
        _orders(),
        tasks_card(),
        cases_card(),
        held_card(),
        switch_card(),
        ask_window(),
        look_window(),
        proof_dialog(STATE),
        title=SHOWN.staff.nav.stops,
        lede=SHOWN.staff.stops.lede,
    )  # fmt: skip


def _orders() -> rx.Component:
    none = rx.el.div(
        rx.el.span(icon("shield"), class_name="vd-tile s-paid"), rx.el.h3(TEXTS.none), rx.el.p(TEXTS.none_text),
        class_name="vd-empty tight",
    )  # fmt: skip
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(TEXTS.title, id="orders-title"), rx.el.p(TEXTS.lede, class_name="fs14 mut"),
                class_name="stack xs",
            )
        ),
        rx.cond(STATE.orders.length() > 0, rx.el.ul(rx.foreach(STATE.orders, _order), class_name="vd-rows"), none),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "orders-title"},
    )  # fmt: skip


def _order(order: rx.vars.ObjectVar[Order]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(order.title), rx.cond(order.label != "", rx.el.p(order.label, class_name="fs14 mut")),
                class_name="stack xs",
            ),
            badge(order.state),
            class_name="row between top",
        ),
        rx.el.div(rx.foreach(order.story, lambda told_: rx.el.p(told_)), class_name="fs14 mut"),
        rx.cond(order.lamps.length() > 0, lamp_list(order.lamps, label=TEXTS.lamps_of)),
        rx.cond(order.waits != "", note(order.waits, tone="quiet", icon_name="info")),
        rx.el.div(
            rx.cond(order.may_carry_out, _act(TEXTS.carry_out, order.carry_out_name, "carry_out", order.id, "danger")),
            rx.cond(order.may_approve, _act(TEXTS.approve, order.approve_name, "approve", order.id, "soft")),
            rx.cond(order.may_withdraw, _act(TEXTS.withdraw, order.withdraw_name, "withdraw", order.id, "line")),
            class_name="row wrap",
        ),
        key=order.id,
    )  # fmt: skip


def _act(label: str, name: Any, kind: str, key: Any, look: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=STATE.ask(kind, key), class_name=f"vd-btn {look} sm",
        custom_attrs={"aria-label": name},
    )  # fmt: skip
