"""The standing mandate as a card, the wait for one, and the collections to come."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, badge, icon, link, note
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.rows.mandate import PAUSE, RESUME, WITHDRAW, Coming, Fact, Page

TEXTS = SHOWN.mandate


def live_card(page: rx.vars.ObjectVar[Page], *, ask: Any) -> rx.Component:
    """The mandate, what is collected next, and what can be done. ask: the event of a button, with what it is for."""
    live = page.live
    return rx.el.section(
        rx.el.header(
            rx.el.div(rx.el.h2(TEXTS.card.title, id="mandate-title"), badge(live.badge), class_name="row wrap vd-title")
        ),
        rx.el.div(
            rx.cond(live.why != "", note(live.why, tone="s-part", icon_name="clock")),
            rx.cond(live.next_on != "", _next(live)),
            rx.cond(live.nothing != "", rx.el.p(live.nothing, class_name="fs14 mut")),
            rx.el.dl(rx.foreach(live.facts, _fact), class_name="vd-facts"),
            class_name="pad vd-own",
        ),
        rx.cond(page.may_manage, _acts(live, ask)),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": "mandate-title"},
    )


def waiting_card() -> rx.Component:
    """The bank has still to say whether a request was signed; the page goes on by itself."""
    return rx.el.section(
        rx.el.span(class_name="vd-ring", custom_attrs={"aria-hidden": "true"}),
        rx.el.div(rx.el.h2(TEXTS.waiting.title), rx.el.p(TEXTS.waiting.text, class_name="mut")),
        class_name="vd-card p vd-waiting",
        role="status",
    )


def coming(rows: Any) -> rx.Component:
    """The collections to come, the earliest first."""
    words = TEXTS.coming
    heads = [head(words.invoice), head(words.on), head(words.status), head(words.amount, class_name="r")]
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(words.title, id="coming-title"), rx.el.p(words.lede, class_name="fs14 mut"),
                class_name="stack xs",
            )
        ),
        table(heads, rx.foreach(rows, _coming), class_name="vd-table cards coming"),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "coming-title"},
    )  # fmt: skip


def _next(live: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(TEXTS.card.next, class_name="fs14 mut"),
        amount(live.next_amount, class_name="vd-hero"),
        rx.el.div(live.next_on, class_name="fs14"),
    )


def _fact(fact: rx.vars.ObjectVar[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.value))


def _acts(live: Any, ask: Any) -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.cond(live.may_resume, _act(TEXTS.resume.button, ask(RESUME), class_name="vd-btn solid")),
            rx.cond(live.may_pause, _act(TEXTS.pause.button, ask(PAUSE), class_name="vd-btn line")),
            _act(TEXTS.withdraw.button, ask(WITHDRAW), class_name="vd-btn line"),
            class_name="row wrap",
        )
    )


def _act(label: str, event: Any, *, class_name: str) -> rx.Component:
    return rx.el.button(label, type="button", on_click=event, class_name=class_name)


def _coming(row: rx.vars.ObjectVar[Coming]) -> rx.Component:
    return rx.el.tr(
        cell(link(row.number, to=row.url, class_name="no")),
        cell(icon("cal", size="s"), " ", row.on, class_name="on"),
        cell(badge(row.state), class_name="st"),
        cell(amount(row.amount), class_name="r amt"),
        role="row",
        key=row.number,
    )
