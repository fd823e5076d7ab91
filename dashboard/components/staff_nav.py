"""What all pages of the company's own people share: the head of the page, and the menu at its side."""

from typing import Any

import reflex as rx

from dashboard.components.basics import sr
from dashboard.components.frame import crumbs
from dashboard.components.shown import SHOWN
from dashboard.components.side import page_head, side_frame
from dashboard.components.table import head as column
from dashboard.session import SessionState

NAV = SHOWN.staff.nav
PARTS: Any = SessionState.shell.staff_parts


def staff_frame(
    here: str, *content: rx.Component, title: str, lede: Any, action: rx.Component | None = None
) -> rx.Component:
    """A page of the company's own people. here: its own address; content: its cards; action: the button in its head."""
    path = [("/staff", NAV.label)] if here != "/staff" else []
    head = page_head(crumbs(*path, here=title), title, lede, action)
    return side_frame(head, *content, parts=PARTS, here=here, label=NAV.label, class_name="staff")


def acts_head() -> rx.Component:
    """The heading of a column of buttons, for the ear only."""
    return column(sr(SHOWN.staff.money.acts))
