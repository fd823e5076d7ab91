"""The standing mandate of an account: giving it, how it stands, and taking it back."""

from typing import Any

import reflex as rx

from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import told
from dashboard.components.basics import icon, note
from dashboard.components.dialogs import dialog
from dashboard.components.frame import page
from dashboard.components.mandate_card import coming, live_card, waiting_card
from dashboard.components.mandate_giving import give_card, how_card
from dashboard.components.mandate_line import frozen_note
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.mandate_state import CARD, ROUTE, MandateState

TEXTS = SHOWN.mandate
STATE: Any = MandateState
VIEW: Any = MandateState.view
SURE: Any = MandateState.sure
PROOF: Any = MandateState.proof


@page(route=ROUTE, title=TEXTS.title, on_load=MandateState.load)
def mandate() -> rx.Component:
    """The content of the page."""
    lives = VIEW.live.badge.label != ""
    return account_frame(
        ROUTE,
        rx.el.div(told(STATE, CARD), frozen_note(STATE.frozen), _said(), class_name="stack vd-choices"),
        rx.cond(VIEW.waiting, waiting_card()),
        rx.cond(lives, live_card(VIEW, ask=STATE.ask)),
        rx.cond(VIEW.coming.length() > 0, coming(VIEW.coming)),
        rx.cond(VIEW.may_manage, _giving(lives), _look_only()),
        how_card(STATE.giving.points),
        _sure(),
        proof_dialog(STATE),
        title=TEXTS.title,
        lede=TEXTS.lede,
    )  # fmt: skip


def _said() -> rx.Component:
    said = note(rx.el.strong(VIEW.said.title), ". ", VIEW.said.text, tone="quiet", icon_name="info", role="status")
    return rx.cond(VIEW.said.title != "", said)


def _look_only() -> rx.Component:
    return rx.el.p(icon("lock", size="s"), TEXTS.look_only, class_name="vd-quiet")


def _giving(lives: Any) -> rx.Component:
    """The way to a mandate: plainly when there is none, behind a summary when there is, or may soon be, one."""
    words = TEXTS.give
    return rx.cond(
        lives,
        give_card(STATE, title=words.title_other, lede=words.lede_other, summary=TEXTS.card.other),
        rx.cond(
            VIEW.waiting,
            give_card(STATE, title=words.title, lede=words.lede, summary=words.again),
            give_card(STATE, title=words.title, lede=words.lede),
        ),
    )


def _sure() -> rx.Component:
    submit = rx.el.button(
        SURE.submit, type="button", on_click=MandateState.confirm,
        class_name=rx.cond(SURE.danger, "vd-btn danger", "vd-btn solid"),
    )  # fmt: skip
    leave = rx.el.button(
        TEXTS.cancel, type="button", on_click=MandateState.close, class_name="vd-btn line",
        custom_attrs={"data-first": ""},
    )  # fmt: skip
    window = dialog(
        rx.el.p(SURE.text), name="sure", title=SURE.title, narrow=True, close=MandateState.close,
        footer=[leave, submit],
    )  # fmt: skip
    return rx.cond((SURE.act != "") & ~PROOF.is_open, window)
