"""The page about safety: password, second step, passkeys, and where somebody is logged in."""

from typing import Any

import reflex as rx

from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import card, hidden_button, told
from dashboard.components.basics import icon, note
from dashboard.components.forms import field, passkey_answer, password_field, secret_form
from dashboard.components.frame import page
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN
from dashboard.pages.account_app import second_step
from dashboard.pages.account_security_state import PASSKEY, PASSWORD, ROUTE, SESSIONS, SecurityState
from dashboard.rows.account import KeyRow, SessionRow

STATE: Any = SecurityState
SAFETY: Any = SecurityState.safety

TEXTS = SHOWN.account
WORDS = TEXTS.security


@page(route=ROUTE, title=TEXTS.nav.security, on_load=SecurityState.load)
def security() -> rx.Component:
    """The content of the page."""
    return account_frame(
        ROUTE,
        rx.cond(SAFETY.needs_factor, note(WORDS.needed, tone="s-late", icon_name="lock", role="status")),
        _password(),
        second_step(),
        _passkeys(),
        _sessions(),
        proof_dialog(STATE),
        title=TEXTS.nav.security,
        lede=WORDS.lede,
    )  # fmt: skip


def _password() -> rx.Component:
    change = rx.el.button(
        WORDS.change_password, type="button", on_click=STATE.edit(PASSWORD), class_name="vd-btn line"
    )  # fmt: skip
    form = _secret(
        PASSWORD,
        password_field(WORDS.new_password, hint=WORDS.new_password_hint, auto_complete="new-password", auto_focus=True),
        rx.el.button(WORDS.save_password, type="submit", class_name="vd-btn solid"),
        action="/auth/password",
    )  # fmt: skip
    return card(
        WORDS.password,
        told(STATE, PASSWORD),
        rx.cond(SecurityState.editing == PASSWORD, form, rx.el.div(change)),
        key=PASSWORD,
        lede=WORDS.password_text,
    )


def _passkeys() -> rx.Component:
    keys: Any = SAFETY.passkeys
    add = rx.el.button(
        icon("plus", size="s"), WORDS.passkey_add, type="button", on_click=STATE.edit(PASSKEY), class_name="vd-btn line"
    )
    # A submit button, so that Enter in the field asks the device too.
    ask = rx.el.button(
        icon("key", size="s"), WORDS.passkey_ask, type="submit", class_name="vd-btn solid",
        custom_attrs={"data-passkey": "register"},
    )  # fmt: skip
    form = _secret(
        PASSKEY,
        field("name", WORDS.passkey_name, id="passkey-name", hint=WORDS.passkey_name_hint, max_length=40,
              auto_complete="off", auto_focus=True),
        ask,
        passkey_answer(),
        action="/auth/passkey/register",
    )  # fmt: skip
    none = rx.el.p(WORDS.no_passkeys, class_name="fs14 mut")
    return card(
        WORDS.passkeys,
        told(STATE, PASSKEY),
        rx.cond(keys.length() > 0, rx.el.ul(rx.foreach(keys, _key), class_name="vd-entries"), none),
        rx.cond(SecurityState.editing == PASSKEY, form, rx.el.div(add, class_name="vd-withkeys")),
        rx.el.p(WORDS.no_support, class_name="fs13 mut3 vd-nokeys"),
        key=PASSKEY,
        lede=WORDS.passkeys_text,
    )


def _secret(what: str, *children: rx.Component, action: str) -> rx.Component:
    """The form of what is being changed, with the way out and the buttons that its script presses."""
    saved, check = f"{what}-saved", f"{what}-check"
    first, submit, *rest = children
    return secret_form(
        first,
        rx.el.div(
            submit,
            rx.el.button(WORDS.cancel, type="button", on_click=SecurityState.close, class_name="vd-btn line"),
            class_name="row wrap",
        ),
        *rest,
        hidden_button(saved, STATE.saved(what)),
        hidden_button(check, STATE.edit(what)),
        action=action, then=saved, check=check, class_name="vd-sub",
    )  # fmt: skip


def _key(key: rx.vars.ObjectVar[KeyRow]) -> rx.Component:
    ask = rx.el.button(
        WORDS.passkey_remove, type="button", on_click=STATE.ask_removal(key.id), class_name="vd-btn line sm",
        custom_attrs={"aria-label": key.remove_name},
    )  # fmt: skip
    sure = rx.el.div(
        rx.el.button(WORDS.passkey_remove, type="button", on_click=STATE.remove_passkey(key.id),
                     class_name="vd-btn danger sm", custom_attrs={"aria-label": key.remove_name}),
        rx.el.button(WORDS.passkey_keep, type="button", on_click=SecurityState.close, class_name="vd-btn line sm",
                     auto_focus=True),
        class_name="row wrap",
    )  # fmt: skip
    removing = SecurityState.removing == key.id
    return rx.el.li(
        rx.el.span(icon("key", size="s"), class_name="vd-tile s-open"),
        rx.el.div(
            rx.el.div(key.name, class_name="what"),
            rx.el.div(rx.cond(removing, WORDS.passkey_sure, key.facts), class_name="fs13 mut3"),
        ),
        rx.cond(removing, sure, ask),
        class_name="vd-item",
        key=key.id,
    )


def _sessions() -> rx.Component:
    others = rx.el.div(
        rx.el.button(WORDS.end_others, type="button", on_click=SecurityState.end_others, class_name="vd-btn line")
    )
    return card(
        WORDS.sessions,
        told(STATE, SESSIONS),
        rx.el.ul(rx.foreach(SAFETY.sessions, _session), class_name="vd-entries"),
        rx.cond(SAFETY.elsewhere, others),
        key=SESSIONS,
        lede=WORDS.sessions_text,
    )


def _session(session: rx.vars.ObjectVar[SessionRow]) -> rx.Component:
    here = rx.el.span(icon("check"), rx.el.span(WORDS.session_here), class_name="vd-badge s-paid")
    end = rx.el.button(
        WORDS.session_end, type="button", on_click=STATE.end_session(session.id), class_name="vd-btn line sm",
        custom_attrs={"aria-label": session.end_name},
    )  # fmt: skip
    return rx.el.li(
        rx.el.span(icon("web", size="s"), class_name="vd-tile s-open"),
        rx.el.div(
            rx.el.div(session.device, class_name="what"),
            rx.el.div(
                rx.cond(session.address != "", rx.fragment(session.address, " · ")), session.seen, class_name="fs13 mut"
            ),
            rx.el.div(session.since, class_name="fs13 mut3"),
        ),
        rx.cond(session.here, here, end),
        class_name="vd-item",
        key=session.id,
    )
