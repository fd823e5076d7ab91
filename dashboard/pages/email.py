"""The mailboxes and forwards of an account's hosting packages."""

from typing import Any

import reflex as rx

from dashboard.components.basics import heading, icon, sr
from dashboard.components.frame import crumbs, page
from dashboard.components.settings import card, field_error, no_packages, package_field, page_problem
from dashboard.components.shown import SHOWN
from dashboard.pages.email_state import ROUTE, EmailState
from dashboard.rows.hosting import Box, EmailCard, Forwarded

TEXTS = SHOWN.email
SWITCH: Any = EmailState.switch
ADD: Any = EmailState.add_forward
REMOVE: Any = EmailState.remove_forward


@page(route=ROUTE, title=TEXTS.title, on_load=EmailState.load)
def email() -> rx.Component:
    """The content of the page."""
    cards: Any = EmailState.cards
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        page_problem(EmailState.sorry),
        rx.el.div(rx.foreach(cards, _email), rx.cond(cards.length() == 0, no_packages()), class_name="stack"),
    )


def _email(mail: rx.vars.ObjectVar[EmailCard]) -> rx.Component:
    boxes = rx.el.div(
        _part(TEXTS.boxes, TEXTS.boxes_text),
        rx.cond(
            mail.boxes.length() > 0,
            rx.el.ul(rx.foreach(mail.boxes, lambda box: _box(mail, box)), class_name="vd-list"),
            rx.el.p(TEXTS.no_boxes, class_name="fs14 mut"),
        ),
        class_name="vd-part",
    )
    forwards = rx.el.div(
        _part(TEXTS.forwards, TEXTS.forwards_text),
        rx.cond(
            mail.forwards.length() > 0,
            rx.el.ul(rx.foreach(mail.forwards, lambda forward: _forward(mail, forward)), class_name="vd-list"),
            rx.el.p(TEXTS.no_forwards, class_name="fs14 mut"),
        ),
        _new_forward(mail),
        class_name="vd-part",
    )
    return card(mail.card, rx.el.div(boxes, forwards, class_name="vd-parts"), icon_name="mail", action=rx.fragment())


def _part(title: str, text: str) -> rx.Component:
    return rx.el.div(rx.el.h3(title), rx.el.p(text, class_name="fs14 mut"))


def _box(mail: rx.vars.ObjectVar[EmailCard], box: rx.vars.ObjectVar[Box]) -> rx.Component:
    return rx.el.li(
        rx.el.span(box.address, class_name="adr"),
        rx.el.span(box.state, class_name="fs13 mut", custom_attrs={"aria-hidden": "true"}),
        rx.el.button(
            type="button", role="switch", on_click=SWITCH(mail.card.id, box.address), class_name="vd-toggle",
            custom_attrs={"aria-checked": box.active, "aria-label": box.address},
        ),
        key=box.address,
    )  # fmt: skip


def _forward(mail: rx.vars.ObjectVar[EmailCard], forward: rx.vars.ObjectVar[Forwarded]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(forward.source),
            rx.el.span(sr(" ", TEXTS.to, " "), icon("right", size="s"), rx.el.span(forward.target), class_name="row"),
            class_name="adr two",
        ),
        rx.el.button(
            icon("x", size="s"), rx.el.span(TEXTS.remove, class_name="hide-s"), type="button",
            on_click=REMOVE(mail.card.id, forward.source, forward.target), class_name="vd-btn bare sm",
            custom_attrs={"aria-label": forward.remove},
        ),
        key=f"{forward.source} {forward.target}",
    )  # fmt: skip


def _new_forward(mail: rx.vars.ObjectVar[EmailCard]) -> rx.Component:
    source, target = f"source-{mail.card.id}", f"target-{mail.card.id}"
    return rx.el.form(
        package_field(mail.card.id),
        rx.el.h4(TEXTS.new),
        rx.el.div(
            rx.el.label(TEXTS.source, html_for=source),
            rx.el.div(
                _input(source, "source", mail.source_error),
                rx.el.span(mail.suffix, id=f"{source}-hint", class_name="suffix"),
                class_name="vd-suffixed",
            ),
            field_error(source, mail.source_error),
            class_name="vd-field",
        ),
        rx.el.div(
            rx.el.label(TEXTS.target, html_for=target),
            _input(target, "target", mail.target_error),
            rx.el.span(TEXTS.target_hint, id=f"{target}-hint", class_name="hint"),
            field_error(target, mail.target_error),
            class_name="vd-field",
        ),
        rx.el.button(icon("plus", size="s"), TEXTS.add, type="submit", class_name="vd-btn soft"),
        on_submit=ADD,
        key=mail.key,
        class_name="vd-new",
        no_validate=True,
    )


def _input(control_id: Any, name: str, error: Any) -> rx.Component:
    return rx.el.input(
        id=control_id, name=name, auto_complete="off", spell_check=False,
        class_name=rx.cond(error != "", "vd-input err", "vd-input"),
        custom_attrs={
            "autoCapitalize": "none",
            "aria-describedby": f"{control_id}-error {control_id}-hint",
            "aria-invalid": rx.cond(error != "", "true", "false"),
        },
    )  # fmt: skip
