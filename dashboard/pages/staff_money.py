"""Money without a place: files of the bank, the lines that wait for a person, and what was matched before."""

from typing import Any

import reflex as rx

from billing.ports import MOST_BYTES
from dashboard.components.account_parts import hidden_button, told
from dashboard.components.basics import NativeForm, amount, badge, icon
from dashboard.components.frame import page
from dashboard.components.paging import paging
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import acts_head, staff_frame
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_money_acts import LINES
from dashboard.pages.staff_money_choice import choice_dialog, sure_dialog
from dashboard.pages.staff_money_matched import matched_card
from dashboard.pages.staff_money_state import ROUTE, StaffMoneyState
from dashboard.rows.bank_files import StatementLine
from dashboard.rows.bank_lines import WaitingRow

TEXTS = SHOWN.staff.money
STATE: Any = StaffMoneyState
WAITING: Any = StaffMoneyState.waiting
STATEMENTS: Any = StaffMoneyState.statements
IMPORTED = "bank-imported"
ENDINGS = (".xml", ".sta", ".mt940", ".940", ".swi", ".txt")


@page(route=ROUTE, title=SHOWN.staff.nav.money, on_load=StaffMoneyState.load)
def staff_money() -> rx.Component:
    """The content of the page."""
    return staff_frame(
        ROUTE,
        told(StaffMoneyState, LINES),
        _waiting(),
        _upload(),
        matched_card(),
        _statements(),
        choice_dialog(),
        sure_dialog(),
        title=SHOWN.staff.nav.money,
        lede=TEXTS.lede,
    )


def _upload() -> rx.Component:
    texts = TEXTS.files
    marks = {
        "data-upload": "", "data-then": IMPORTED, "data-most": str(MOST_BYTES), "data-busy": texts.busy.unfilled,
        "data-trouble": texts.trouble, "data-large": texts.too_large, "data-refused": texts.refused_title,
    }  # fmt: skip
    picked = rx.el.input(
        type="file", id="bank-files", multiple=True, accept=",".join(ENDINGS),
        custom_attrs={"aria-describedby": "bank-files-hint"},
    )  # fmt: skip
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(texts.title, id="bank-files-title"), rx.el.p(texts.lede, class_name="fs14 mut"),
                class_name="stack xs",
            )
        ),
        rx.el.div(
            NativeForm.create(
                picked,
                rx.el.label(icon("plus", size="s"), texts.choose, html_for="bank-files", class_name="vd-btn line"),
                rx.el.p(texts.hint, rx.el.span(f", {texts.hint_drop}", class_name="hide-s"), id="bank-files-hint",
                        class_name="fs13 mut3"),
                rx.el.p(class_name="fs14", custom_attrs={"role": "status", "data-upload-busy": ""}),
                action="/files/bank", method="post", class_name="vd-drop", custom_attrs=marks,
            ),
            rx.el.ul(class_name="vd-told", custom_attrs={"data-upload-list": "", "aria-live": "polite"}),
            hidden_button(IMPORTED, StaffMoneyState.look_again),
            class_name="pad",
        ),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": "bank-files-title"},
    )  # fmt: skip


def _waiting() -> rx.Component:
    texts = TEXTS.waiting
    heads = [head(texts.received), head(texts.from_whom), head(texts.amount, class_name="r"), head(texts.suggestion),
             acts_head()]  # fmt: skip
    none = rx.el.div(
        rx.el.span(icon("okc"), class_name="vd-tile s-paid"), rx.el.h3(texts.none), rx.el.p(texts.none_text),
        class_name="vd-empty tight",
    )  # fmt: skip
    return rx.el.section(
        rx.el.header(rx.el.h2(texts.title, id="waiting-title"), rx.el.span(WAITING.count, class_name="mut fs14")),
        rx.cond(
            WAITING.rows.length() > 0,
            table(heads, rx.foreach(WAITING.rows, _line), class_name="vd-table cards bank"),
            none,
        ),
        paging(WAITING.spread, has_previous=WAITING.has_previous, has_next=WAITING.has_next, turn=STATE.turn),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "waiting-title"},
    )


def _line(row: rx.vars.ObjectVar[WaitingRow]) -> rx.Component:
    texts = TEXTS.waiting
    hint = rx.fragment(
        rx.el.span(row.hint, class_name="what"),
        rx.el.span(row.exact, class_name=rx.cond(row.fits, "sub green", "sub pend")),
        rx.el.span(row.why, class_name="sub"),
    )
    return rx.el.tr(
        cell(row.on, class_name="on"),
        cell(
            rx.el.strong(row.name), rx.el.span(row.iban, class_name="sub num"), rx.el.span(row.text, class_name="sub"),
            class_name="who",
        ),
        cell(amount(row.amount), class_name="r amt"),
        cell(rx.cond(row.hint != "", hint, rx.el.span(row.why, class_name="mut")), class_name="hint"),
        cell(
            rx.el.div(
                rx.cond(
                    row.hint != "",
                    _button(texts.match, row.match_name, STATE.match(row.id), look="soft"),
                ),
                _button(row.choose, row.choose_name, STATE.choose(row.id), look="line"),
                class_name="row",
            ),
            class_name="r act",
        ),
        role="row",
        key=row.id,
    )  # fmt: skip


def _button(label: Any, name: Any, event: Any, *, look: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=event, class_name=f"vd-btn {look} sm", custom_attrs={"aria-label": name}
    )


def _statements() -> rx.Component:
    texts = TEXTS.statements
    heads = [head(texts.account), head(texts.period), head(texts.balances), head(texts.lines), head(texts.state)]
    return rx.el.section(
        rx.el.header(
            rx.el.h2(texts.title, id="statements-title"),
            rx.el.span(STATEMENTS.gaps, class_name=f"fs14 {STATEMENTS.tone}"),
        ),
        rx.cond(
            STATEMENTS.rows.length() > 0,
            table(heads, rx.foreach(STATEMENTS.rows, _statement), class_name="vd-table cards stmts"),
            rx.el.p(texts.none, class_name="pad mut"),
        ),
        paging(
            STATEMENTS.spread, has_previous=STATEMENTS.has_previous, has_next=STATEMENTS.has_next,
            turn=STATE.turn_statements,
        ),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "statements-title"},
    )  # fmt: skip


def _statement(row: rx.vars.ObjectVar[StatementLine]) -> rx.Component:
    return rx.el.tr(
        cell(rx.el.span(row.account, class_name="num"), rx.el.span(row.number, class_name="sub"), class_name="acc"),
        cell(row.period, rx.el.span(row.imported, class_name="sub"), class_name="per"),
        cell(row.balances, class_name="num bal"),
        cell(row.lines, class_name="num nw"),
        cell(badge(row.state), rx.cond(row.trouble != "", rx.el.span(row.trouble, class_name="sub late"))),
        role="row",
        key=row.key,
    )
