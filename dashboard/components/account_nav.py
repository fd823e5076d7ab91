"""What all pages about the account share: the head of the page, and the menu at its side."""

from typing import Any

import reflex as rx

from dashboard.components.frame import crumbs
from dashboard.components.shown import SHOWN
from dashboard.components.side import page_head, side_frame
from dashboard.session import SessionState

TEXTS = SHOWN.account
PARTS: Any = SessionState.shell.account_parts


def account_frame(
    here: str, *content: rx.Component, title: str, lede: Any, action: rx.Component | None = None
) -> rx.Component:
    """A page about the account. here: its own address; content: its cards; action: the button in its head."""
    head = page_head(crumbs(("/account", TEXTS.title), here=title), title, lede, action)
    return side_frame(head, *content, parts=PARTS, here=here, label=TEXTS.nav.label)
