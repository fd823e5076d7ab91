"""Taking back the pay links of an invoice, behind a question."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon
from dashboard.components.shown import SHOWN

TEXTS = SHOWN.link_withdrawal
HIDES = {"popoverTarget": "withdraw-link", "popoverTargetAction": "hide"}


def link_withdrawal(withdraw: Any) -> rx.Component:
    """A quiet button under the history, and the small window that asks whether one is sure."""
    return rx.el.footer(
        rx.el.button(icon("lock", size="s"), TEXTS.button, type="button", class_name="vd-btn sm bare vd-flush",
                     custom_attrs={"popoverTarget": "withdraw-link"}),
        rx.el.div(
            rx.el.h2(TEXTS.title, id="withdraw-link-title"),
            rx.el.p(TEXTS.text, class_name="mut"),
            rx.el.div(
                rx.el.button(TEXTS.cancel, type="button", class_name="vd-btn line", custom_attrs=HIDES),
                rx.el.button(TEXTS.confirm, type="button", on_click=withdraw, class_name="vd-btn danger",
                             custom_attrs=HIDES),
                class_name="row vd-answers",
            ),
            id="withdraw-link", class_name="vd-pop",
            custom_attrs={"popover": "auto", "role": "dialog", "aria-labelledby": "withdraw-link-title"},
        ),
    )  # fmt: skip
