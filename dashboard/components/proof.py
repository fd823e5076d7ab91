"""The window in which somebody proves again who is there. No secret in it ever reaches the state of a page."""

from typing import Any

import reflex as rx

from dashboard.components.dialogs import dialog
from dashboard.components.forms import code_field, field, or_else, passkey_answer, passkey_button, secret_form
from dashboard.texts.nl import NL

TEXTS = NL.proof
FORM, PROVEN = "proof-form", "proof-then"


def proof_dialog(*, is_open: Any, then: Any, cancel: Any, has_app: Any, has_passkey: Any) -> rx.Component:
    """Asks for the password, a code of the app, or a passkey. then: the event once it is proven; it does again what
    raised CheckNeeded. cancel: the event when it is not to be. has_app, has_passkey: what this person can give."""
    proven = rx.el.button(TEXTS.submit, id=PROVEN, type="button", on_click=then, hidden=True, tab_index=-1)
    window = dialog(
        rx.el.p(TEXTS.text, class_name="fs14 mut"),
        _form(has_app, has_passkey),
        proven,
        name="proof",
        title=TEXTS.title,
        footer=[
            rx.el.button(TEXTS.cancel, type="button", on_click=cancel, class_name="vd-btn line"),
            rx.el.button(TEXTS.submit, type="submit", form=FORM, class_name="vd-btn solid"),
        ],
        close=cancel,
        narrow=True,
    )
    return rx.cond(is_open, window)


def _form(has_app: Any, has_passkey: Any) -> rx.Component:
    device = passkey_button("proof", NL.passkeys.use, class_name="vd-btn line full")
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
