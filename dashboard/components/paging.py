"""The foot of a list that runs over several pages."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from dashboard.components.shown import SHOWN

TEXTS = SHOWN.invoices


def paging(spread: Any, *, has_previous: Any, has_next: Any, turn: Callable[[int], Any]) -> rx.Component:
    """Which part of the list is on screen, and the way to the parts beside it; nothing when the list is empty."""
    return rx.cond(
        spread != "",
        rx.el.footer(
            rx.el.span(spread, class_name="mut", role="status"),
            rx.el.span(
                _turn(TEXTS.previous, turn(-1), enabled=has_previous),
                _turn(TEXTS.next, turn(1), enabled=has_next),
                class_name="row",
            ),
        ),
    )


def _turn(label: str, on_click: Any, *, enabled: Any) -> rx.Component:
    return rx.el.button(label, type="button", on_click=on_click, disabled=~enabled, class_name="vd-btn line sm")
