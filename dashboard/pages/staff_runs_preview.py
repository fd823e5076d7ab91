"""The window of a dry run: what would happen, and the button that lets it."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, note, sums
from dashboard.components.dialogs import dialog
from dashboard.components.forms import field, hidden
from dashboard.components.shown import SHOWN
from dashboard.pages.staff_runs_state import PREVIEW, StaffRunsState
from dashboard.rows.runs import Going

TEXTS = SHOWN.staff.runs
VIEW: Any = StaffRunsState.preview
PROOF: Any = StaffRunsState.proof
FORM = "runs-form"


def preview_window() -> rx.Component:
    """Open while a dry run is shown; it makes room for the question who is there."""
    submit = rx.el.button(VIEW.submit, type="submit", form=FORM, class_name="vd-btn solid")
    window = dialog(
        told(StaffRunsState, PREVIEW),
        rx.cond(VIEW.sums.length() > 0, sums(VIEW.sums)),
        rx.cond(
            VIEW.facts.length() > 0, rx.el.ul(rx.foreach(VIEW.facts, lambda fact: rx.el.li(fact)), class_name="fs14")
        ),
        rx.cond(VIEW.rows.length() > 0, rx.el.ul(rx.foreach(VIEW.rows, _row), class_name="vd-going")),
        rx.cond(VIEW.more != "", rx.el.p(VIEW.more, class_name="fs13 mut3")),
        rx.cond(VIEW.held != "", note(VIEW.held, tone="s-late", icon_name="alert")),
        rx.el.form(
            rx.cond(
                VIEW.held != "",
                field("because", TEXTS.invoices.because, id="runs-because", hint=TEXTS.invoices.because_hint,
                      max_length=300),
                hidden("because", ""),
            ),
            on_submit=StaffRunsState.start,
            id=FORM,
        ),
        name="runs-preview",
        title=VIEW.title,
        lede=VIEW.lede,
        footer=[
            rx.el.button(
                TEXTS.cancel, type="button", on_click=StaffRunsState.close, class_name="vd-btn line",
                custom_attrs={"data-first": ""},
            ),
            rx.cond(VIEW.can_start, submit),
        ],
        close=StaffRunsState.close,
    )  # fmt: skip
    return rx.cond((VIEW.kind != "") & ~PROOF.is_open, window)


def _row(row: rx.vars.ObjectVar[Going]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.span(row.title, class_name="b"), rx.el.span(row.text, class_name="fs13 mut3")),
        amount(row.amount),
    )
