"""The slim bar of who shows the demo: its time, ways to move it, and what comes next in the story."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, link
from dashboard.session import SessionState
from dashboard.stage_state import HOURS, StageState
from dashboard.texts.nl import NL

TEXTS = NL.demo
BAR: Any = SessionState.shell.stage
STATE: Any = StageState


def stage_bar() -> rx.Component:
    """Above the content and in its way nowhere; for everybody else there is none."""
    return rx.cond(
        BAR.time != "",
        rx.el.section(
            rx.el.div(_now(), _moves(), _cue(), class_name="vd-wrap"),
            class_name="vd-stagebar",
            custom_attrs={"aria-label": TEXTS.title},
        ),
    )


def _now() -> rx.Component:
    # A script of the demo lets this clock go on, see `web.mode`.
    time = rx.el.time(BAR.time, class_name="num b", custom_attrs={"data-ahead": BAR.ahead})
    return rx.el.p(
        icon("clock", size="s"), rx.cond(SessionState.is_moving, TEXTS.busy, rx.fragment(BAR.day, ", ", time)),
        class_name="now", role="status",
    )  # fmt: skip


def _moves() -> rx.Component:
    moves = [_button(TEXTS.moves[hours], STATE.move(hours)) for hours in HOURS]
    event = rx.cond(BAR.event != "", _button(BAR.event, StageState.move_to_event))
    return rx.el.div(*moves, event, class_name="row moves")


def _button(name: Any, click: Any) -> rx.Component:
    return rx.el.button(
        name, type="button", on_click=click, disabled=SessionState.is_moving, class_name="vd-btn line sm"
    )


def _cue() -> rx.Component:
    return link(rx.el.span(BAR.hint), icon("right", size="s"), to="/demo", class_name="cue", title=TEXTS.cue_link)
