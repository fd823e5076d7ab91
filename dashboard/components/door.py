"""What stands round the pages at the door: the form at the left, a settled invoice at the right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import reflex as rx

from dashboard.components.basics import NativeForm, icon, link, problem, stamp
from dashboard.components.forms import hidden
from dashboard.components.offline import offline_note
from dashboard.components.topbar import mark
from dashboard.texts.nl import NL
from dashboard.texts.words_login import OneButton

TEXTS = NL.login
Content = Callable[[], rx.Component]


def door_page(*, route: str, title: str, on_load: Any) -> Callable[[Content], Content]:
    """Register a page at the door."""

    def register(content: Content) -> Content:
        # Reflex puts the parts of a page into the script that is named by its module: that of the content, so that each
        # page has its own, and not that of this frame, so that each page would bring all others along.
        @wraps(content)
        def framed() -> rx.Component:
            brand = rx.el.div(mark(), rx.el.span(NL.shell.brand), class_name="vd-brand")
            return rx.el.div(
                rx.el.main(offline_note(), rx.el.div(brand, content(), class_name="in"), class_name="f"),
                rx.el.aside(_art(), class_name="art", custom_attrs={"aria-hidden": "true"}),
                class_name="vd-login",
            )

        rx.page(route=route, title=NL.shell.title.format(page=title), on_load=on_load)(framed)
        return content

    return register


def door_title(title: Any, lede: Any) -> rx.Component:
    """What a page at the door is for."""
    return rx.el.div(rx.el.h1(title), rx.el.p(lede, class_name="vd-lede"))


def dead_end(end: Any) -> rx.Component:
    """A link that has nothing to offer, and the way on. end: a var of `dashboard.rows.door.End`."""
    return rx.fragment(
        rx.el.span(icon(end.icon), class_name=f"vd-tile big {end.tone}"),
        rx.el.h1(end.title),
        rx.el.p(end.text, class_name="vd-lede"),
        link(end.link, to=end.url, class_name="vd-btn soft"),
    )


def link_card(state: Any, texts: OneButton, *, icon_name: str, action: str) -> rx.Component:
    """The card of a mailed link that waits for one button. state: with `token`, `text`, `end` and `sorry`."""
    form = NativeForm.create(
        hidden("token", state.token),
        rx.el.button(texts.submit, type="submit", class_name="vd-btn solid lg full"),
        action=action,
        method="post",
    )
    return rx.el.section(
        rx.cond(
            state.end.title != "",
            dead_end(state.end),
            rx.fragment(
                rx.el.span(icon(icon_name), class_name="vd-tile big s-open"),
                rx.el.h1(texts.title),
                rx.el.p(state.text, class_name="vd-lede"),
                problem(state.sorry),
                rx.cond(state.text != "", form),
            ),
        ),
        class_name="vd-card vd-outcome",
    )


def _art() -> rx.Component:
    bars = [rx.el.div(class_name="bar", width=width) for width in ("100%", "82%", "64%")]
    lines = [rx.el.div(class_name="bar", width=width) for width in ("6.5rem", "4.5rem")]
    number = rx.el.div(
        rx.el.div(NL.paper.invoice, class_name="fs13 mut3"), rx.el.div(TEXTS.art_number, class_name="no")
    )
    due = rx.el.div(
        rx.el.div(NL.paper.open, class_name="fs13 mut"),
        rx.el.span(TEXTS.art_amount, class_name="vd-rule2"),
        class_name="r",
    )
    paper = rx.el.div(
        rx.el.div(number, rx.el.div(*lines, class_name="bars r"), class_name="row between"),
        rx.el.div(*bars, class_name="bars"),
        rx.el.div(stamp(NL.paper.stamp, on=TEXTS.art_day), due, class_name="row between"),
        class_name="pp vd-daylight",
    )
    return rx.fragment(
        rx.el.div(class_name="grid"),
        rx.el.div(rx.el.div(class_name="under"), paper, class_name="w"),
        rx.el.p(TEXTS.art_title, rx.el.small(TEXTS.art_text), class_name="motto"),
    )
