"""The rows with which a customer pays by own hand."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from billing.ports import Method
from dashboard.components.basics import icon, sr
from dashboard.components.shown import SHOWN

# What a customer can start here, the usual one first. A transfer is not started: it is simply made.
OFFERED = (Method.IDEAL, Method.CARD, Method.BANCONTACT)

TEXTS = SHOWN.methods


def method_buttons(on_click: Callable[[str], Any], busy: Any) -> rx.Component:
    """One button per method. busy: the method that is being opened, empty while none is."""
    return rx.fragment(*[_event_button(method, on_click(method.value), busy) for method in OFFERED])


def method_submits() -> rx.Component:
    """The same buttons for a native form: each sends its own `method`."""
    return rx.fragment(*[
        rx.el.button(
            *_face(method), icon("right", size="s"), type="submit", name="method", value=method.value,
            class_name=_look(method),
        )
        for method in OFFERED
    ])  # fmt: skip


def group(title: str, *children: rx.Component) -> rx.Component:
    """A small heading with a rule, and what stands under it."""
    return rx.el.div(rx.el.h3(title), *children, class_name="vd-group")


def row_face(tile: rx.Component | str, name: str, hint: str) -> list[rx.Component]:
    """The tile and the two lines of a row."""
    return [
        rx.el.span(tile, class_name="t", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(name, " ", rx.el.span(hint, class_name="d")),
    ]


def _event_button(method: Method, on_click: Any, busy: Any) -> rx.Component:
    is_mine = busy == method.value
    spinner = rx.fragment(rx.el.span(class_name="vd-spin"), sr(TEXTS.opening))
    return rx.el.button(
        *_face(method),
        rx.cond(is_mine, spinner, icon("right", size="s")),
        type="button",
        on_click=on_click,
        disabled=busy != "",
        class_name=rx.cond(is_mine, f"{_look(method)} busy", _look(method)),
        custom_attrs={"aria-busy": rx.cond(is_mine, "true", "false")},
    )


def _face(method: Method) -> list[rx.Component]:
    tiles: dict[Method, rx.Component | str] = {
        Method.IDEAL: "iDEAL",
        Method.CARD: icon("card"),
        Method.BANCONTACT: "BC",
    }
    return row_face(tiles[method], TEXTS.names[method.value], TEXTS.hints[method.value])


def _look(method: Method) -> str:
    return "vd-m first" if method is OFFERED[0] else "vd-m"
