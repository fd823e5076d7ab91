"""The presenter's page: stories, a clock that moves, failures on request, and the mails beside them."""

from typing import Any

import reflex as rx

from dashboard.components.basics import heading, icon, note, problem, sr
from dashboard.components.frame import page
from dashboard.components.shown import SHOWN
from dashboard.pages.demo_state import MOVE, RESET, ROUTE, STEP, DemoState
from dashboard.rows.demo import DONE, FaultRow, MailRow, StepRow, StoryRow

TEXTS = SHOWN.demo
STATE: Any = DemoState
VIEW: Any = DemoState.view
CARD: Any = DemoState.view.card


@page(route=ROUTE, title=TEXTS.title, on_load=DemoState.load)
def demo() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(heading(TEXTS.title, lede=TEXTS.lede), _reset(), class_name="vd-head"),
        problem(STATE.sorry),
        problem(VIEW.trouble),
        rx.el.div(
            rx.el.nav(
                rx.foreach(VIEW.stories, _story), class_name="vd-card vd-stories",
                custom_attrs={"aria-label": TEXTS.list},
            ),
            _told(),
            rx.el.div(_clock(), _faults(), _mails(), class_name="stack"),
            class_name="vd-demos",
        ),
    )  # fmt: skip


def _reset() -> rx.Component:
    return rx.el.div(
        rx.cond(STATE.took != "", rx.el.span(STATE.took, class_name="fs13 mut3", role="status")),
        rx.el.button(
            icon("reset", size="s"), rx.cond(STATE.busy == RESET, TEXTS.busy, TEXTS.reset), type="button",
            on_click=DemoState.reset_all, disabled=STATE.busy != "", class_name="vd-btn line",
        ),
        class_name="row wrap",
    )  # fmt: skip


def _story(row: rx.vars.ObjectVar[StoryRow]) -> rx.Component:
    mark = rx.cond(row.state == DONE, icon("check", size="s"), row.mark)
    return rx.el.button(
        rx.el.span(mark, class_name=f"k {row.state}"),
        rx.el.span(rx.el.span(row.title, class_name="b fs14"), rx.el.span(row.size, class_name="fs13 mut3 under")),
        type="button", on_click=STATE.choose(row.key), key=row.key,
        class_name=rx.cond(row.current == "true", "sl on", "sl"), custom_attrs={"aria-current": row.current},
    )  # fmt: skip


def _told() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.div(rx.el.p(CARD.place, class_name="fs13 mut3"), rx.el.h2(CARD.title)),
            rx.el.span(icon("play"), rx.el.span(CARD.badge), class_name=f"vd-badge {CARD.tone}"),
        ),
        rx.el.div(
            rx.el.ol(rx.foreach(CARD.steps, _step), class_name="vd-hist"),
            note(rx.el.strong(TEXTS.say), " ", CARD.say, tone="info", icon_name="info"),
            rx.el.div(
                rx.cond(CARD.press != "", _press()),
                rx.cond(CARD.hint != "", rx.el.p(CARD.hint, class_name="mut", role="status")),
                class_name="row wrap",
            ),
            rx.cond(CARD.is_begun, rx.el.p(TEXTS.private, class_name="fs13 mut3")),
            class_name="pad stack",
        ),
        class_name="vd-card",
        custom_attrs={"aria-label": CARD.title},
    )


def _press() -> rx.Component:
    return rx.el.button(
        rx.cond(STATE.busy == STEP, TEXTS.busy, CARD.press), icon("right", size="s"), type="button",
        on_click=DemoState.press, disabled=STATE.busy != "", class_name="vd-btn solid lg",
    )  # fmt: skip


def _step(row: rx.vars.ObjectVar[StepRow]) -> rx.Component:
    where = rx.el.a(
        icon("users", size="s"), row.open, href=row.url, target="_blank", rel="noopener", title=row.where,
        class_name="who", custom_attrs={"aria-label": row.where},
    )  # fmt: skip
    return rx.el.li(
        rx.el.span(icon(row.icon), class_name=f"ic {row.tone}"),
        rx.el.p(
            rx.el.strong(row.title), rx.cond(row.state == DONE, sr(TEXTS.told)), rx.el.br(),
            rx.el.span(row.text, class_name="mut"),
            rx.cond(row.open != "", rx.fragment(rx.el.br(), where)),
        ),
        class_name=rx.cond(row.state == "next", "next", ""),
        key=row.key,
    )  # fmt: skip


def _clock() -> rx.Component:
    moves = [
        rx.el.button(name, type="button", on_click=STATE.move(hours), disabled=STATE.busy != "",
                     class_name="vd-btn line")
        for hours, name in TEXTS.moves.items()
    ]  # fmt: skip
    event = rx.el.button(
        VIEW.event, type="button", on_click=DemoState.move_to_event, disabled=STATE.busy != "",
        class_name="vd-btn line wide",
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2(TEXTS.clock),
        rx.el.div(
            rx.el.div(VIEW.time, class_name="num time"),
            rx.el.div(rx.cond(STATE.busy == MOVE, TEXTS.busy, VIEW.day), class_name="mut fs14", role="status"),
            class_name="now",
        ),
        rx.el.div(*moves, rx.cond(VIEW.event != "", event), class_name="moves"),
        rx.el.p(TEXTS.clock_note, class_name="fs13 mut3"),
        class_name="vd-card p vd-clockcard",
        custom_attrs={"aria-label": TEXTS.clock},
    )


def _faults() -> rx.Component:
    return rx.el.section(
        rx.el.h2(TEXTS.faults),
        rx.foreach(VIEW.faults, _fault),
        class_name="vd-card p vd-faults",
        custom_attrs={"aria-label": TEXTS.faults},
    )


def _fault(row: rx.vars.ObjectVar[FaultRow]) -> rx.Component:
    switch = rx.el.button(
        type="button", on_click=STATE.turn(row.key), class_name=rx.cond(row.on == "true", "vd-switch on", "vd-switch"),
        role="switch", custom_attrs={"aria-checked": row.on, "aria-label": row.title},
    )  # fmt: skip
    words = rx.el.span(rx.el.span(row.title, class_name="b5"), rx.el.span(row.text, class_name="fs13 mut3 under"))
    return rx.el.div(words, switch, class_name="row between", key=row.key)


def _mails() -> rx.Component:
    every = rx.el.a(TEXTS.mailbox_all, href=VIEW.mailbox, target="_blank", rel="noopener")
    return rx.el.section(
        rx.el.div(rx.el.h2(TEXTS.mailbox), rx.cond(VIEW.mailbox != "", every), class_name="row between"),
        rx.cond(
            VIEW.mails.length() > 0,
            rx.el.ul(rx.foreach(VIEW.mails, _mail)),
            rx.el.p(TEXTS.no_mails, class_name="fs13 mut3"),
        ),
        class_name="vd-card p vd-mails",
        custom_attrs={"aria-label": TEXTS.mailbox},
    )


def _mail(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    return rx.el.li(
        rx.el.a(row.subject, href=row.url, target="_blank", rel="noopener"),
        rx.el.span(row.reader, " · ", row.at, class_name="fs13 mut3 under"),
        key=row.url,
    )
