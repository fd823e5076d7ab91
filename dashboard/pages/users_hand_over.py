"""The dialog in which a place goes to somebody else: first who and when, then what that means."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told, told_field
from dashboard.components.basics import icon, note
from dashboard.components.dialogs import dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.users_state import UsersState
from dashboard.rows import hand_over as rows
from dashboard.rows.hand_over import Fact

TEXTS = SHOWN.users.hand_over
FORM_ID, SUMMARY = "successor-fields", "successor-summary"
STATE: Any = UsersState
DRAFT: Any = UsersState.succession
STEPS: Any = UsersState.steps
TROUBLE: Any = UsersState.trouble


def hand_over_dialog() -> rx.Component:
    """There only while a handover is being filled in."""
    is_last = STEPS.summary.length() > 0
    window = dialog(
        told(UsersState, rows.WHOLE), rx.cond(is_last, _summary(), _fields()), name="successor", title=STEPS.title,
        lede=STEPS.lede, close=UsersState.close,
        footer=[
            rx.cond(is_last, _button(TEXTS.back, UsersState.step_back, class_name="vd-btn bare look")),
            _button(SHOWN.users.cancel, UsersState.close, class_name="vd-btn line"),
            rx.cond(is_last, _send(), rx.el.button(TEXTS.next, type="submit", form=FORM_ID, class_name="vd-btn solid")),
        ],
    )  # fmt: skip
    return rx.cond(DRAFT.key != "", window)


def _fields() -> rx.Component:
    successor = rx.el.fieldset(
        rx.el.legend(TEXTS.who, class_name="vd-legend b"),
        rx.el.div(
            _field(rows.NAME, TEXTS.name, "name", DRAFT.name, max_length=80, custom_attrs={"data-first": ""}),
            _field(rows.EMAIL, TEXTS.email, "email", DRAFT.email, max_length=254, type="email"),
            class_name="vd-two",
        ),
        class_name="vd-choices",
    )  # fmt: skip
    days = rx.el.fieldset(
        rx.el.legend(TEXTS.when, class_name="vd-legend b"),
        rx.el.div(
            _field(rows.LAST_DAY, TEXTS.last_day, "last_day", DRAFT.last_day, hint=TEXTS.last_day_hint, type="date"),
            _field(rows.UNTIL, TEXTS.ends_on, "ends_on", DRAFT.ends_on, hint=TEXTS.ends_on_hint, type="date"),
            class_name="vd-two",
        ),
        class_name="vd-choices",
    )  # fmt: skip
    return rx.el.form(
        successor,
        rx.cond(STEPS.is_owner, rx.fragment(), days),
        on_submit=lambda _: STATE.step_on(),
        id=FORM_ID,
        no_validate=True,
        class_name="vd-userform",
    )


def _field(place: str, label: str, name: str, value: Any, **props: Any) -> rx.Component:
    return told_field(
        place, label, trouble=TROUBLE, default_value=value, auto_complete="off",
        on_change=lambda text: STATE.fill_in_successor(name, text), **props,
    )  # fmt: skip


def _summary() -> rx.Component:
    # The button that led here is gone, so the reader goes on here; on a small screen this has to scroll by keyboard.
    return rx.el.div(
        rx.el.h3(TEXTS.summary, id=f"{SUMMARY}-title"),
        rx.el.dl(rx.foreach(STEPS.summary, _fact), class_name="vd-facts"),
        note(STEPS.nothing_yet, tone="info", icon_name="info"),
        id=SUMMARY, class_name="vd-userform", role="group", tab_index=0,
        on_mount=rx.run_script(f"document.getElementById('{SUMMARY}').focus()"),
        custom_attrs={"aria-labelledby": f"{SUMMARY}-title"},
    )  # fmt: skip


def _fact(fact: rx.vars.ObjectVar[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.text), key=fact.label)


def _send() -> rx.Component:
    return rx.el.button(
        icon("send", size="s"), TEXTS.submit, type="button", on_click=UsersState.finish_hand_over,
        class_name="vd-btn solid",
    )  # fmt: skip


def _button(label: str, event: Any, *, class_name: str) -> rx.Component:
    return rx.el.button(label, type="button", on_click=event, class_name=class_name)
