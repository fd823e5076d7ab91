"""What comes before a stop: tasks for people, who is reminded and what that waits for, domains, and the collections."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, icon
from dashboard.components.paging import paging
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import acts_head
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_stops_state import StaffStopsState
from dashboard.rows.reminded import Case, Hold, Task, Waiting

TEXTS = SHOWN.staff.stops
STATE: Any = StaffStopsState
CASES: Any = StaffStopsState.cases
SWITCH: Any = StaffStopsState.switch


def tasks_card() -> rx.Component:
    """What only people can do."""
    texts = TEXTS.tasks
    return _card(
        texts.title, "tasks",
        rx.cond(
            STATE.tasks.length() > 0,
            rx.el.ul(rx.foreach(STATE.tasks, _task), class_name="vd-rows"),
            rx.el.p(texts.none, class_name="pad mut"),
        ),
    )  # fmt: skip


def cases_card() -> rx.Component:
    """Who is being reminded."""
    texts = TEXTS.cases
    heads = [
        head(texts.customer),
        head(texts.overdue, class_name="r"),
        head(texts.step),
        head(texts.waits),
        acts_head(),
    ]
    return _card(
        texts.title, "cases",
        rx.cond(
            CASES.rows.length() > 0,
            table(heads, rx.foreach(CASES.rows, _case), class_name="vd-table cards cases"),
            rx.el.p(texts.none, class_name="pad mut"),
        ),
        paging(CASES.spread, has_previous=CASES.has_previous, has_next=CASES.has_next, turn=STATE.turn),
        beside=rx.el.span(CASES.count, class_name="mut fs14"),
    )  # fmt: skip


def held_card() -> rx.Component:
    """Domains that are not renewed by themselves; no card when there is none."""
    texts = TEXTS.renewals
    shown = _card(texts.title, "held", rx.el.ul(rx.foreach(STATE.held, _held), class_name="vd-rows"), lede=texts.lede)
    return rx.cond(STATE.held.length() > 0, shown)


def switch_card() -> rx.Component:
    """The switch that holds all collections."""
    texts = TEXTS.switch
    state = rx.cond(
        SWITCH.frozen,
        rx.el.span(icon("stop"), texts.frozen, class_name="vd-badge s-late"),
        rx.el.span(icon("okc"), texts.on, class_name="vd-badge s-paid"),
    )
    button = rx.cond(
        SWITCH.frozen, _button(texts.thaw, texts.thaw, "thaw", "", "soft"),
        _button(texts.freeze, texts.freeze, "freeze", "", "line"),
    )  # fmt: skip
    body = rx.el.div(
        rx.el.div(rx.el.p(SWITCH.text), rx.el.p(SWITCH.by, class_name="fs14 mut"), class_name="stack xs"), button,
        class_name="pad row between wrap",
    )  # fmt: skip
    return _card(texts.title, "switch", body, beside=state)


def _task(task: rx.vars.ObjectVar[Task]) -> rx.Component:
    texts = TEXTS.tasks
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(task.title, ": ", task.account), rx.el.p(task.facts, class_name="fs14 mut"),
                class_name="stack xs",
            ),
            _button(texts.finish, task.finish_name, "task", task.id, "soft"),
            class_name="row between wrap",
        ),
        key=task.id,
    )  # fmt: skip


def _case(case: rx.vars.ObjectVar[Case]) -> rx.Component:
    texts = TEXTS.cases
    look = rx.el.button(
        texts.look, type="button", on_click=STATE.look(case.id), class_name="vd-btn line sm",
        custom_attrs={"aria-label": case.look_name},
    )  # fmt: skip
    return rx.el.tr(
        cell(rx.el.strong(case.account), rx.el.span(case.since, class_name="sub"), class_name="who"),
        cell(amount(case.overdue), class_name="r amt"),
        cell(case.step, rx.el.span(case.result, class_name="sub"), class_name="step"),
        cell(
            rx.foreach(case.waits, lambda wait: rx.el.span(wait, class_name="why")),
            rx.foreach(case.holds, _hold),
            class_name="waits",
        ),
        cell(
            rx.el.div(_button(texts.hold, case.hold_name, "hold", case.id, "line"), look, class_name="row"),
            class_name="r act",
        ),
        role="row",
        key=case.id,
    )


def _hold(hold: rx.vars.ObjectVar[Hold]) -> rx.Component:
    texts = TEXTS.cases
    return rx.el.div(
        rx.el.span(hold.text, class_name="sub pend"),
        rx.cond(hold.why != "", rx.el.span(hold.why, class_name="sub")),
        _button(texts.release, hold.release_name, "release", hold.id, "bare"),
        class_name="hold",
    )


def _held(row: rx.vars.ObjectVar[Waiting]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(row.label), rx.el.p(row.by, class_name="fs14 mut"), rx.el.p(row.open, class_name="fs14"),
                class_name="stack xs",
            ),
            _button(TEXTS.renewals.allow, row.allow_name, "allow", row.id, "soft"),
            class_name="row between wrap",
        ),
        key=row.id,
    )  # fmt: skip


def _card(title: Any, key: str, *content: Any, lede: Any = None, beside: Any = None) -> rx.Component:
    words = rx.el.p(lede, class_name="fs14 mut") if lede is not None else rx.fragment()
    return rx.el.section(
        rx.el.header(
            rx.el.div(rx.el.h2(title, id=f"{key}-title"), words, class_name="stack xs"), beside or rx.fragment()
        ),
        *content,
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": f"{key}-title"},
    )


def _button(label: str, name: Any, kind: str, key: Any, look: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=STATE.ask(kind, key), class_name=f"vd-btn {look} sm",
        custom_attrs={"aria-label": name},
    )  # fmt: skip
