"""What a language has to say about credits, credit notes and money that goes back."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question before something is done that can't be undone."""

    title: str
    text: str
    submit: str


@dataclass(frozen=True)
class Overpaid:
    """What was paid too much, and the two things that can be done with it."""

    title: str
    sentence: str
    several: str
    keep: str
    send_back: str
    look_only: str
    kept: str
    asked: str
    sure: Asked


@dataclass(frozen=True)
class Payouts:
    """Money on its way back. states: by the state of a payout."""

    title: str
    of_credits: str
    overpaid: str
    asked: str
    states: dict[str, str]
    button: str
    named: str
    most: str
    sure: Asked


@dataclass(frozen=True)
class CreditNotes:
    """Credit notes in lists. parts: what happened with the money, by the kind of it."""

    title: str
    none: str
    number: str
    date: str
    invoice: str
    amount: str
    what: str
    name: str
    of_invoice: str
    einvoice: str
    einvoice_name: str
    subject: str
    choose_row: str
    no_due_date: str
    nothing_to_pay: str
    parts: dict[str, str]
    untaxed: Mapping[str, str]
    join: str
    region: str


@dataclass(frozen=True)
class Credits:
    """titles, afters, whys: of a move, by its kind."""

    title: str
    lede: str
    balance: str
    explained: str
    rows: str
    date: str
    what: str
    credits: str
    none: str
    none_text: str
    gained: str
    spent: str
    cancel: str
    titles: dict[str, str]
    afters: dict[str, str]
    whys: dict[str, str]
    problems: dict[str, str]
    overpaid: Overpaid
    payouts: Payouts
    notes: CreditNotes
