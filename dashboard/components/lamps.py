"""Lights with a word beside them, because colour alone says nothing to some."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, sr
from dashboard.rows.staff_standing import Line
from dashboard.rows.stops import Lamp


def lamp(light: Any) -> rx.Component:
    """One light."""
    return rx.el.span(rx.el.i(icon(light.icon)), light.label, class_name=f"vd-lamp {light.tone}")


def lines(title: Any, rows: Any, *, lede: Any = None) -> rx.Component:
    """A card of labels, each with its light."""
    return rx.el.section(
        rx.el.h2(title),
        rx.el.p(lede, class_name="fs13 mut3") if lede is not None else rx.fragment(),
        rx.el.dl(rx.foreach(rows, _line)),
        class_name="vd-card p vd-standing",
    )


def _line(row: rx.vars.ObjectVar[Line]) -> rx.Component:
    return rx.el.div(rx.el.dt(row.label), rx.el.dd(lamp(row.light)))


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
