"""The credits of an account: the balance, every row that made it, credit notes, and what was paid too much."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told
from dashboard.components.basics import amount, file_link, heading, icon, link, sr
from dashboard.components.credit_notes import note_table
from dashboard.components.dialogs import dialog
from dashboard.components.explained import explained
from dashboard.components.frame import crumbs, page
from dashboard.components.money_back import overpaid, payable, payouts
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.components.table import cell, head, table
from dashboard.pages.credits_state import CHOICE, ROUTE, CreditsState
from dashboard.rows.credits import Move

TEXTS = SHOWN.credits
STATE: Any = CreditsState
VIEW: Any = CreditsState.statement
SURE: Any = CreditsState.sure
PROOF: Any = CreditsState.proof


@page(route=ROUTE, title=TEXTS.title, on_load=CreditsState.load)
def credits() -> rx.Component:
    """The content of the page."""
    return rx.fragment(
        rx.el.div(rx.el.div(crumbs(here=TEXTS.title), heading(TEXTS.title, lede=TEXTS.lede)), class_name="vd-head"),
        rx.el.div(
            told(STATE, CHOICE),
            overpaid(VIEW.overpaid, may_choose=VIEW.may_choose, keep=STATE.keep, ask=STATE.ask_back),
            class_name="stack vd-choices",
        ),
        rx.el.div(
            _balance(), rx.el.div(_ledger(), note_table(VIEW.notes), payouts(VIEW.payouts), class_name="stack"),
            class_name="vd-credits",
        ),
        _sure(),
        proof_dialog(STATE),
    )  # fmt: skip


def _balance() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(TEXTS.balance, class_name="fs14 mut"),
            rx.el.span(icon("coins"), class_name="vd-tile s-credit"),
            class_name="row between",
        ),
        amount(VIEW.balance, class_name="vd-hero xl"),
        rx.el.p(TEXTS.explained, class_name="fs13 mut3"),
        explained(SHOWN.help.credits),
        payable(VIEW.payable, ask=STATE.ask_payout),
        class_name="vd-card p",
    )


def _ledger() -> rx.Component:
    heads = [head(TEXTS.date), head(TEXTS.what), head(TEXTS.credits, class_name="r"),
             head(TEXTS.balance, class_name="r")]  # fmt: skip
    nothing = rx.el.div(rx.el.h3(TEXTS.none), rx.el.p(TEXTS.none_text), class_name="vd-empty tight")
    rows = table(heads, rx.foreach(VIEW.moves, _move), class_name="vd-table ledger")
    return rx.el.section(
        rx.el.header(rx.el.h2(TEXTS.rows, id="ledger-title")),
        rx.cond(VIEW.moves.length() > 0, rows, nothing),
        class_name="vd-card vd-clip",
        custom_attrs={"aria-labelledby": "ledger-title"},
    )


def _move(move: rx.vars.ObjectVar[Move]) -> rx.Component:
    title = rx.cond(
        move.url != "",
        link(move.title, to=move.url),
        rx.cond(move.file_url != "", file_link(move.title, to=move.file_url), rx.fragment(move.title)),
    )
    pill = rx.el.span(
        icon(move.icon), rx.el.span(sr(move.direction, " "), move.amount, class_name="num"),
        class_name=f"vd-badge {move.tone}",
    )  # fmt: skip
    return rx.el.tr(
        cell(move.on, class_name="nw mut"),
        cell(rx.el.span(title, " ", move.after, class_name="what"), rx.el.span(move.why, class_name="sub")),
        cell(pill, class_name="r"),
        cell(amount(move.balance), class_name="r"),
        role="row",
    )


def _sure() -> rx.Component:
    window = dialog(
        rx.el.p(SURE.text), name="sure", title=SURE.title, narrow=True, close=CreditsState.close,
        footer=[
            rx.el.button(
                TEXTS.cancel, type="button", on_click=CreditsState.close, class_name="vd-btn line",
                custom_attrs={"data-first": ""},
            ),
            rx.el.button(SURE.submit, type="button", on_click=CreditsState.confirm, class_name="vd-btn solid"),
        ],
    )  # fmt: skip
    return rx.cond((SURE.kind != "") & ~PROOF.is_open, window)
