"""Forms whose secrets go straight to a route, past the state of the page; assets/scripts/proof.js carries them."""

from typing import Any

import reflex as rx

from dashboard.components.basics import NativeForm, icon
from dashboard.components.shown import SHOWN


def field(name: str, label: Any, *, hint: Any = None, id: str = "", class_name: str = "", **props: Any) -> rx.Component:
    """A label, its input, and a hint under it. props: of the input; id: the input's, its name when not given."""
    place = id or name
    described = {"aria-describedby": f"{place}-hint"} if hint is not None else {}
    attributes = described | props.pop("custom_attrs", {})
    return rx.el.div(
        rx.el.label(label, html_for=place),
        rx.el.input(id=place, name=name, class_name=f"vd-input {class_name}".strip(), custom_attrs=attributes, **props),
        rx.el.p(hint, id=f"{place}-hint", class_name="hint") if hint is not None else rx.fragment(),
        class_name="vd-field",
    )


def password_field(label: Any, *beside: Any, hint: Any = None, **props: Any) -> rx.Component:
    """Where a password goes, and a button that shows what is typed. beside: what stands at the right of the label."""
    eye = rx.el.button(
        icon("eye"), type="button", class_name="vd-ghost", title=SHOWN.login.show,
        custom_attrs={"data-reveal": "password", "aria-label": SHOWN.login.show, "aria-pressed": "false"},
    )  # fmt: skip
    described = {"aria-describedby": "password-hint"} if hint is not None else {}
    typed = rx.el.input(
        id="password", name="password", type="password", required=True, class_name="vd-input tall",
        custom_attrs=described, **props,
    )  # fmt: skip
    return rx.el.div(
        rx.el.div(rx.el.label(label, html_for="password", class_name="vd-legend"), *beside, class_name="row between"),
        rx.el.div(typed, eye, class_name="vd-withicon"),
        rx.el.p(hint, id="password-hint", class_name="hint") if hint is not None else rx.fragment(),
        class_name="vd-field",
    )


def username(email: Any) -> rx.Component:
    """Whose password it is, in words and for the browser that offers to keep it."""
    return rx.el.div(
        rx.el.label(SHOWN.login.email, html_for="email"),
        rx.el.input(
            id="email", type="email", value=email, read_only=True, auto_complete="username", class_name="vd-input tall"
        ),
        class_name="vd-field",
    )


def code_field(label: Any, *, id: str, hint: Any, **props: Any) -> rx.Component:
    """Where a code of the app or a backup code goes; a phone shows digits first, and may fill it in by itself."""
    typed = {"inputMode": "numeric", "autoCapitalize": "none", "spellCheck": "false"}
    return field(
        "code", label, id=id, hint=hint, type="text", auto_complete="one-time-code", max_length=40,
        custom_attrs=typed, **props,
    )  # fmt: skip


def secret_form(*children: Any, action: Any, then: str, check: str = "", fills: str = "", **props: Any) -> rx.Component:
    """A form that is sent without leaving the page, and says in its own words what goes wrong.

    then: the id of the button that is pressed once the server said yes; check: of the one for when a proof is needed;
    fills: of the part of the page that shows what was answered, each value where `filled` has its name.
    """
    marks = {"data-proof": "", "data-then": then, "data-check": check, "data-fills": fills}
    return _form(*children, action=action, marks=marks, **props)


def filled(name: str) -> dict[str, str]:
    """Attributes of the element that shows a value of an answer: text, a picture, or one list item for each of many."""
    return {"data-fill": name}


def passkey_form(use: str, *children: Any, label: Any) -> rx.Component:
    """A form with one button, which asks the device and logs in with its answer. use: login or half."""
    return _form(
        hidden("for", use), *children, passkey_button(use, label, class_name="vd-btn line lg full"), passkey_answer(),
        action="/auth/passkey", marks={}, class_name="vd-form",
    )  # fmt: skip


def passkey_button(use: str, label: Any, *, class_name: str, **props: Any) -> rx.Component:
    """Asks the device; there only when the browser knows passkeys. use: login, half, proof or register."""
    return rx.el.button(
        icon("key"), label, type="button", class_name=class_name, custom_attrs={"data-passkey": use}, **props
    )


def passkey_answer() -> rx.Component:
    """Where the device's answer is put before the form goes."""
    return rx.el.input(type="hidden", name="passkey", auto_complete="off")


def hidden(name: str, value: Any) -> rx.Component:
    """A value that goes with a form."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def or_else() -> rx.Component:
    """A line between two ways of doing the same, when the second is a passkey."""
    return rx.el.p(SHOWN.passkeys.otherwise, class_name="vd-or")


def _form(*children: Any, action: Any, marks: dict[str, str], **props: Any) -> rx.Component:
    sentences = {
        "data-cancelled": SHOWN.passkeys.cancelled,
        "data-known": SHOWN.passkeys.known,
        "data-trouble": SHOWN.passkeys.trouble,
    }
    trouble = rx.el.div(
        icon("alert"), rx.el.div(custom_attrs={"role": "alert", "data-proof-error": ""}), class_name="vd-note s-late"
    )
    return NativeForm.create(
        trouble, *children, action=action, method="post", custom_attrs={**sentences, **marks}, **props
    )
