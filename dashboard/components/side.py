"""Pages that belong together: a menu at the side of all of them, and the head of the one on screen."""

from typing import Any

import reflex as rx

from dashboard.components.basics import heading, icon, link
from dashboard.rows.shell import Part


def side_frame(
    head: rx.Component, *content: rx.Component, parts: Any, here: str, label: str, class_name: str = ""
) -> rx.Component:
    """A page with its menu. parts: the pages in it; here: the address of this one; label: what the menu is called."""
    # On a phone the menu is a row that scrolls, and the page one is on may be out of sight.
    show_here = rx.run_script(
        "document.querySelector('.vd-nav [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'})"
    )
    return rx.fragment(
        head,
        rx.el.div(
            rx.el.nav(
                rx.foreach(parts, lambda part: _part(part, here)),
                class_name="vd-nav",
                on_mount=show_here,
                custom_attrs={"aria-label": label},
            ),
            rx.el.div(*content, class_name="stack"),
            class_name=f"vd-side {class_name}".strip(),
        ),
    )


def page_head(crumbs: rx.Component, title: Any, lede: Any, action: rx.Component | None) -> rx.Component:
    """Where this page stands, what it is called, and the button in its head."""
    return rx.el.div(rx.el.div(crumbs, heading(title, lede=lede)), action or rx.fragment(), class_name="vd-head")


def _part(part: rx.vars.ObjectVar[Part], here: str) -> rx.Component:
    is_here = rx.cond(part.url == here, "page", rx.Var("undefined"))
    return link(icon(part.icon, size="s"), part.name, to=part.url, custom_attrs={"aria-current": is_here})
