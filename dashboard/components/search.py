"""Where somebody types what to look for in a list."""

from typing import Any

import reflex as rx

from dashboard.components.basics import icon


def search_box(label: str, hint: str, on_change: Any, **props: Any) -> rx.Component:
    """label: what is looked for, for who does not see the hint; on_change: the event that looks for it."""
    typed = rx.el.input(
        type="search", placeholder=hint, on_change=on_change, class_name="vd-input",
        custom_attrs={"aria-label": label}, **props,
    )  # fmt: skip
    return rx.el.div(icon("search", size="s"), typed, class_name="vd-withicon vd-search", role="search")
