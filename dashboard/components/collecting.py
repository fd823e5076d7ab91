"""Collecting one invoice by the standing mandate: the way to one, what is planned, and choosing a day."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import icon
from dashboard.components.methods import row_face
from dashboard.components.shown import SHOWN
from dashboard.rows.collecting import Day
from dashboard.rows.invoice import Page

TEXTS = SHOWN.mandate.of_invoice
INVOICE = SHOWN.invoice


def mandate_button(page: rx.vars.ObjectVar[Page]) -> rx.Component:
    """The way to a mandate, from this invoice."""
    return rx.el.button(
        *row_face(icon("repeat"), SHOWN.methods.mandate, page.automatic.hint),
        icon("right", size="s"),
        type="button",
        on_click=rx.redirect(page.automatic.url),
        class_name="vd-m",
    )


def planned(page: rx.vars.ObjectVar[Page], *, insist: Any, days: rx.Component) -> rx.Component:
    """What happens by itself, and the deliberate ways to have it otherwise."""
    collection = page.automatic.planned
    return rx.el.section(
        rx.el.h2(TEXTS.card),
        rx.el.ol(
            step("s-pending", "mail", INVOICE.now, collection.told),
            step("s-plain", "clock", collection.on, collection.collected, class_name="next"),
            class_name="vd-hist",
        ),
        days,
        rx.cond(page.may_pay, pay_anyway(insist, TEXTS.pay_text)),
        class_name="vd-card methods",
    )


def pay_anyway(insist: Any, text: str) -> rx.Component:
    """The second route, for who knows that it is not needed."""
    return rx.el.div(
        rx.el.button(INVOICE.pay_anyway, type="button", on_click=insist, class_name="vd-btn line full"),
        rx.el.p(text, class_name="fs13 mut3"),
        class_name="vd-aside",
    )


def step(tone: str, icon_name: str, title: Any, text: Any, class_name: str = "") -> rx.Component:
    """One step of what happens by itself. text: under its title; empty for none."""
    return rx.el.li(
        rx.el.span(icon(icon_name), class_name=f"ic {tone}"),
        rx.el.p(rx.el.strong(title), rx.cond(text != "", rx.fragment(rx.el.br(), text))),
        class_name=class_name,
    )


def day_choice(state: Any, page: rx.vars.ObjectVar[Page], *, place: str) -> rx.Component:
    """Choosing the day of a collection; nothing when none can be. state: whose `choose_day` it is; place: where trouble
    is told."""
    automatic = page.automatic
    form = rx.el.form(
        rx.el.div(
            rx.el.label(TEXTS.date, html_for="day"),
            rx.el.div(
                rx.el.select(rx.foreach(automatic.days, _option), id="day", name="day", class_name="vd-input"),
                icon("chev", size="s"),
                class_name="vd-select",
            ),
            rx.el.p(TEXTS.date_hint, class_name="hint"),
            class_name="vd-field",
        ),
        rx.el.button(TEXTS.date_submit, type="submit", class_name="vd-btn soft full"),
        on_submit=state.choose_day,
        class_name="vd-day",
    )
    opened = rx.el.details(
        rx.el.summary(icon("right", size="s"), automatic.date_title), form, open=page.returned.title != "",
        class_name="vd-more plain",
    )  # fmt: skip
    return rx.fragment(told(state, place), rx.cond(automatic.days.length() > 0, opened))


def _option(day: rx.vars.ObjectVar[Day]) -> rx.Component:
    return rx.el.option(day.label, value=day.value, key=day.value)
