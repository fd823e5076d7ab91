"""Cells of a table that keeps its meaning when a phone shows its rows as cards."""

from typing import Any

import reflex as rx


def table(heads: list[rx.Component], rows: rx.Component, *, class_name: str) -> rx.Component:
    """A table with its roles written out, because `display: grid` removes them."""
    return rx.el.table(
        rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
        rx.el.tbody(rows, role="rowgroup"),
        class_name=class_name,
        role="table",
    )


def head(label: Any, class_name: str = "") -> rx.Component:
    """The heading of a column."""
    return rx.el.th(label, class_name=class_name, role="columnheader", scope="col")


def cell(*children: Any, class_name: Any = "", label: Any = None) -> rx.Component:
    """One cell. label: what stands before it on a card."""
    named = {} if label is None else {"data-l": label}
    # Parts that stand below each other are read out as one word without a space between them.
    spaced = [part for child in children for part in (" ", child)][1:]
    return rx.el.td(*spaced, class_name=class_name, role="cell", custom_attrs=named)
