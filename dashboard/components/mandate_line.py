"""How the standing mandate stands, in a line, and that all collections are held."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, link, note
from dashboard.components.shown import SHOWN


def mandate_line(sentence: Any) -> rx.Component:
    """The sentence, and the way to the mandate; nothing without one."""
    said = rx.el.p(
        icon("repeat", size="s"),
        rx.el.span(sentence, " ", link(SHOWN.mandate.line_link, to="/account/mandate")),
        class_name="vd-mandate",
    )
    return rx.cond(sentence != "", said)


def frozen_note(sentence: Any) -> rx.Component:
    """That nothing is collected from anybody now; nothing while there is no sentence."""
    return rx.cond(sentence != "", note(sentence, tone="info", icon_name="clock", role="status"))
