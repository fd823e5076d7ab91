"""How the standing mandate stands, in one line on the dashboard."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon, link
from dashboard.texts.nl import NL


def mandate_line(sentence: Any) -> rx.Component:
    """The sentence, and the way to the mandate; nothing without one."""
    said = rx.el.p(
        icon("repeat", size="s"),
        rx.el.span(sentence, " ", link(NL.mandate.line_link, to="/account/mandate")),
        class_name="vd-mandate",
    )
    return rx.cond(sentence != "", said)
