"""The card of the second step: an app that shows codes, and backup codes for when it is lost.

The key of the app and the backup codes are asked for by forms of their own and shown by the script that carries them.
"""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dashboard.components.account_parts import card, hidden_button, standing, told
from dashboard.components.basics import icon
from dashboard.components.forms import code_field, filled, secret_form
from dashboard.components.shown import SHOWN
from dashboard.components.toasts import say
from dashboard.pages.account_security_state import (
    APP,
    CODES,
    RENEW,
    STOP,
    SecurityState,
)

STATE: Any = SecurityState
SAFETY: Any = SecurityState.safety
WORDS = SHOWN.account.security
BEGIN, SETUP, LIST, SECRET, SEEN, CHECK = (
    "app-begin", "app-setup", "backup-codes", "app-secret", "codes-shown", "app-check",
)  # fmt: skip


def second_step() -> rx.Component:
    """How it stands, and what can be changed about it."""
    return card(
        WORDS.app,
        told(STATE, APP),
        rx.cond(SAFETY.has_app, _on(), _off()),
        _setup(),
        _codes(),
        hidden_button(SEEN, STATE.saved(CODES)),
        key=APP,
        lede=rx.cond(SAFETY.has_app, WORDS.app_on, WORDS.app_text),
        mark=standing(SAFETY.has_app, on=WORDS.on, off=WORDS.off, detail=SAFETY.app_since),
    )


def _off() -> rx.Component:
    return rx.cond(
        SecurityState.editing != APP,
        rx.el.div(rx.el.button(WORDS.app_start, type="button", on_click=STATE.edit(APP), class_name="vd-btn solid")),
    )


def _on() -> rx.Component:
    left = rx.el.span(
        SAFETY.codes_left, rx.cond(SAFETY.few_codes, f". {WORDS.codes_few}", "."),
        class_name=rx.cond(SAFETY.few_codes, "late", "mut"),
    )  # fmt: skip
    buttons = rx.el.div(
        rx.el.button(WORDS.renew, type="button", on_click=STATE.edit(RENEW), class_name="vd-btn line"),
        rx.el.button(WORDS.app_stop, type="button", on_click=STATE.edit(STOP), class_name="vd-btn line"),
        class_name="row wrap",
    )
    return rx.match(
        SecurityState.editing,
        (STOP, _stop()),
        (RENEW, _renew()),
        (CODES, rx.fragment()),
        rx.el.div(rx.el.p(left, class_name="fs14"), buttons, class_name="vd-own"),
    )


def _stop() -> rx.Component:
    return rx.el.div(
        rx.el.p(WORDS.app_stop_sure),
        rx.el.div(
            rx.el.button(WORDS.app_stop, type="button", on_click=SecurityState.switch_off, class_name="vd-btn danger"),
            rx.el.button(
                WORDS.cancel, type="button", on_click=SecurityState.close, class_name="vd-btn line", auto_focus=True
            ),
            class_name="row wrap",
        ),
        class_name="vd-sub",
    )


def _renew() -> rx.Component:
    again = "renew-check"
    return secret_form(
        rx.el.p(WORDS.renew_sure),
        rx.el.div(
            rx.el.button(WORDS.renew, type="submit", class_name="vd-btn solid", auto_focus=True),
            rx.el.button(WORDS.cancel, type="button", on_click=SecurityState.close, class_name="vd-btn line"),
            class_name="row wrap",
        ),
        hidden_button(again, STATE.edit(RENEW)),
        action="/auth/app/codes", then=SEEN, check=again, fills=LIST, class_name="vd-sub",
    )  # fmt: skip


def _setup() -> rx.Component:
    """Always in the page, so that the answer has a place to go; seen while the app is being set up."""
    begin = secret_form(
        action="/auth/app/begin", then="", check=CHECK, fills=SETUP, id=BEGIN,
        on_mount=[
            rx.run_script(f"document.getElementById('{BEGIN}').requestSubmit()"), _focus("app-scan"),
        ],
    )  # fmt: skip
    scan = rx.el.li(
        rx.el.div(
            rx.el.h3(WORDS.scan, id="app-scan", tab_index=-1),
            rx.el.p(WORDS.scan_text, class_name="fs14 mut"),
            class_name="stack xs",
        ),
        rx.el.div(
            rx.el.img(alt=WORDS.qr, custom_attrs=filled("qr"), class_name="vd-appqr"),
            rx.el.div(
                rx.el.p(WORDS.type_it, class_name="fs14 mut"),
                rx.el.code(id=SECRET, custom_attrs=filled("secret"), class_name="vd-secret"),
                _copy(WORDS.copy_key, SECRET),
                class_name="vd-own tight",
            ),
            class_name="vd-scan",
        ),
    )  # fmt: skip
    confirm = rx.el.li(
        rx.el.h3(WORDS.code),
        secret_form(
            code_field(WORDS.code_label, id="app-code", hint=WORDS.code_hint, required=True),
            rx.el.div(
                rx.el.button(WORDS.finish, type="submit", class_name="vd-btn solid"),
                rx.el.button(WORDS.cancel, type="button", on_click=SecurityState.close, class_name="vd-btn line"),
                class_name="row wrap",
            ),
            action="/auth/app/confirm", then=SEEN, check=CHECK, fills=LIST, class_name="vd-form narrow",
        ),
    )  # fmt: skip
    return rx.el.div(
        rx.cond(SecurityState.editing == APP, begin),
        rx.el.ol(scan, confirm, class_name="vd-steps"),
        hidden_button(CHECK, STATE.edit(APP)),
        id=SETUP, hidden=SecurityState.editing != APP, key=f"setup {SecurityState.round}", class_name="vd-sub",
    )  # fmt: skip


def _codes() -> rx.Component:
    """Always in the page too; seen from the moment there are codes until they are kept."""
    title = rx.el.h3(WORDS.codes, id="codes-title", tab_index=-1, on_mount=_focus("codes-title"))
    return rx.el.div(
        rx.cond(SecurityState.editing == CODES, title),
        rx.el.p(WORDS.codes_text, class_name="fs14"),
        rx.el.ol(custom_attrs=filled("codes"), class_name="vd-codes", id="codes"),
        rx.el.div(
            rx.el.button(WORDS.codes_kept, type="button", on_click=SecurityState.close, class_name="vd-btn solid"),
            _copy(WORDS.copy_codes, "codes"),
            rx.el.button(icon("print", size="s"), WORDS.print_codes, type="button",
                         on_click=rx.run_script("window.print()"), class_name="vd-btn line"),
            class_name="row wrap",
        ),
        id=LIST, hidden=SecurityState.editing != CODES, key=f"codes {SecurityState.round}", class_name="vd-sub vd-keep",
    )  # fmt: skip


def _focus(name: str) -> EventSpec:
    return rx.run_script(f"document.getElementById('{name}').focus()")


def _copy(label: str, what: str) -> rx.Component:
    return rx.el.button(
        icon("copy", size="s"), label, type="button", on_click=say(WORDS.copied), class_name="vd-btn line",
        custom_attrs={"data-copy": what},
    )  # fmt: skip
