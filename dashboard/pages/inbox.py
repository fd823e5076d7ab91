"""The inbox of who looks after several customers: what is open at each of them, in one list."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, badge, heading, icon, link, sr
from dashboard.components.frame import crumbs, page
from dashboard.components.paging import paging
from dashboard.components.period import account_choice, period_download
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.pages.inbox_state import ROUTE, InboxState
from dashboard.rows.inbox import Customer, MailRow

TEXTS = SHOWN.inbox
COLUMNS = SHOWN.dashboard
STATE: Any = InboxState
MAIL: Any = InboxState.mail


@page(route=ROUTE, title=TEXTS.title, on_load=InboxState.load)
def inbox() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)),
            rx.el.div(
                rx.el.div(COLUMNS.together, class_name="fs13 mut"),
                amount(MAIL.total, class_name="vd-hero"),
                class_name="r",
            ),
            class_name="vd-head",
        ),
        rx.el.div(
            _customer(MAIL.everybody),
            rx.foreach(MAIL.customers, _customer),
            class_name="vd-customers",
            role="group",
            custom_attrs={"aria-label": TEXTS.customers},
        ),
        rx.el.section(
            _header(),
            rx.cond(MAIL.spread != "", _table(), _clear()),
            paging(MAIL.spread, has_previous=MAIL.has_previous, has_next=MAIL.has_next, turn=STATE.turn),
            class_name="vd-card",
            custom_attrs={"aria-labelledby": "inbox-title"},
        ),
    )


def _customer(customer: rx.vars.ObjectVar[Customer]) -> rx.Component:
    return rx.el.button(
        rx.el.span(rx.el.span(customer.name, class_name="nm"), " ", rx.el.span(customer.count, class_name="q")),
        " ",
        amount(customer.open, class_name=customer.tone),
        type="button",
        title=customer.name,
        on_click=STATE.show(customer.id),
        class_name=rx.cond(customer.chosen == "true", "on", ""),
        custom_attrs={"aria-pressed": customer.chosen},
        key=customer.id,
    )


def _header() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h2(MAIL.title, id="inbox-title"),
            rx.cond(MAIL.lede != "", rx.el.p(MAIL.lede, class_name="fs14 mut")),
        ),
        rx.el.div(
            rx.cond(
                MAIL.together != "",
                rx.el.button(
                    MAIL.together, icon("right", size="s"), type="button", on_click=STATE.pay_together,
                    class_name="vd-btn soft",
                ),
            ),
            period_download(MAIL.period, account_choice(MAIL.customers, MAIL.period.account)),
            class_name="row wrap vd-finders",
        ),
    )  # fmt: skip


def _table() -> rx.Component:
    heads = [
        head(TEXTS.customer), head(COLUMNS.number), head(COLUMNS.due), head(COLUMNS.status),
        head(COLUMNS.to_pay, class_name="r"), head(sr(COLUMNS.pay)),
    ]  # fmt: skip
    return table(heads, rx.foreach(MAIL.rows, _row), class_name="vd-table cards inb")


def _row(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    action = {"aria-label": row.action_name}
    return rx.el.tr(
        cell(row.customer, class_name="cust"),
        cell(link(row.number, to=row.url, class_name="no"), rx.el.span(row.subject, class_name="sub"), class_name="nr"),
        cell(
            row.due_on, rx.el.span(row.distance, class_name=f"sub in {row.distance_tone}"), class_name="due",
            label=COLUMNS.due_short,
        ),
        cell(badge(row.badge), class_name="st2"),
        cell(amount(row.open), class_name="r amt"),
        cell(
            link(row.action, to=row.url, class_name=f"vd-btn sm {row.button}", custom_attrs=action),
            class_name="r act",
        ),
        role="row",
        key=row.number,
    )  # fmt: skip


def _clear() -> rx.Component:
    return rx.el.div(
        rx.el.span(icon("okc"), class_name="vd-tile s-paid"),
        rx.el.h3(MAIL.clear_title),
        rx.el.p(MAIL.clear_text),
        class_name="vd-empty tight",
        role="status",
    )
