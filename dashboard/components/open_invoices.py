"""The region of open invoices on the dashboard."""

import reflex as rx

from dashboard.components.basics import amount, badge, icon, link, sr, stamp
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.rows.invoices import OpenCard, OpenRow

TEXTS = SHOWN.dashboard
HIDDEN = {"aria-hidden": "true"}


def open_invoices(card: rx.vars.ObjectVar[OpenCard]) -> rx.Component:
    """What is open, the oldest first; in words when nothing is."""
    return rx.el.section(
        rx.cond(card.count != "", _filled(card), _clear(card)),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": "open-title"},
    )


def _title() -> rx.Component:
    return rx.el.h2(TEXTS.open_title, id="open-title")


def _clear(card: rx.vars.ObjectVar[OpenCard]) -> rx.Component:
    settled = rx.el.div(stamp(SHOWN.paper.stamp, on=card.last_paid_on), class_name="stamped", custom_attrs=HIDDEN)
    return rx.fragment(
        rx.el.header(_title()),
        rx.el.div(
            rx.cond(card.last_paid_on != "", settled, rx.el.span(icon("okc"), class_name="vd-tile s-paid")),
            rx.el.h3(TEXTS.clear_title),
            rx.el.p(rx.cond(card.last_paid != "", f"{card.last_paid} ", ""), TEXTS.clear_text),
            link(TEXTS.all_invoices, to="/invoices", class_name="vd-btn soft"),
            class_name="vd-empty tight",
        ),
    )


def _filled(card: rx.vars.ObjectVar[OpenCard]) -> rx.Component:
    return rx.fragment(
        rx.el.header(
            rx.el.div(_title(), rx.el.p(card.title, class_name="fs14 mut")),
            rx.el.div(
                rx.el.div(TEXTS.together, class_name="fs13 mut"),
                amount(card.total, class_name="vd-hero"),
                class_name="r",
            ),
        ),
        _table(card),
        rx.el.footer(
            link(TEXTS.all_invoices, to="/invoices"),
            rx.cond(
                card.together != "",
                link(card.together, icon("right", size="s"), to="/invoices?kies=open", class_name="row vd-onward"),
            ),
        ),
    )


def _table(card: rx.vars.ObjectVar[OpenCard]) -> rx.Component:
    heads = [
        head(TEXTS.number), head(TEXTS.status), head(TEXTS.date), head(TEXTS.due), head(TEXTS.to_pay, class_name="r"),
        head(sr(TEXTS.pay)),
    ]  # fmt: skip
    return table(heads, rx.foreach(card.rows, _row), class_name="vd-table cards op")


def _row(row: rx.vars.ObjectVar[OpenRow]) -> rx.Component:
    return rx.el.tr(
        cell(link(row.number, to=row.url, class_name="no"), rx.el.span(row.subject, class_name="sub")),
        cell(badge(row.badge), class_name="st2"),
        cell(row.issued_on, label=TEXTS.date),
        cell(
            row.due_on, rx.el.span(row.distance, class_name=f"sub in {row.distance_tone}"), label=TEXTS.due_short
        ),
        cell(
            amount(row.open),
            rx.cond(row.credits != "", rx.el.span(row.credits, class_name="sub cred")),
            class_name="r amt",
        ),
        cell(
            link(row.action, to=row.url, class_name=f"vd-btn sm {row.button}",
                 custom_attrs={"aria-label": row.action_name}),
            class_name="r act",
        ),
        role="row",
        key=row.number,
    )  # fmt: skip
