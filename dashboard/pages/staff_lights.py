"""The four lights: for each euro, what the bank, the gateway, the bookkeeping and this dashboard say."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, file_link, icon, link, note, problem, sr
from dashboard.components.frame import page
from dashboard.components.lamps import lamp, lines
from dashboard.components.paging import paging
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import staff_frame
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_lights_state import LOOK, ROUTE, StaffLightsState
from dashboard.rows.staff_lights import ReceiptRow, SourceCard
from dashboard.rows.staff_standing import Day

TEXTS, BELOW = SHOWN.staff.lights, SHOWN.staff.standing
TITLE = SHOWN.staff.nav.lights
STATE: Any = StaffLightsState
VIEW: Any = StaffLightsState.view
CARDS: Any = StaffLightsState.below


@page(route=ROUTE, title=TITLE, on_load=StaffLightsState.load)
def staff_lights() -> rx.Component:
    """The content of the page."""
    return staff_frame(
        ROUTE,
        _period(),
        problem(STATE.sorry),
        rx.cond(STATE.news != "", note(STATE.news, tone="s-paid", icon_name="okc", role="status")),
        rx.el.section(
            rx.foreach(VIEW.sources, _source), class_name="vd-card vd-lamps",
            custom_attrs={"aria-label": TEXTS.by_source},
        ),
        _red(),
        rx.cond((VIEW.spread != "") | (VIEW.red_count == ""), _rest()),
        rx.el.div(
            lines(BELOW.clearing, CARDS.clearing, lede=BELOW.clearing_lede),
            lines(BELOW.fresh, CARDS.fresh),
            lines(BELOW.brakes, CARDS.brakes),
            class_name="vd-three",
        ),
        _days(),
        title=TITLE,
        lede=rx.fragment(
            VIEW.lede, " ",
            rx.cond(
                VIEW.red_count != "",
                rx.fragment(rx.el.strong(VIEW.red_count, class_name="late"), ", ", VIEW.together),
                TEXTS.all_green,
            ),
        ),
        action=rx.el.div(_look(), _certificate(), class_name="row wrap"),
    )  # fmt: skip


def _look() -> rx.Component:
    is_busy = STATE.busy == LOOK
    return rx.el.button(
        icon("repeat", size="s"), rx.cond(is_busy, TEXTS.looking, TEXTS.look), type="button",
        on_click=StaffLightsState.look_now, disabled=STATE.busy != "", class_name="vd-btn line",
    )  # fmt: skip


def _certificate() -> rx.Component:
    return rx.cond(
        VIEW.certificate != "",
        file_link(icon("down", size="s"), TEXTS.certificate, to=VIEW.certificate, class_name="vd-btn line"),
    )


def _period() -> rx.Component:
    return rx.el.form(
        _day("first", TEXTS.first, VIEW.first),
        _day("last", TEXTS.last, VIEW.last),
        rx.el.button(TEXTS.show, type="submit", class_name="vd-btn line"),
        on_submit=StaffLightsState.show,
        class_name="vd-span",
        custom_attrs={"aria-label": TEXTS.period},
    )


def _day(name: str, label: str, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=f"lights-{name}"),
        rx.el.input(type="date", id=f"lights-{name}", name=name, default_value=value, key=value, class_name="vd-input"),
        class_name="vd-field",
    )


def _source(card: rx.vars.ObjectVar[SourceCard]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.h3(card.name), lamp(card.light), class_name="row between"),
        rx.el.div(amount(card.amount, class_name="num"), class_name="vd-lampsum"),
        rx.el.div(card.lede, class_name="fs13 mut3"),
        rx.cond(card.more != "", rx.el.div(card.more, class_name="fs13 mut3")),
    )


def _red() -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.h2(TEXTS.red), rx.el.p(TEXTS.red_lede), class_name="vd-sec"),
        rx.el.section(
            rx.cond(
                VIEW.red_count != "",
                _table(VIEW.red, has_causes=True),
                rx.el.div(
                    rx.el.span(icon("okc"), class_name="vd-tile s-paid"), rx.el.h3(TEXTS.nothing_red),
                    rx.el.p(TEXTS.nothing_red_text), class_name="vd-empty", role="status",
                ),
            ),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TEXTS.red},
        ),
    )  # fmt: skip


def _rest() -> rx.Component:
    none = rx.el.div(rx.el.h3(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty")
    return rx.el.div(
        rx.el.div(rx.el.h2(TEXTS.rest), rx.el.p(TEXTS.rest_lede), class_name="vd-sec"),
        rx.el.section(
            rx.cond(VIEW.spread != "", _table(VIEW.rest, has_causes=False), none),
            paging(VIEW.spread, has_previous=VIEW.has_previous, has_next=VIEW.has_next, turn=STATE.turn),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": TEXTS.rest},
        ),
    )


def _table(rows: Any, *, has_causes: bool) -> rx.Component:
    heads = [head(TEXTS.receipt), head(TEXTS.amount, class_name="r")]
    heads += [head(TEXTS.sources[source]) for source in ("bank", "gateway", "books", "dashboard")]
    heads += [head(TEXTS.cause), head(sr(TEXTS.show))] if has_causes else []
    body = rx.foreach(rows, _red_row if has_causes else _row)
    return table(heads, body, class_name="vd-table cards lights")


def _row(row: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    return rx.el.tr(*_cells(row), role="row", key=row.key)


def _red_row(row: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    return rx.el.tr(*_cells(row), cell(row.cause, class_name="wide why"), cell(_action(row), class_name="r act"),
                    role="row", key=row.key)  # fmt: skip


def _cells(row: rx.vars.ObjectVar[ReceiptRow]) -> list[rx.Component]:
    about = rx.el.div(
        link(row.about, to=row.url, class_name="no"), rx.el.span(row.who, class_name="sub"),
        rx.el.span(row.on, class_name="sub"),
    )  # fmt: skip
    by_source = {"bank": row.bank, "gateway": row.gateway, "books": row.books, "dashboard": row.dashboard}
    return [
        cell(about, class_name="nr"),
        cell(amount(row.amount), class_name="r amt"),
        *(cell(lamp(light), class_name="lp", label=TEXTS.sources[name]) for name, light in by_source.items()),
    ]


def _action(row: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    press = rx.el.button(
        rx.cond(STATE.busy == row.key, TEXTS.busy, row.action), type="button", disabled=STATE.busy != "",
        on_click=STATE.repair(row.key, row.repair, row.numbers), class_name="vd-btn sm soft",
        custom_attrs={"aria-label": row.action_name},
    )  # fmt: skip
    onward = rx.cond(row.onward != "", link(row.onward, to=row.url, class_name="vd-btn sm line"))
    return rx.cond(row.repair != "", press, onward)


def _days() -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.h2(BELOW.days), rx.el.p(BELOW.days_lede), class_name="vd-sec"),
        rx.el.section(
            rx.cond(
                VIEW.certificate != "",
                rx.el.ul(rx.foreach(CARDS.days, _day_line), class_name="vd-days"),
                rx.el.p(BELOW.days_none, class_name="pad mut"),
            ),
            class_name="vd-card vd-clip",
            custom_attrs={"aria-label": BELOW.days},
        ),
    )


def _day_line(row: rx.vars.ObjectVar[Day]) -> rx.Component:
    return rx.el.li(
        rx.el.span(rx.el.strong(row.day), rx.el.span(row.count, " · ", row.amount, " ", row.version, class_name="sub")),
        lamp(row.light),
        file_link(icon("down", size="s"), sr(row.url_name), to=row.url, class_name="vd-ghost"),
        key=row.url,
    )
