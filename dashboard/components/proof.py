"""The window in which somebody proves again who is there. No secret in it ever reaches the state of a page."""

from typing import Any

import reflex as rx

from dashboard.components.dialogs import dialog
from dashboard.components.forms import code_field, field, or_else, passkey_answer, passkey_button, secret_form
from dashboard.components.shown import SHOWN

TEXTS = SHOWN.proof
FORM, PROVEN = "proof-form", "proof-then"


def proof_dialog(page: Any) -> rx.Component:
    """Asks for the password, a code of the app, or a passkey. page: its state, as `account_acts` has it: with
    `proof`, with `proven` that does again what raised CheckNeeded, and with `unproven` for when it is not to be."""
    proven = rx.el.button(TEXTS.submit, id=PROVEN, type="button", on_click=page.proven, hidden=True, tab_index=-1)
    window = dialog(
        rx.el.p(TEXTS.text, class_name="fs14 mut"),
        _form(page.proof.has_app, page.proof.has_passkey),
        proven,
        name="proof",
        title=TEXTS.title,
        footer=[
            rx.el.button(TEXTS.cancel, type="button", on_click=page.unproven, class_name="vd-btn line"),
            rx.el.button(TEXTS.submit, type="submit", form=FORM, class_name="vd-btn solid"),
        ],
        close=page.unproven,
        narrow=True,
    )
    return rx.cond(page.proof.is_open, window)


def _form(has_app: Any, has_passkey: Any) -> rx.Component:
    device = passkey_button("proof", SHOWN.passkeys.use, class_name="vd-btn line full")
    return secret_form(
        field(
            "password", TEXTS.password, id="proof-password", type="password", auto_complete="current-password",
            custom_attrs={"data-first": ""},
        ),
        rx.cond(has_app, code_field(TEXTS.code, id="proof-code", hint=TEXTS.code_hint)),
        rx.cond(has_passkey, rx.fragment(or_else(), device)),
        passkey_answer(),
        action="/auth/proof",
        then=PROVEN,
        id=FORM,
        class_name="vd-form",
    )  # fmt: skip
