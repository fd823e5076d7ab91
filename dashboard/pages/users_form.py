"""The dialogs over the table of users: one for a user, and the question before somebody loses access."""

from typing import Any

import reflex as rx

from dashboard.components.account_parts import told, told_field
from dashboard.components.basics import icon
from dashboard.components.dialogs import dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.users_acts import SURE
from dashboard.pages.users_state import UsersState
from dashboard.rows import user_form as rows
from dashboard.rows.user_form import Box, Card

TEXTS = SHOWN.users.form
FORM_ID = "user-fields"
STATE: Any = UsersState
DRAFT: Any = UsersState.draft
FORM: Any = UsersState.form
TROUBLE: Any = UsersState.trouble
ASKED: Any = UsersState.sure


def user_dialog() -> rx.Component:
    """Invites somebody, or changes a member; there only while one is being filled in."""
    fields = rx.el.form(
        rx.cond(FORM.is_new, _person()),
        rx.cond(FORM.is_owner, rx.fragment(), rx.fragment(_roles(), _rights())),
        _mails(),
        rx.cond(FORM.is_owner, rx.fragment(), _until()),
        on_submit=lambda _: STATE.save(),
        id=FORM_ID,
        no_validate=True,
        class_name="vd-userform",
    )
    window = dialog(
        told(UsersState, rows.WHOLE), fields, name="user", title=FORM.title, lede=FORM.lede, close=UsersState.close,
        footer=[
            rx.cond(FORM.is_owner, rx.fragment(), _look()),
            rx.el.button(TEXTS.cancel, type="button", on_click=UsersState.close, class_name="vd-btn line"),
            rx.el.button(
                rx.cond(FORM.is_new, icon("send", size="s")), FORM.submit, type="submit", form=FORM_ID,
                class_name="vd-btn solid",
            ),
        ],
    )  # fmt: skip
    return rx.cond(DRAFT.key != "", window)


def sure_dialog() -> rx.Component:
    """Asks before somebody loses access, or an invitation its link."""
    window = dialog(
        rx.el.p(ASKED.text), told(UsersState, SURE), name="sure", title=ASKED.title, narrow=True,
        close=UsersState.close,
        footer=[
            rx.el.button(
                SHOWN.users.cancel, type="button", on_click=UsersState.close, class_name="vd-btn line",
                custom_attrs={"data-first": ""},
            ),
            rx.el.button(ASKED.submit, type="button", on_click=UsersState.confirm, class_name="vd-btn danger"),
        ],
    )  # fmt: skip
    return rx.cond(ASKED.key != "", window)


def _person() -> rx.Component:
    return rx.el.div(
        told_field(rows.NAME, TEXTS.name, trouble=TROUBLE, default_value=DRAFT.name, max_length=80, auto_complete="off",
                   on_change=lambda text: STATE.fill_in("name", text), custom_attrs={"data-first": ""}),
        told_field(rows.EMAIL, TEXTS.email, trouble=TROUBLE, default_value=DRAFT.email, max_length=254, type="email",
                   auto_complete="off", on_change=lambda text: STATE.fill_in("email", text)),
        class_name="vd-two",
    )  # fmt: skip


def _roles() -> rx.Component:
    return _set(TEXTS.role, rows.ROLE, rx.el.div(rx.foreach(FORM.cards, _card), class_name="vd-opts"))


def _card(card: rx.vars.ObjectVar[Card]) -> rx.Component:
    radio = rx.el.input(
        type="radio", name="role", value=card.role, checked=card.chosen, class_name="vd-check",
        on_change=lambda _: STATE.choose_role(card.role),
    )  # fmt: skip
    return rx.el.label(
        radio,
        rx.el.span(card.label, rx.el.small(card.hint)),
        class_name=rx.cond(card.chosen, "vd-opt on", "vd-opt"),
        key=card.role,
    )


def _rights() -> rx.Component:
    boxes = rx.el.div(rx.foreach(FORM.rights, _box), rx.foreach(FORM.locked, _locked), class_name="vd-rights")
    return _set(TEXTS.rights, rows.RIGHTS, boxes)


def _mails() -> rx.Component:
    boxes = rx.el.div(
        rx.foreach(FORM.mails, _box),
        rx.cond(FORM.never_mails != "", _locked(FORM.never_mails)),
        class_name="vd-rights",
    )
    return _set(TEXTS.mails, rows.MAILS, boxes)


def _box(box: rx.vars.ObjectVar[Box]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", checked=box.chosen, on_change=lambda _: STATE.tick(box.name), class_name="vd-check"
        ),
        rx.el.span(box.label),
        class_name="vd-right",
        key=box.name,
    )


def _locked(sentence: Any) -> rx.Component:
    return rx.el.p(rx.el.span(icon("lock", size="s"), class_name="lock"), sentence, class_name="vd-right mut3")


def _until() -> rx.Component:
    return rx.el.div(
        told_field(rows.UNTIL, TEXTS.until, trouble=TROUBLE, type="date", optional=TEXTS.optional,
                   default_value=DRAFT.ends_on, on_change=lambda text: STATE.fill_in("ends_on", text)),
        rx.el.p(TEXTS.until_hint, class_name="fs13 mut beside"),
        class_name="vd-two",
    )  # fmt: skip


def _look() -> rx.Component:
    return rx.el.button(
        icon("eye", size="s"),
        FORM.look,
        type="button",
        on_click=UsersState.look_as_draft,
        class_name="vd-btn bare look",
    )


def _set(title: str, place: str, *content: rx.Component) -> rx.Component:
    """A group of choices, and what is wrong with it."""
    message = rx.el.p(icon("alert", size="s"), rx.el.span(TROUBLE.sentence), class_name="msg", role="alert")
    return rx.el.fieldset(
        rx.el.legend(title, class_name="vd-legend"),
        *content,
        rx.cond(TROUBLE.place == place, message),
        class_name="vd-choices vd-field",
    )
