"""The dialogs about one line of the bank: what it is for, and whether its match is to be taken back."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, icon, sums
from dashboard.components.dialogs import dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.staff_money_acts import CHOICE
from dashboard.pages.staff_money_state import StaffMoneyState
from dashboard.rows.bank_choice import Choice, Found, OriginRow

TEXTS = SHOWN.staff.money.choosing
STATE: Any = StaffMoneyState
OPEN: Any = StaffMoneyState.dialog
SURE: Any = StaffMoneyState.sure


def choice_dialog() -> rx.Component:
    """Which customer paid, and what: some invoices, or none of them."""
    window = dialog(
        told(StaffMoneyState, CHOICE),
        rx.cond(OPEN.text != "", rx.el.p(OPEN.text, class_name="vd-quote")),
        rx.cond(OPEN.may_choose, rx.cond(OPEN.payer != "", _invoices(), _search()), _origins()),
        rx.cond(OPEN.payer == "", _not_theirs()),
        name="bank-choice",
        title=OPEN.title,
        lede=OPEN.lede,
        footer=[
            rx.el.button(TEXTS.cancel, type="button", on_click=StaffMoneyState.close, class_name="vd-btn line"),
            rx.cond(
                OPEN.may_choose,
                rx.el.button(
                    TEXTS.submit, type="button", on_click=StaffMoneyState.pay, disabled=~OPEN.can_match,
                    class_name="vd-btn solid",
                ),
            ),
        ],
        close=StaffMoneyState.close,
    )  # fmt: skip
    return rx.cond(OPEN.line != "", window)


def sure_dialog() -> rx.Component:
    """Before a match is taken back."""
    window = dialog(
        rx.el.p(SURE.text), name="bank-sure", title=SURE.title, narrow=True, close=StaffMoneyState.close,
        footer=[
            rx.el.button(
                TEXTS.cancel, type="button", on_click=StaffMoneyState.close, class_name="vd-btn line",
                custom_attrs={"data-first": ""},
            ),
            rx.el.button(SURE.submit, type="button", on_click=StaffMoneyState.undo, class_name="vd-btn solid"),
        ],
    )  # fmt: skip
    return rx.cond(SURE.key != "", window)


def _search() -> rx.Component:
    typed = rx.el.input(
        type="search", id="bank-payer", placeholder=TEXTS.search_hint, on_change=StaffMoneyState.search,
        class_name="vd-input", auto_complete="off", custom_attrs={"data-first": ""},
    )  # fmt: skip
    return rx.el.div(
        rx.el.div(
            rx.el.label(TEXTS.search, html_for="bank-payer"),
            rx.el.div(icon("search", size="s"), typed, class_name="vd-withicon"),
            class_name="vd-field",
        ),
        rx.cond(
            OPEN.found.length() > 0,
            rx.el.ul(
                rx.foreach(OPEN.found, _found), class_name="vd-found", custom_attrs={"aria-label": TEXTS.customers}
            ),
        ),
        rx.cond(OPEN.none_found, rx.el.p(TEXTS.none, class_name="mut fs14", role="status")),
        class_name="stack t",
    )


def _found(found: rx.vars.ObjectVar[Found]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(found.name, class_name="b"), rx.el.span(found.facts, class_name="fs13 mut3"), icon("right"),
            type="button", on_click=STATE.choose_payer(found.id),
        )
    )  # fmt: skip


def _invoices() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(OPEN.invoices_title),
            rx.el.button(
                TEXTS.other_customer, type="button", on_click=STATE.choose_payer(""), class_name="vd-btn bare sm"
            ),
            class_name="row between",
        ),
        rx.cond(OPEN.choices.length() > 0, rx.el.ul(rx.foreach(OPEN.choices, _invoice), class_name="vd-ticks")),
        rx.cond(OPEN.can_match, rx.el.div(sums(OPEN.sums), rx.el.p(OPEN.hint, class_name="fs13 mut3"),
                                          class_name="vd-reckon", role="status")),
        rx.el.div(
            rx.el.button(TEXTS.keep, type="button", on_click=StaffMoneyState.keep, class_name="vd-btn line sm"),
            rx.el.p(OPEN.keep_text, class_name="fs13 mut3"),
            class_name="vd-routes",
        ),
        class_name="stack t",
    )  # fmt: skip


def _invoice(row: rx.vars.ObjectVar[Choice]) -> rx.Component:
    tick = rx.el.input(
        type="checkbox", checked=row.chosen, on_change=lambda _: STATE.tick(row.number), class_name="vd-check"
    )
    return rx.el.li(
        rx.el.label(
            tick,
            rx.el.span(row.number, rx.el.small(row.due)),
            amount(row.amount),
        )
    )


def _origins() -> rx.Component:
    return rx.el.div(
        rx.el.p(OPEN.origins_title, class_name="fs14 mut"),
        rx.cond(OPEN.origins.length() > 0, rx.el.ul(rx.foreach(OPEN.origins, _origin), class_name="vd-origins")),
        class_name="stack t",
    )


def _origin(row: rx.vars.ObjectVar[OriginRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(row.what, class_name="b"),
            rx.el.span(row.facts, class_name="fs13 mut3"),
            rx.cond(row.costs != "", rx.el.span(row.costs, class_name="fs13 mut3")),
            class_name="stack xs",
        ),
        amount(row.amount),
        rx.el.button(
            TEXTS.belongs, type="button", on_click=STATE.belongs(row.key), class_name="vd-btn soft sm",
            custom_attrs={"aria-label": row.name},
        ),
    )  # fmt: skip


def _not_theirs() -> rx.Component:
    return rx.el.div(
        rx.el.p(TEXTS.not_theirs, class_name="fs14 mut"),
        rx.el.div(
            rx.el.button(
                TEXTS.other, type="button", on_click=STATE.put_away("other"), class_name="vd-btn line sm"
            ),
            rx.el.button(
                TEXTS.gateway, type="button", on_click=STATE.put_away("gateway"), class_name="vd-btn line sm"
            ),
            class_name="row wrap",
        ),
        class_name="vd-routes",
    )  # fmt: skip
