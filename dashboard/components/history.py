"""What happened to an invoice, under the sheet."""

import reflex as rx

from dashboard.components.basics import icon
from dashboard.components.shown import SHOWN
from dashboard.rows.history import Told


def history(events: rx.vars.ArrayVar[tuple[Told, ...]], *foot: rx.Component) -> rx.Component:
    """The events in plain sentences, the first on top. foot: what stands under them."""
    return rx.el.section(
        rx.el.header(rx.el.h2(SHOWN.invoice.history, id="history-title")),
        rx.el.div(rx.el.ol(rx.foreach(events, entry), class_name="vd-hist"), class_name="pad"),
        *foot,
        class_name="vd-card vd-histcard",
        custom_attrs={"aria-labelledby": "history-title"},
    )


def entry(event: rx.vars.ObjectVar[Told]) -> rx.Component:
    """One sentence with its moment."""
    return rx.el.li(
        rx.el.span(icon(event.icon), class_name=f"ic {event.tone}"),
        rx.el.p(event.sentence),
        rx.el.time(event.at),
    )
