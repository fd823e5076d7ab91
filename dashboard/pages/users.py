"""Beheer gebruikers: who is in the account, what each may do, and who did what."""

from typing import Any

import reflex as rx

from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import told
from dashboard.components.basics import icon
from dashboard.components.frame import page
from dashboard.components.history import entry
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.users_acts import TABLE
from dashboard.pages.users_form import sure_dialog, user_dialog
from dashboard.pages.users_hand_over import hand_over_dialog
from dashboard.pages.users_state import ROUTE, UsersState
from dashboard.pages.users_table import users_table
from dashboard.rows.user_form import NEW

TEXTS = SHOWN.users
STATE: Any = UsersState
LOG: Any = UsersState.log


@page(route=ROUTE, title=TEXTS.title, on_load=UsersState.load)
def users() -> rx.Component:
    """The content of the page."""
    return account_frame(
        ROUTE,
        told(UsersState, TABLE),
        users_table(UsersState.people),
        _log(),
        user_dialog(),
        hand_over_dialog(),
        sure_dialog(),
        proof_dialog(STATE),
        title=TEXTS.title,
        lede=TEXTS.lede,
        action=_invite(),
    )  # fmt: skip


def _invite() -> rx.Component:
    return rx.el.button(
        icon("plus", size="s"), TEXTS.invite, type="button", on_click=STATE.open_form(NEW), class_name="vd-btn solid"
    )


def _log() -> rx.Component:
    texts, lines = TEXTS.log, LOG.lines
    turns = rx.el.footer(
        _turn(texts.newer, -1, enabled=LOG.newer), _turn(texts.older, 1, enabled=LOG.older),
        role="group", custom_attrs={"aria-label": texts.paging},
    )  # fmt: skip
    none = rx.el.p(texts.none, class_name="mut")
    return rx.el.section(
        rx.el.header(rx.el.h2(texts.title, id="log-title")),
        rx.el.div(
            rx.cond(lines.length() > 0, rx.el.ol(rx.foreach(lines, entry), class_name="vd-hist"), none),
            class_name="pad",
        ),
        rx.cond(LOG.newer | LOG.older, turns),
        class_name="vd-card",
        custom_attrs={"aria-labelledby": "log-title"},
    )


def _turn(label: str, step: int, *, enabled: Any) -> rx.Component:
    return rx.el.button(label, type="button", on_click=STATE.turn(step), disabled=~enabled, class_name="vd-btn line sm")
