"""What the pages of hosting settings share: the card of a package, its settings in rows, errors beside their fields."""

from typing import Any

import reflex as rx

from dashboard.components.basics import badge, icon, note, problem
from dashboard.components.shown import SHOWN

TEXTS = SHOWN.hosting


def card(shown: Any, *content: Any, icon_name: str, action: rx.Component) -> rx.Component:
    """A package: its domain and last change, the settings, and whether the control panel has them."""
    title_id = f"package-{shown.id}"
    head = rx.el.header(
        rx.el.div(
            rx.el.span(icon(icon_name), class_name="vd-tile s-open"),
            rx.el.div(rx.el.h2(shown.domain, id=title_id), rx.el.p(shown.changed, class_name="fs13 mut3")),
            class_name="row vd-package",
        )
    )
    state = rx.el.div(
        badge(shown.hand_over),
        rx.cond(shown.said != "", rx.el.span(shown.said, class_name="green")),
        class_name="row wrap vd-handed",
        custom_attrs={"role": "status"},
    )
    return rx.el.section(
        head,
        rx.cond(shown.hand_over_text != "", rx.el.div(_refused(shown.hand_over_text), class_name="pad")),
        *content,
        rx.el.footer(problem(shown.sorry), state, action),
        _earlier(shown.earlier),
        class_name="vd-card",
        key=shown.id,
        custom_attrs={"aria-labelledby": title_id},
    )


def setting(control_id: Any, label: str, hint: Any, control: rx.Component, *below: rx.Component) -> rx.Component:
    """One setting: what it is called and does, and beside that its control with what is wrong with it."""
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=control_id),
            rx.el.p(hint, id=f"{control_id}-hint", class_name="hint"),
        ),
        rx.el.div(control, *below, class_name="vd-field"),
        class_name="vd-set",
    )


def package_field(package_id: Any) -> rx.Component:
    """Tells with a form which package it is about."""
    return rx.el.input(type="hidden", name="package", value=package_id, read_only=True)


def field_error(control_id: Any, error: Any) -> rx.Component:
    """What is wrong with a field, read out at once; its place is there also while nothing is."""
    return rx.el.div(
        rx.cond(error != "", rx.el.span(icon("alert", size="s"), rx.el.span(error), class_name="msg")),
        id=f"{control_id}-error",
        custom_attrs={"role": "alert"},
    )


def page_problem(sorry: Any) -> rx.Component:
    """What went wrong that belongs to none of the cards."""
    return rx.cond(sorry != "", rx.el.div(problem(sorry), class_name="vd-apart"))


def no_packages() -> rx.Component:
    """In place of the cards of an account without hosting."""
    return rx.el.section(
        rx.el.div(
            rx.el.span(icon("box"), class_name="vd-tile s-open"),
            rx.el.h2(TEXTS.none),
            rx.el.p(TEXTS.none_text),
            class_name="vd-empty",
        ),
        class_name="vd-card",
    )


def _refused(text: Any) -> rx.Component:
    return note(text, tone="s-late", icon_name="alert")


def _earlier(changes: Any) -> rx.Component:
    return rx.cond(
        changes.length() > 0,
        rx.el.details(
            rx.el.summary(TEXTS.earlier),
            rx.el.ol(rx.foreach(changes, rx.el.li)),
            class_name="vd-earlier",
        ),
    )
