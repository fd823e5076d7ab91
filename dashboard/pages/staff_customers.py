"""All customers of the company, for its own people."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told, told_field
from dashboard.components.basics import amount, sr
from dashboard.components.dialogs import dialog
from dashboard.components.frame import page
from dashboard.components.paging import paging
from dashboard.components.proof import proof_dialog
from dashboard.components.search import search_box
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import staff_frame
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_customers_out import out_buttons, out_window
from dashboard.pages.staff_customers_state import LIST as PLACE
from dashboard.pages.staff_customers_state import REASON, ROUTE, StaffCustomersState
from dashboard.rows.staff_customers import CustomerRow

TEXTS, ACTING = SHOWN.staff.customers, SHOWN.staff.acting_for
FORM = "behalf-form"
TITLE = SHOWN.staff.nav.customers
STATE: Any = StaffCustomersState
LIST: Any = StaffCustomersState.list
BEHALF: Any = StaffCustomersState.behalf


@page(route=ROUTE, title=TITLE, on_load=StaffCustomersState.load)
def staff_customers() -> rx.Component:
    """The content of the page."""
    return staff_frame(
        ROUTE,
        told(STATE, PLACE),
        rx.el.div(
            search_box(TEXTS.search, TEXTS.search_hint, StaffCustomersState.search),
            rx.el.span(LIST.count, class_name="mut", role="status"),
            class_name="row between wrap vd-tools",
        ),
        rx.el.section(
            rx.cond(LIST.spread != "", _table(), _none()),
            paging(LIST.spread, has_previous=LIST.has_previous, has_next=LIST.has_next, turn=STATE.turn),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TITLE},
        ),
        rx.cond(BEHALF.id != "", _behalf()),
        rx.cond(STATE.out.whom != "", out_window()),
        proof_dialog(STATE),
        title=TITLE,
        lede=TEXTS.lede,
        action=out_buttons(),
    )  # fmt: skip


def _table() -> rx.Component:
    heads = [
        head(TEXTS.name), head(TEXTS.to_pay, class_name="r"), head(TEXTS.overdue, class_name="r"),
        head(sr(ACTING.button)),
    ]  # fmt: skip
    return table(heads, rx.foreach(LIST.rows, _row), class_name="vd-table cards staff")


def _row(row: rx.vars.ObjectVar[CustomerRow]) -> rx.Component:
    late = rx.cond(row.overdue.figures != "", amount(row.overdue, class_name="vd-amount late"))
    act = rx.el.button(
        ACTING.button, type="button", on_click=STATE.ask(row.id), class_name="vd-btn line sm",
        custom_attrs={"aria-label": row.act_name},
    )  # fmt: skip
    return rx.el.tr(
        cell(rx.el.strong(row.name), rx.el.span(row.city, class_name="sub")),
        cell(amount(row.open), rx.el.span(row.invoices, class_name="sub"), class_name="r", label=TEXTS.to_pay),
        cell(late, class_name=rx.cond(row.overdue.figures != "", "r", "r nil"), label=TEXTS.overdue),
        cell(act, class_name="r act"),
        role="row",
        key=row.id,
    )


def _none() -> rx.Component:
    return rx.el.div(rx.el.h2(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty", role="status")


def _behalf() -> rx.Component:
    return dialog(
        rx.el.p(ACTING.text, class_name="fs14 mut"),
        rx.el.form(
            told_field(
                REASON, ACTING.reason, hint=ACTING.reason_hint, trouble=STATE.trouble, max_length=160, required=True,
                custom_attrs={"data-first": ""},
            ),
            on_submit=STATE.act,
            id=FORM,
            class_name="vd-form",
        ),
        name="behalf",
        title=BEHALF.title,
        close=STATE.close,
        footer=[
            rx.el.button(ACTING.leave, type="button", on_click=STATE.close, class_name="vd-btn line"),
            rx.el.button(ACTING.submit, type="submit", form=FORM, class_name="vd-btn solid"),
        ],
    )  # fmt: skip
