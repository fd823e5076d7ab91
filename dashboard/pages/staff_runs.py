"""Runs of invoices, reminders and collections: what they did, what they would do, and the button that starts one."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, badge, note
from dashboard.components.frame import page
from dashboard.components.paging import paging
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import staff_frame
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_runs_preview import preview_window
from dashboard.pages.staff_runs_state import ROUTE, TOP, StaffRunsState
from dashboard.rows.runs import COLLECTIONS, INVOICES, REMINDERS, Day, Run

TEXTS = SHOWN.staff.runs
STATE: Any = StaffRunsState
RUNS: Any = StaffRunsState.runs


@page(route=ROUTE, title=SHOWN.staff.nav.runs, on_load=StaffRunsState.load)
def staff_runs() -> rx.Component:
    """The content of the page."""
    reminders, collections = TEXTS.reminders, TEXTS.collections
    return staff_frame(
        ROUTE,
        told(StaffRunsState, TOP),
        rx.cond(STATE.busy, note(TEXTS.busy, " ", STATE.progress, tone="s-pending", icon_name="way", role="status")),
        _card(INVOICES, _invoice_runs()),
        _card(
            REMINDERS,
            _days(
                STATE.reminders, (reminders.taken, reminders.postponed), reminders.day, reminders.sum, reminders.none
            ),
        ),
        _card(
            COLLECTIONS,
            _days(
                STATE.collections, (collections.coming, collections.collected, collections.failed), collections.day,
                collections.sum, collections.none,
            ),
        ),
        preview_window(),
        proof_dialog(STATE),
        title=SHOWN.staff.nav.runs,
        lede=TEXTS.lede,
    )  # fmt: skip


def _card(kind: str, *content: Any) -> rx.Component:
    texts = TEXTS.kinds[kind]
    button = rx.el.button(
        texts.foresee, type="button", on_click=STATE.foresee(kind), disabled=STATE.busy, class_name="vd-btn soft sm",
        custom_attrs={"aria-label": texts.preview},
    )  # fmt: skip
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(texts.title, id=f"{kind}-title"), rx.el.p(texts.lede, class_name="fs14 mut"),
                class_name="stack xs",
            ),
            button,
        ),
        *content,
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": f"{kind}-title"},
    )  # fmt: skip


def _invoice_runs() -> rx.Component:
    texts = TEXTS.invoices
    return rx.fragment(
        rx.cond(
            RUNS.rows.length() > 0,
            rx.el.ul(rx.foreach(RUNS.rows, _run), class_name="vd-rows vd-runs"),
            rx.el.p(texts.none, class_name="pad mut"),
        ),
        paging(RUNS.spread, has_previous=RUNS.has_previous, has_next=RUNS.has_next, turn=STATE.turn),
    )


def _run(run: rx.vars.ObjectVar[Run]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h3(run.until), rx.el.p(run.count, class_name="fs14"), rx.el.p(run.by, class_name="fs13 mut3"),
            rx.cond(run.because != "", rx.el.p(run.because, class_name="fs14 late")),
        ),
        badge(run.state),
        rx.el.div(
            amount(run.total), rx.cond(run.credits != "", rx.el.p(run.credits, class_name="fs13 cred")), class_name="r"
        ),
        key=run.id,
    )  # fmt: skip


def _days(days: Any, counts: tuple[str, ...], on: str, total: str, none: str) -> rx.Component:
    heads = [head(on), *(head(label, class_name="r") for label in counts), head(total, class_name="r")]

    def row(one: rx.vars.ObjectVar[Day]) -> rx.Component:
        shown = zip((one.first, one.second, one.third), counts, strict=False)
        cells = [cell(count, class_name="r num", label=label) for count, label in shown]
        return rx.el.tr(cell(one.on, class_name="no"), *cells, cell(amount(one.sum), class_name="r amt"), role="row")

    return rx.cond(
        days.length() > 0,
        table(heads, rx.foreach(days, row), class_name="vd-table cards days tight"),
        rx.el.p(none, class_name="pad mut"),
    )
