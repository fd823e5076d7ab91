"""The smallest parts: icons, links, forms, amounts, badges, callouts."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink

from dashboard.rows.common import Amount, Badge
from dashboard.rows.paper import Sum


class NativeForm(BaseHTML):
    """A form that the browser itself sends; Reflex's own always intercepts the submit."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def icon(name: Any, *, size: str = "") -> rx.Component:
    """An icon of the sprite, for the eye only. size: "s" for the small one."""
    return rx.el.svg(
        rx.el.svg.use(href=f"/icons.svg#{name}"),
        class_name=f"i {size}".strip(),
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
    )


def link(*children: Any, to: Any, **props: Any) -> rx.Component:
    """A link to another page of the dashboard, without a full page load."""
    return ReactRouterLink.create(*children, to=to, **props)


def file_link(*children: Any, to: Any, **props: Any) -> rx.Component:
    """A link to a file: fetched by the browser itself, because the pages' own router knows no files."""
    return ReactRouterLink.create(*children, to=to, reload_document=True, **props)


def sr(*children: Any) -> rx.Component:
    """Text for screen readers only."""
    return rx.el.span(*children, class_name="sr")


def amount(value: Any, *, class_name: Any = "vd-amount") -> rx.Component:
    """An amount with a light euro sign."""
    value = rx.Var.create(value) if isinstance(value, Amount) else value
    return rx.el.span(rx.el.span(value.sign, class_name="eur"), value.figures, class_name=class_name)


def badge(value: Any, *, size: str = "") -> rx.Component:
    """A status as text, icon and colour."""
    value = rx.Var.create(value) if isinstance(value, Badge) else value
    return rx.el.span(
        icon(value.icon),
        rx.el.span(
            value.label,
            rx.cond(value.detail != "", rx.fragment(value.joint, rx.el.span(value.detail, class_name="x"))),
        ),
        class_name=f"vd-badge {value.tone} {size}",
    )


def note(*children: Any, tone: str, icon_name: str, role: str = "") -> rx.Component:
    """A callout. role: "alert" for what went wrong, "status" for what may be read later."""
    return rx.el.div(
        icon(icon_name),
        rx.el.div(*children),
        class_name=f"vd-note {tone}",
        custom_attrs={"role": role} if role else {},
    )


def problem(sentence: Any) -> rx.Component:
    """What went wrong, read out at once; nothing while there is no sentence."""
    return rx.cond(sentence != "", note(sentence, tone="s-late", icon_name="alert", role="alert"))


def sums(rows: Any) -> rx.Component:
    """Labels and amounts with dotted leaders between them."""
    return rx.el.dl(rx.foreach(rows, _sum), class_name="vd-sum")


def leader(label: Any, value: Any, *, tone: Any = "") -> rx.Component:
    """One label and its amount."""
    return rx.el.div(rx.el.dt(label), rx.el.dd(rx.el.span(class_name="dots"), rx.el.span(value)), class_name=tone)


def stamp(*children: Any, on: Any, **props: Any) -> rx.Component:
    """The stamp of a debt that is really settled."""
    return rx.el.div(*children, rx.el.small(on), class_name="vd-stamp", **props)


def heading(title: Any, *extra: Any, lede: Any = None) -> rx.Component:
    """The title of a page."""
    return rx.el.div(
        rx.el.div(rx.el.h1(title), *extra, class_name="row wrap vd-title"),
        rx.el.p(lede, class_name="vd-lede") if lede is not None else rx.fragment(),
    )


def _sum(row: rx.vars.ObjectVar[Sum]) -> rx.Component:
    return leader(row.label, row.amount, tone=row.tone)
