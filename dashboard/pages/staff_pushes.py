"""The push recorder: every message that the gateway sent, what became of it, and having it dealt with again."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, badge, icon, note, problem, sr
from dashboard.components.dialogs import dialog
from dashboard.components.frame import page
from dashboard.components.paging import paging
from dashboard.components.search import search_box
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import staff_frame
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_pushes_state import ROUTE, StaffPushesState
from dashboard.rows.staff_pushes import Field, Filter, PushRow, RefusedRow

TEXTS = SHOWN.staff.pushes
TITLE = SHOWN.staff.nav.pushes
STATE: Any = StaffPushesState
LIST: Any = StaffPushesState.list
OPENED: Any = StaffPushesState.opened


@page(route=ROUTE, title=TITLE, on_load=StaffPushesState.load)
def staff_pushes() -> rx.Component:
    """The content of the page."""
    return staff_frame(
        ROUTE,
        rx.el.div(
            search_box(TEXTS.search, TEXTS.search_hint, StaffPushesState.search, default_value=STATE.searched),
            rx.el.span(LIST.count, class_name="mut", role="status"),
            class_name="row between wrap vd-tools",
        ),
        rx.el.div(
            rx.foreach(LIST.filters, _filter),
            class_name="vd-chips",
            role="group",
            custom_attrs={"aria-label": TEXTS.filter},
        ),
        rx.el.section(
            rx.cond(LIST.spread != "", _table(LIST.rows), _none()),
            paging(LIST.spread, has_previous=LIST.has_previous, has_next=LIST.has_next, turn=STATE.turn),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TITLE},
        ),
        _refusals(),
        rx.cond(OPENED.id != "", _detail()),
        title=TITLE,
        lede=TEXTS.lede,
    )


def _filter(one: rx.vars.ObjectVar[Filter]) -> rx.Component:
    return rx.el.button(
        one.label,
        type="button",
        on_click=STATE.narrow(one.name),
        class_name=rx.cond(one.chosen == "true", "on", ""),
        custom_attrs={"aria-pressed": one.chosen},
        key=one.name,
    )


def _table(rows: Any) -> rx.Component:
    heads = [
        head(TEXTS.received), head(TEXTS.message), head(TEXTS.told), head(TEXTS.amount, class_name="r"),
        head(TEXTS.verdict), head(sr(TEXTS.open)),
    ]  # fmt: skip
    return table(heads, rx.foreach(rows, _row), class_name="vd-table cards pushes")


def _row(row: rx.vars.ObjectVar[PushRow]) -> rx.Component:
    repeats = rx.cond(row.repeats != "", rx.el.span(row.repeats, class_name="sub"))
    return rx.el.tr(
        cell(row.at, repeats, class_name="at"),
        cell(rx.el.strong(row.about), rx.el.span(row.key, class_name="sub mono"), class_name="nr"),
        cell(row.told, class_name="told", label=TEXTS.told),
        cell(rx.cond(row.amount.figures != "", amount(row.amount)), class_name="r amt"),
        cell(badge(row.verdict), class_name="verdict"),
        cell(
            rx.el.button(
                TEXTS.open, type="button", on_click=STATE.open(row.id), class_name="vd-btn sm line",
                custom_attrs={"aria-label": row.open_name},
            ),
            class_name="r act",
        ),
        role="row",
        key=row.id,
    )  # fmt: skip


def _none() -> rx.Component:
    return rx.el.div(rx.el.h2(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty", role="status")


def _refusals() -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.h2(TEXTS.refused), rx.el.p(TEXTS.refused_lede), class_name="vd-sec"),
        rx.el.section(
            rx.cond(
                LIST.refused.length() > 0,
                rx.el.ul(rx.foreach(LIST.refused, _refused), class_name="vd-days"),
                rx.el.p(TEXTS.refused_none, class_name="mut"),
            ),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TEXTS.refused},
        ),
    )


def _refused(row: rx.vars.ObjectVar[RefusedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(rx.el.strong(row.reason), rx.el.span(row.at, class_name="sub")),
        rx.el.span(row.count, class_name="fs14 mut"),
        key=row.id,
    )


def _detail() -> rx.Component:
    replay = rx.el.button(
        icon("repeat", size="s"), rx.cond(STATE.busy, TEXTS.replaying, TEXTS.replay), type="button",
        on_click=StaffPushesState.replay, disabled=STATE.busy, class_name="vd-btn solid",
    )  # fmt: skip
    close = rx.el.button(SHOWN.shell.close, type="button", on_click=StaffPushesState.close, class_name="vd-btn line")
    return dialog(
        problem(STATE.sorry),
        rx.cond(STATE.news != "", note(STATE.news, tone="s-paid", icon_name="okc", role="status")),
        rx.el.div(badge(OPENED.verdict), rx.el.p(OPENED.why), class_name="vd-verdict"),
        rx.el.p(TEXTS.key, " ", rx.el.code(OPENED.key), class_name="fs13 mut3"),
        rx.cond(
            OPENED.others.length() > 0,
            rx.el.div(rx.el.h3(TEXTS.others), rx.el.ul(rx.foreach(OPENED.others, _other), class_name="vd-days slim")),
        ),
        rx.el.div(
            rx.el.h3(TEXTS.content),
            rx.el.p(TEXTS.content_lede, class_name="fs13 mut3"),
            rx.el.dl(rx.foreach(OPENED.fields, _field), class_name="vd-raw"),
        ),
        rx.el.p(TEXTS.replay_hint, class_name="fs13 mut3"),
        name="push",
        title=OPENED.title,
        footer=[close, replay],
        close=StaffPushesState.close,
    )


def _other(row: rx.vars.ObjectVar[PushRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.at, rx.el.span(row.told, class_name="sub")),
        badge(row.verdict),
        key=row.id,
    )


def _field(one: rx.vars.ObjectVar[Field]) -> rx.Component:
    return rx.el.div(rx.el.dt(one.name), rx.el.dd(one.value), key=one.name)
