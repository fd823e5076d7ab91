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


@dataclass(frozen=True)
class Login:
    """The log-in form. said: what it says first after something went well, by the word for it in the address."""

    title: str
    lede: str
    email: str
    password: str
    show: str
    forgotten: str
    submit: str
    passkey: str
    demo: str
    said: dict[str, str]
    art_title: str
    art_text: str
    art_number: str
    art_day: str
    art_amount: str


@dataclass(frozen=True)
class SecondStep:
    """The second factor, after the password."""

    title: str
    lede: str
    lede_passkey: str
    code: str
    hint: str
    submit: str
    passkey: str
    restart: str
    lost: str
    lost_text: str
    lost_submit: str
    sent: str


@dataclass(frozen=True)
class Forgotten:
    """Asking for a link for a new password. sent_…: said to everybody, so that nobody learns who has a log-in."""

    title: str
    lede: str
    submit: str
    back: str
    sent_title: str
    sent: str
    sent_hint: str
    again: str


@dataclass(frozen=True)
class LinkEnd:
    """A mailed link that does not work, or not any more, and the way on."""

    title: str
    text: str
    link: str
    url: str


@dataclass(frozen=True)
class Reset:
    """Choosing a new password at a mailed link. ends: by error code."""

    title: str
    lede: str
    password: str
    hint: str
    submit: str
    ends: dict[str, LinkEnd]


@dataclass(frozen=True)
class Invitation:
    """Accepting an invitation. handed_over: for who takes somebody's place; ends: by error code."""

    page: str
    title: str
    handed_over: str
    lede: str
    role: str
    rights: str
    access: str
    until: str
    no_end: str
    name: str
    password: str
    hint: str
    known: str
    known_text: str
    accept: str
    start: str
    privacy: str
    ends: dict[str, LinkEnd]


@dataclass(frozen=True)
class OneButton:
    """A mailed link that waits for one button. ends: by error code, and `done`."""

    page: str
    title: str
    text: str
    submit: str
    ends: dict[str, LinkEnd]


@dataclass(frozen=True)
class Door:
    """Everything at the door. role_hints: by the names of roles."""

    step: SecondStep
    forgotten: Forgotten
    reset: Reset
    invitation: Invitation
    confirmation: OneButton
    recovery: OneButton
    log_in: str
    role_hints: dict[str, str]
