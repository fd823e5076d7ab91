"""Lamps: whether something holds, as icon, colour, shape and words."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, sr
from dashboard.rows.stops import Lamp


def lamp_list(lamps: Any, *, label: str) -> rx.Component:
    """Several of them beside each other. label: what they are together."""
    return rx.el.ul(rx.foreach(lamps, _lamp), class_name="vd-lamplist", custom_attrs={"aria-label": label})


def _lamp(lamp: rx.vars.ObjectVar[Lamp]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.i(rx.cond(lamp.holds, icon("check"), icon("x")), custom_attrs={"aria-hidden": "true"}),
            rx.el.span(lamp.text, sr(", ", lamp.state)),
            class_name=rx.cond(lamp.holds, "vd-lamp ok", "vd-lamp no"),
        )
    )
