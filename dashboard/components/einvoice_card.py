"""The choice of how e-invoices come."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import card, told
from dashboard.components.shown import SHOWN
from dashboard.rows.account import EINVOICE, FormOption

WORDS = SHOWN.account.billing.einvoice


def einvoice_card(state: Any) -> rx.Component:
    """The card. state: with `forms`, `may_edit`, and the event `choose_einvoice`."""
    return card(WORDS.card, rx.cond(state.may_edit, _choice(state), _chosen(state)), key=EINVOICE, lede=WORDS.lede)


def _choice(state: Any) -> rx.Component:
    return rx.el.form(
        told(state, EINVOICE),
        rx.el.fieldset(
            rx.el.legend(WORDS.legend, class_name="sr"),
            rx.el.div(rx.foreach(state.forms, _option), class_name="vd-opts one"),
            class_name="vd-pick",
        ),
        rx.el.div(rx.el.button(WORDS.save, type="submit", class_name="vd-btn solid")),
        on_submit=state.choose_einvoice,
        class_name="vd-form",
    )


def _option(option: rx.vars.ObjectVar[FormOption]) -> rx.Component:
    radio = rx.el.input(
        type="radio", name=EINVOICE, value=option.form, default_checked=option.chosen, class_name="vd-check"
    )
    label = rx.el.span(option.name, rx.el.small(option.text))
    return rx.el.label(radio, label, class_name="vd-opt", key=option.form)


def _chosen(state: Any) -> rx.Component:
    facts = rx.foreach(
        state.forms, lambda option: rx.cond(option.chosen, rx.el.p(rx.el.strong(option.name), ". ", option.text))
    )
    return rx.el.div(facts)
