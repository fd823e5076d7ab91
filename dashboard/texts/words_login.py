"""What a language has to say at the door: logging in, proving who one is, and the links that are mailed for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """Proving again who one is, before something that a stranger at an open screen must not do."""

    title: str
    text: str
    password: str
    wrong_password: str
    code: str
    code_hint: str
    submit: str
    cancel: str


@dataclass(frozen=True)
class Passkeys:
    """What goes between a person and a device. known: this device is a passkey already."""

    use: str
    otherwise: str
    cancelled: str
    known: str
    trouble: str
