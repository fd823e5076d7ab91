"""What all pages about the account share: the head of the page, and the menu at its side."""

from typing import Any

import reflex as rx

from dashboard.components.basics import heading, icon, link
from dashboard.components.frame import crumbs
from dashboard.rows.shell import Part
from dashboard.session import SessionState
from dashboard.texts.nl import NL

TEXTS = NL.account
PARTS: Any = SessionState.shell.account_parts


def account_frame(
    here: str, *content: rx.Component, title: str, lede: Any, action: rx.Component | None = None
) -> rx.Component:
    """A page about the account. here: its own address; content: its cards; action: the button in its head."""
    path = [("/account", TEXTS.title)]
    # On a phone the menu is a row that scrolls, and the page one is on may be out of sight.
    show_here = rx.run_script(
        "document.querySelector('.vd-nav [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'})"
    )
    return rx.fragment(
        rx.el.div(
            rx.el.div(crumbs(*path, here=title), heading(title, lede=lede)), action or rx.fragment(),
            class_name="vd-head",
        ),
        rx.el.div(
            rx.el.nav(
                rx.foreach(PARTS, lambda part: _part(part, here)),
                class_name="vd-nav",
                on_mount=show_here,
                custom_attrs={"aria-label": TEXTS.nav.label},
            ),
            rx.el.div(*content, class_name="stack"),
            class_name="vd-side",
        ),
    )  # fmt: skip


def _part(part: rx.vars.ObjectVar[Part], here: str) -> rx.Component:
    is_here = rx.cond(part.url == here, "page", rx.Var("undefined"))
    return link(icon(part.icon, size="s"), part.name, to=part.url, custom_attrs={"aria-current": is_here})
