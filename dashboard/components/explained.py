"""An explanation that opens in its place, for who wants it."""

import reflex as rx

from dashboard.components.basics import icon
from dashboard.texts.words_help import Explanation


def explained(explanation: Explanation) -> rx.Component:
    """The question, closed; its answer below it once it is opened."""
    return rx.el.details(
        rx.el.summary(icon("right", size="s"), explanation.question),
        rx.el.div(*[rx.el.p(paragraph) for paragraph in explanation.answer], class_name="vd-answer"),
        class_name="vd-more plain",
    )
