"""All invoices of an account: filter, search, and several at once to pay or to download."""

from typing import Any

import reflex as rx

from dashboard.components.basics import NativeForm, amount, badge, file_link, heading, icon, link, problem, sr
from dashboard.components.frame import crumbs, page
from dashboard.components.methods import group, method_buttons
from dashboard.components.paging import paging
from dashboard.components.period import period_download
from dashboard.components.search import search_box
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.pages.invoices_state import ROUTE, InvoicesState
from dashboard.rows.invoices import ListRow

TEXTS = SHOWN.invoices
COLUMNS = SHOWN.dashboard
STATE: Any = InvoicesState
VIEW: Any = InvoicesState.list
CHOICE: Any = InvoicesState.choice


@page(route=ROUTE, title=TEXTS.title, on_load=InvoicesState.load)
def invoices() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title)),
            rx.el.div(
                rx.el.div(COLUMNS.together, class_name="fs13 mut"),
                amount(InvoicesState.total, class_name="vd-hero"),
                class_name="r",
            ),
            class_name="vd-head",
        ),
        rx.el.div(
            _filter(),
            rx.el.div(
                search_box(TEXTS.search, TEXTS.search_hint, InvoicesState.search),
                period_download(STATE.period),
                class_name="row wrap vd-finders",
            ),
            class_name="row between wrap vd-tools",
        ),
        rx.el.section(
            rx.cond(VIEW.spread != "", _table(), _none()),
            paging(VIEW.spread, has_previous=VIEW.has_previous, has_next=VIEW.has_next, turn=STATE.turn),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TEXTS.list},
        ),
        problem(InvoicesState.sorry),
        rx.cond(CHOICE.count != "", _selection()),
    )


def _filter() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.button(
                label,
                type="button",
                on_click=STATE.show(value),
                class_name=rx.cond(InvoicesState.shown == value, "on", ""),
                custom_attrs={"aria-pressed": rx.cond(InvoicesState.shown == value, "true", "false")},
            )
            for value, label in TEXTS.filters
        ],
        class_name="vd-seg",
        role="group",
        custom_attrs={"aria-label": TEXTS.filter},
    )


def _table() -> rx.Component:
    heads = [
        head(sr(TEXTS.choose)), head(COLUMNS.number), head(COLUMNS.date), head(COLUMNS.due), head(COLUMNS.status),
        head(TEXTS.amount, class_name="r"), head(COLUMNS.to_pay, class_name="r"),
    ]  # fmt: skip
    return table(heads, rx.foreach(VIEW.rows, _row), class_name="vd-table tight invs")


def _row(row: rx.vars.ObjectVar[ListRow]) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        checked=row.chosen,
        on_change=lambda _: STATE.choose(row.number),
        class_name="vd-check",
        custom_attrs={"aria-label": row.choose_name},
    )
    overdue = rx.cond(row.overdue != "", rx.el.span(row.overdue, class_name="sub late"))
    return rx.el.tr(
        cell(box),
        cell(_number(row), rx.el.span(row.subject, class_name="sub")),
        cell(row.issued_on, class_name="nw"),
        cell(row.due_on, overdue, class_name="nw", label=rx.cond(row.file_url != "", "", COLUMNS.due_short)),
        cell(badge(row.badge)),
        cell(row.total, class_name="r nw"),
        cell(amount(row.open, class_name=rx.cond(row.is_open, "vd-amount", "nw mut3")), class_name="r"),
        role="row",
        class_name=rx.cond(row.chosen, "sel", ""),
        key=row.number,
    )


def _number(row: rx.vars.ObjectVar[ListRow]) -> rx.Component:
    return rx.cond(
        row.file_url != "",
        file_link(row.number, to=row.file_url, class_name="no"),
        link(row.number, to=row.url, class_name="no"),
    )


def _none() -> rx.Component:
    return rx.el.div(rx.el.h2(VIEW.none), rx.el.p(VIEW.none_text), class_name="vd-empty", role="status")


def _selection() -> rx.Component:
    download = NativeForm.create(
        rx.foreach(CHOICE.numbers, lambda n: rx.el.input(type="hidden", name="number", value=n, read_only=True)),
        rx.el.button(icon("down", size="s"), TEXTS.download, type="submit", class_name="vd-btn inv"),
        action="/files/invoices.zip",
        method="post",
    )
    return rx.el.div(
        rx.el.span(CHOICE.count, class_name="q", role="status"),
        rx.cond(CHOICE.payable, rx.el.span(CHOICE.total, class_name="tot")),
        download,
        rx.cond(CHOICE.payable, _pay()),
        rx.el.button(
            icon("x", size="s"),
            type="button",
            on_click=InvoicesState.clear,
            class_name="vd-ghost",
            custom_attrs={"aria-label": TEXTS.clear},
        ),
        class_name="vd-selbar",
        role="region",
        custom_attrs={"aria-label": TEXTS.chosen},
    )


def _pay() -> rx.Component:
    return rx.fragment(
        rx.el.button(TEXTS.pay, type="button", class_name="vd-btn light", custom_attrs={"popoverTarget": "together"}),
        rx.el.div(
            rx.el.h2(TEXTS.pay_title, id="together-title"),
            rx.el.p(TEXTS.pay_text, class_name="fs14 mut"),
            rx.el.div(CHOICE.count, ", ", rx.el.strong(CHOICE.total), class_name="num"),
            problem(InvoicesState.sorry),
            group(SHOWN.methods.by_hand, method_buttons(InvoicesState.pay, InvoicesState.busy)),
            rx.el.button(SHOWN.shell.close, type="button", class_name="vd-btn line",
                         custom_attrs={"popoverTarget": "together", "popoverTargetAction": "hide"}),
            id="together", class_name="vd-pop",
            custom_attrs={"popover": "auto", "role": "dialog", "aria-labelledby": "together-title"},
        ),
    )  # fmt: skip
