"""Giving a mandate: what it is, and the two forms with which it begins."""

from typing import Any

import reflex as rx

from billing.ports import MandateScheme
from dashboard.components.account_parts import told
from dashboard.components.basics import icon, sr
from dashboard.components.forms import field
from dashboard.components.shown import SHOWN
from dashboard.rows.mandate_giving import BANK, IDEAL, Choice

TEXTS = SHOWN.mandate.give


def how_card(texts: Any) -> rx.Component:
    """What a mandate is. texts: of each point, in the order of their titles."""
    points = [
        rx.el.li(
            rx.el.span(icon(point.icon), class_name="vd-tile s-open"),
            rx.el.div(rx.el.h3(point.title), rx.el.p(texts[place], class_name="fs14 mut")),
        )
        for place, point in enumerate(SHOWN.mandate.points)
    ]
    return rx.el.section(
        rx.el.header(rx.el.h2(SHOWN.mandate.how, id="how-title")),
        rx.el.ul(*points, class_name="pad vd-points"),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": "how-title"},
    )


def give_card(state: Any, *, title: Any, lede: Any, summary: Any = None) -> rx.Component:
    """Both ways side by side. state: whose events they are. summary: behind which words they wait to be opened."""
    ways = rx.el.div(_bank(state), _ideal(state), class_name="vd-ways")
    head = rx.el.div(rx.el.h2(title, id="give-title"), rx.el.p(lede, class_name="fs14 mut"), class_name="stack xs")
    if summary is None:
        return rx.el.section(
            rx.el.header(head), rx.el.div(ways, class_name="pad"), class_name="vd-card",
            custom_attrs={"aria-labelledby": "give-title"},
        )  # fmt: skip
    return rx.el.details(
        rx.el.summary(icon("right", size="s"), summary),
        rx.el.div(head, ways, class_name="vd-own"),
        class_name="vd-card vd-more",
    )


def _bank(state: Any) -> rx.Component:
    return rx.el.form(
        rx.el.h3(TEXTS.bank),
        rx.el.p(TEXTS.bank_text, class_name="fs14 mut"),
        told(state, BANK),
        rx.el.fieldset(
            rx.el.legend(TEXTS.scheme, class_name="sr"),
            rx.el.div(
                _scheme(MandateScheme.CORE, TEXTS.core, TEXTS.core_hint, default_checked=True),
                _scheme(MandateScheme.BUSINESS, TEXTS.business, TEXTS.business_hint),
                class_name="vd-opts one",
            ),
            class_name="vd-pick",
        ),
        rx.el.div(
            field(
                "maximum", TEXTS.maximum, hint=TEXTS.maximum_hint, type="text", auto_complete="off", max_length=16,
                custom_attrs={"inputMode": "decimal"},
            ),
            class_name="for-b2b",
        ),
        rx.el.p(state.giving.core, class_name="vd-consent for-core"),
        rx.el.p(state.giving.business, class_name="vd-consent for-b2b"),
        _submit(TEXTS.to_bank, state.busy, BANK, class_name="vd-btn solid full"),
        on_submit=state.sign,
        no_validate=True,
        class_name="vd-way",
    )  # fmt: skip


def _scheme(scheme: MandateScheme, label: str, hint: str, **props: Any) -> rx.Component:
    radio = rx.el.input(type="radio", name="scheme", value=scheme.value, class_name="vd-check", **props)
    return rx.el.label(radio, rx.el.span(label, rx.el.small(hint)), class_name="vd-opt")


def _ideal(state: Any) -> rx.Component:
    giving = state.giving
    form = rx.el.form(
        told(state, IDEAL),
        rx.el.div(
            rx.el.label(TEXTS.invoice, html_for="number"),
            rx.el.select(
                rx.foreach(giving.invoices, _option), id="number", name="number", default_value=giving.chosen,
                class_name="vd-input", key=giving.chosen,
            ),
            class_name="vd-field",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="agreed", class_name="vd-check"),
            rx.el.span(rx.el.strong(TEXTS.agree), giving.core),
            class_name="vd-consent tick",
        ),
        _submit(TEXTS.pay, state.busy, IDEAL, class_name="vd-btn line full"),
        on_submit=state.pay_first,
        no_validate=True,
    )  # fmt: skip
    nothing = rx.el.p(rx.cond(giving.may_pay, TEXTS.nothing_open, TEXTS.no_pay), class_name="fs14")
    return rx.el.div(
        rx.el.h3(TEXTS.ideal),
        rx.el.p(TEXTS.ideal_text, class_name="fs14 mut"),
        rx.cond(giving.invoices.length() > 0, form, nothing),
        class_name="vd-way",
    )


def _option(choice: rx.vars.ObjectVar[Choice]) -> rx.Component:
    return rx.el.option(choice.label, value=choice.number, key=choice.number)


def _submit(label: str, busy: Any, place: str, *, class_name: str) -> rx.Component:
    spinner = rx.fragment(rx.el.span(class_name="vd-spin"), sr(TEXTS.opening))
    return rx.el.button(
        label, rx.cond(busy == place, spinner, icon("right", size="s")), type="submit", disabled=busy != "",
        class_name=class_name, custom_attrs={"aria-busy": rx.cond(busy == place, "true", "false")},
    )  # fmt: skip
