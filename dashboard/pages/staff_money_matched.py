"""What lines of the bank turned out to be for, and the way back."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount
from dashboard.components.paging import paging
from dashboard.components.shown import SHOWN
from dashboard.components.staff_nav import acts_head
from dashboard.components.table import cell, head, table
from dashboard.pages.staff_money_acts import MATCHED
from dashboard.pages.staff_money_state import StaffMoneyState
from dashboard.rows.bank_lines import MatchedRow

TEXTS = SHOWN.staff.money.matched
STATE: Any = StaffMoneyState
LIST: Any = StaffMoneyState.matched


def matched_card() -> rx.Component:
    """The newest first, each with what it follows from."""
    heads = [
        head(TEXTS.line),
        head(TEXTS.amount, class_name="r"),
        head(TEXTS.purpose),
        head(TEXTS.rule),
        acts_head(),
    ]
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2(TEXTS.title, id="matched-title"), rx.el.p(TEXTS.lede, class_name="fs14 mut"),
                class_name="stack xs",
            )
        ),
        rx.el.div(told(StaffMoneyState, MATCHED), class_name="pad vd-saidhere"),
        rx.cond(
            LIST.rows.length() > 0,
            table(heads, rx.foreach(LIST.rows, _row), class_name="vd-table cards matched"),
            rx.el.p(TEXTS.none, class_name="pad mut"),
        ),
        paging(LIST.spread, has_previous=LIST.has_previous, has_next=LIST.has_next, turn=STATE.turn_matched),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "matched-title"},
    )  # fmt: skip


def _row(row: rx.vars.ObjectVar[MatchedRow]) -> rx.Component:
    button = rx.el.button(
        TEXTS.undo, type="button", on_click=STATE.ask_undo(row.id), class_name="vd-btn line sm",
        custom_attrs={"aria-label": row.undo_name},
    )  # fmt: skip
    return rx.el.tr(
        cell(rx.el.strong(row.name), rx.el.span(row.on, class_name="sub"), class_name="who"),
        cell(amount(row.amount), class_name="r amt"),
        cell(row.purpose, rx.el.span(row.account, class_name="sub")),
        cell(row.rule, rx.cond(row.undone != "", rx.el.span(row.undone, class_name="sub pend"))),
        cell(rx.cond(row.may_undo, button), class_name="r act"),
        role="row",
    )
