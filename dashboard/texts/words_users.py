"""What a language has to say about the users of an account."""

from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """The table. marks: heads of the columns of rights. names: short names of roles, by the name `billing` has."""

    table: str
    user: str
    role: str
    actions: str
    marks: tuple[str, ...]
    may: str
    may_not: str
    names: dict[str, str]
    you: str
    forever: str
    until: str
    over: str
    two_steps: str
    one_step: str
    last_seen: str
    never_seen: str
    waits: str
    expired: str
    successor: str
    look: str
    look_named: str
    more: str
    menu: str
    change: str
    hand_over: str
    hand_over_own: str
    remove: str
    resend: str
    withdraw: str


@dataclass(frozen=True)
class Form:
    """The dialog in which somebody is invited or changed. roles: (name in `billing`, label, hint).

    never: what a role can't ever have, by role. rights, mails: labels by their names in `billing`.
    """

    invite_title: str
    invite_lede: str
    change_title: str
    change_lede: str
    name: str
    email: str
    email_hint: str
    role: str
    roles: tuple[tuple[str, str, str], ...]
    rights: str
    never: dict[str, str]
    not_yours: str
    mails: str
    mails_of: dict[str, str]
    never_mails: str
    until: str
    until_hint: str
    optional: str
    owner: str
    look: str
    look_nameless: str
    cancel: str
    invite: str
    save: str
    no_role: str
    no_date: str
    no_rights: str


@dataclass(frozen=True)
class HandOver:
    """The steps in which a place goes to somebody else, and the summary before the last click."""

    title: str
    title_own: str
    lede: str
    lede_own: str
    who: str
    when: str
    name: str
    email: str
    last_day: str
    last_day_hint: str
    ends_on: str
    ends_on_hint: str
    next: str
    back: str
    submit: str
    summary: str
    leaves: str
    leaves_own: str
    comes: str
    person: str
    stops: str
    stops_at_once: str
    stays: str
    rights: str
    all_rights: str
    mails: str
    mails_move: str
    mails_none: str
    until: str
    nothing_yet: str
    nothing_yet_own: str


@dataclass(frozen=True)
class Sure:
    """A question before something that can't be undone by itself."""

    title: str
    text: str
    submit: str


@dataclass(frozen=True)
class Log:
    """Who did what. acts: by action, as one did it oneself and as somebody else did; the system is somebody too.

    whose: somebody with a role. on_behalf: after what the company's own people did for the customer. topics: of mails,
    by their names in `billing`.
    """

    title: str
    none: str
    newer: str
    older: str
    paging: str
    until: str
    at_once: str
    whose: str
    invoice: str
    invoices: str
    topics: dict[str, str]
    nothing: str
    acts: dict[str, tuple[str, str]]
    on_behalf: str
    unknown: str


@dataclass(frozen=True)
class Users:
    """looking…: the bar over every page while one looks through somebody else's eyes."""

    title: str
    lede: str
    invite: str
    people: People
    form: Form
    hand_over: HandOver
    remove: Sure
    withdraw: Sure
    cancel: str
    invited: str
    changed: str
    removed: str
    resent: str
    withdrawn: str
    handed_over: str
    log: Log
    looking: str
    looking_nameless: str
    looking_bar: str
    stop: str
