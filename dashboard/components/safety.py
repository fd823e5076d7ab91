"""The cards that say why each service is safe, and the list of what they will cost next."""

from typing import Any

import reflex as rx

from dashboard.components.basics import amount, icon
from dashboard.components.shown import SHOWN
from dashboard.rows.services import Coming, Service

TEXTS = SHOWN.safety


def coming_charges(found: Any) -> rx.Component:
    """What will be charged within some weeks; in words when that is nothing."""
    listed = rx.el.ul(rx.foreach(found, _charge), class_name="vd-coming", custom_attrs={"aria-labelledby": "coming"})
    return rx.fragment(
        rx.el.div(rx.el.h2(TEXTS.coming, id="coming"), class_name="vd-sec"),
        rx.el.div(rx.cond(found.length() == 0, rx.el.p(TEXTS.coming_none, class_name="mut"), listed),
                  class_name="vd-card p"),
    )  # fmt: skip


def safety_cards(title: Any, found: Any) -> rx.Component:
    """A card for each service."""
    return rx.fragment(
        rx.el.div(rx.el.h2(title), rx.el.p(TEXTS.text), class_name="vd-sec"),
        rx.el.div(rx.foreach(found, _card), class_name="vd-safe-grid"),
        rx.cond(found.length() == 0, rx.el.p(TEXTS.none, class_name="mut")),
    )


def _charge(charge: rx.vars.ObjectVar[Coming]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("cal"), class_name="vd-tile s-open"),
        rx.el.div(rx.el.h3(charge.name), rx.el.div(charge.how, class_name="fs14 mut")),
        rx.el.div(amount(charge.amount), rx.el.div(charge.vat, class_name="fs13 mut3"), class_name="r"),
    )


def _card(service: rx.vars.ObjectVar[Service]) -> rx.Component:
    safe = service.safe
    return rx.el.article(
        rx.el.div(
            rx.el.span(icon(safe.icon), class_name=f"vd-tile {safe.tone}"),
            rx.el.div(rx.el.h3(service.name), rx.el.div(service.label, class_name="fs13 mut3")),
            class_name="hd",
        ),
        rx.el.p(rx.el.strong(safe.lead), " ", safe.rest),
        rx.el.div(
            icon("cal", size="s"), rx.el.span(rx.el.span(safe.moment, class_name="b"), ": ", safe.step),
            class_name="nx",
        ),
        class_name="vd-card vd-safe",
        key=f"{service.name} {service.label}",
    )  # fmt: skip
