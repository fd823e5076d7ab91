"""The form that downloads all invoices of a period."""

from typing import Any

import reflex as rx

from dashboard.components.basics import NativeForm, icon
from dashboard.components.shown import SHOWN
from dashboard.rows.period import PeriodForm

TEXTS = SHOWN.period


def period_download(form: rx.vars.ObjectVar[PeriodForm], choice: rx.Component | None = None) -> rx.Component:
    """A button and the small window behind it. choice: the field with the account, when there is one to choose."""
    account = choice or rx.el.input(type="hidden", name="account", value=form.account, read_only=True)
    return rx.fragment(
        rx.el.button(icon("cal", size="s"), TEXTS.button, type="button", class_name="vd-btn line",
                     custom_attrs={"popoverTarget": "period"}),
        rx.el.div(
            rx.el.h2(TEXTS.title, id="period-title"),
            rx.el.p(TEXTS.text, class_name="fs14 mut"),
            NativeForm.create(
                account,
                rx.el.div(
                    _day("from", TEXTS.first, form.first), _day("to", TEXTS.last, form.last), class_name="vd-two"
                ),
                rx.el.p(TEXTS.hint, class_name="fs13 mut3"),
                rx.el.p(TEXTS.statement_text, class_name="fs13 mut"),
                rx.el.div(_statement("pdf", TEXTS.statement_pdf), _statement("csv", TEXTS.statement_csv),
                          class_name="row wrap"),
                rx.el.div(
                    rx.el.button(SHOWN.shell.close, type="button", class_name="vd-btn line",
                                 custom_attrs={"popoverTarget": "period", "popoverTargetAction": "hide"}),
                    rx.el.button(icon("down", size="s"), TEXTS.submit, type="submit", class_name="vd-btn solid"),
                    class_name="row vd-answers",
                ),
                action="/files/period.zip", method="post", class_name="stack t",
            ),
            id="period", class_name="vd-pop",
            custom_attrs={"popover": "auto", "role": "dialog", "aria-labelledby": "period-title"},
        ),
    )  # fmt: skip


def _statement(ending: str, label: str) -> rx.Component:
    """The same form, for the account statement."""
    return rx.el.button(
        icon("down", size="s"), label, type="submit", class_name="vd-btn line sm",
        custom_attrs={"formAction": f"/files/statement.{ending}"},
    )  # fmt: skip


def account_choice(accounts: Any, chosen: Any) -> rx.Component:
    """The field with the account. accounts: with `id` and `name`; chosen: id of the first choice, or empty."""
    return rx.el.div(
        rx.el.label(TEXTS.customer, html_for="period-account"),
        rx.el.select(
            rx.foreach(accounts, lambda account: rx.el.option(account.name, value=account.id)),
            id="period-account", name="account", default_value=chosen, key=chosen, class_name="vd-input",
        ),
        class_name="vd-field",
    )  # fmt: skip


def _day(name: str, label: str, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=f"period-{name}"),
        rx.el.input(
            type="date", id=f"period-{name}", name=name, default_value=value, required=True, class_name="vd-input"
        ),
        class_name="vd-field",
    )
