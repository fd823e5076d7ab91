"""The window in which finance logs somebody out everywhere, or everybody at once."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told_field
from dashboard.components.dialogs import dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.staff_customers_state import EMAIL, StaffCustomersState

TEXTS = SHOWN.staff.logging_out
FORM = "log-out-form"
STATE: Any = StaffCustomersState
OUT: Any = StaffCustomersState.out


def out_buttons() -> rx.Component:
    """Where it begins."""
    return rx.el.div(
        rx.el.button(TEXTS.one.button, type="button", on_click=STATE.ask_out("one"), class_name="vd-btn line sm"),
        rx.el.button(TEXTS.all.button, type="button", on_click=STATE.ask_out("all"), class_name="vd-btn line sm"),
        class_name="row wrap",
    )


def out_window() -> rx.Component:
    """Who it is, or whether it really is everybody."""
    whom = told_field(
        EMAIL, TEXTS.email, trouble=STATE.trouble, type="email", max_length=254, required=True,
        custom_attrs={"data-first": ""},
    )  # fmt: skip
    return dialog(
        rx.el.p(OUT.text, class_name="fs14 mut"),
        rx.el.form(rx.cond(OUT.whom == "one", whom), on_submit=STATE.log_out, id=FORM, class_name="vd-form"),
        name="log-out",
        title=OUT.title,
        close=STATE.close,
        footer=[
            rx.el.button(TEXTS.leave, type="button", on_click=STATE.close, class_name="vd-btn line"),
            rx.el.button(OUT.submit, type="submit", form=FORM, class_name="vd-btn danger"),
        ],
        narrow=True,
    )
