"""The window in which a service is cancelled or changed, with all that its amount follows from."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, icon, leader, note, sums
from dashboard.components.dialogs import dialog
from dashboard.components.shown import SHOWN
from dashboard.rows.changes import Line, Option

TEXTS = SHOWN.products.change


def change_window(window: Any, state: Any, *, stale: str) -> rx.Component:
    """window: a `Window`; state: whose events they are; stale: the place where it is told that it is shown again."""
    submit = rx.el.button(
        window.submit, type="button", on_click=state.confirm,
        class_name=rx.cond(window.danger, "vd-btn danger", "vd-btn solid"),
    )  # fmt: skip
    leave = rx.el.button(
        window.leave, type="button", on_click=state.close, class_name="vd-btn line", custom_attrs={"data-first": ""}
    )
    return dialog(
        told(state, stale),
        _choices(window, state),
        _hanging(window, state),
        rx.cond(window.has_money, _money(window), note(window.nothing, tone="info", icon_name="info")),
        rx.cond(window.endings.length() > 1, _endings(window)),
        rx.cond(window.fixed != "", _fixed(window)),
        name="change",
        title=window.title,
        lede=window.lede,
        close=state.close,
        footer=[leave, submit],
    )


def _choices(window: Any, state: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(window.legend, class_name="sr"),
        rx.el.div(rx.foreach(window.options, lambda option: _option(option, state)), class_name="vd-opts"),
        class_name="vd-pick",
    )


def _option(option: rx.vars.ObjectVar[Option], state: Any) -> rx.Component:
    radio = rx.el.input(
        type="radio", name="option", value=option.id, checked=option.chosen, class_name="vd-check",
        on_change=lambda _: state.choose(option.id),
    )  # fmt: skip
    return rx.el.label(
        radio,
        rx.el.span(option.label, rx.el.small(option.hint)),
        class_name=rx.cond(option.chosen, "vd-opt on", "vd-opt"),
        key=option.id,
    )


def _hanging(window: Any, state: Any) -> rx.Component:
    boxes = rx.el.fieldset(
        rx.el.legend(TEXTS.hanging),
        rx.el.p(TEXTS.hanging_hint, class_name="fs13 mut3"),
        rx.foreach(window.hanging, lambda option: _box(option, state)),
        class_name="vd-pick",
    )
    return rx.cond(window.hanging.length() > 0, boxes)


def _box(option: rx.vars.ObjectVar[Option], state: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox", checked=option.chosen, class_name="vd-check", on_change=lambda _: state.toggle(option.id)
    )
    return rx.el.label(
        box,
        rx.el.span(option.label, rx.el.small(option.hint)),
        class_name=rx.cond(option.chosen, "vd-opt on", "vd-opt"),
        key=option.id,
    )


def _money(window: Any) -> rx.Component:
    top = rx.el.div(
        rx.el.div(
            rx.el.h3(window.headline, class_name="fs14 b"),
            rx.el.p(window.about, class_name="fs13 mut"),
        ),
        amount(window.amount, class_name="vd-hero"),
        class_name="top row between wrap",
    )
    return rx.el.section(
        top,
        rx.el.div(
            rx.el.h4(TEXTS.lines, class_name="fs13 mut"),
            rx.foreach(window.lines, _line),
            sums(window.sums),
            class_name="under",
        ),
        class_name="vd-change",
    )


def _line(line: rx.vars.ObjectVar[Line]) -> rx.Component:
    facts: Any = line.facts
    return rx.el.details(
        rx.el.summary(rx.el.span(line.title), rx.el.span(line.amount, class_name="num")),
        rx.el.dl(rx.foreach(facts, lambda fact: leader(fact.label, fact.amount)), class_name="vd-sum"),
        rx.el.p(line.policy, class_name="fs13 mut"),
    )


def _endings(window: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(window.endings, rx.el.li), class_name="fs14 vd-endings")


def _fixed(window: Any) -> rx.Component:
    return rx.el.div(
        icon("lock"),
        rx.el.div(rx.el.strong(TEXTS.fixed), " ", window.fixed),
        class_name="vd-note info",
    )
