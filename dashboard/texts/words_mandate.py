"""What a language has to say about standing mandates and collections."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One thing to know before giving a mandate."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class Said:
    """A title and what follows it."""

    title: str
    text: str


@dataclass(frozen=True)
class Act:
    """What can be done with a mandate: its button, the question before, and what is said once it is done."""

    button: str
    title: str
    text: str
    done: str


@dataclass(frozen=True)
class Give:
    """Giving a mandate, in the two ways there are. version: of the consent texts; a new text gets a new one."""

    title: str
    title_other: str
    lede: str
    lede_other: str
    again: str
    bank: str
    bank_text: str
    scheme: str
    core: str
    core_hint: str
    business: str
    business_hint: str
    maximum: str
    maximum_hint: str
    to_bank: str
    ideal: str
    ideal_text: str
    invoice: str
    option: str
    agree: str
    pay: str
    nothing_open: str
    no_pay: str
    version: str
    consent: str
    creditor: str
    refund: str
    no_refund: str
    opening: str


@dataclass(frozen=True)
class Card:
    """The mandate that lives. states: its badge, by state."""

    title: str
    states: dict[str, str]
    bank: str
    holder: str
    iban: str
    reference: str
    kind: str
    kinds: dict[str, str]
    maximum: str
    given: str
    given_by: str
    free_from: str
    last: str
    next: str
    next_on: str
    nothing: str
    other: str
    banks: dict[str, str]


@dataclass(frozen=True)
class Coming:
    """The list of collections to come. states: by state; on: what follows it."""

    title: str
    lede: str
    invoice: str
    on: str
    amount: str
    status: str
    states: dict[str, str]
    announced_on: str
    expected_on: str


@dataclass(frozen=True)
class OfInvoice:
    """Collections on the page of an invoice. hints: under the button, by the state of the mandate."""

    hints: dict[str, str]
    planned: str
    planned_text: str
    card: str
    announced: str
    to_announce: str
    collected_on: str
    pay_text: str
    pay_sure: str
    failed_title: str
    failed: str
    returned: str
    returned_once: str
    no_stop: str
    date_title: str
    date_other: str
    date: str
    date_hint: str
    date_submit: str
    date_done: str
    untold_title: str
    untold: str


@dataclass(frozen=True)
class Mandate:
    """reasons: why a collection came to nothing, by what `billing.mandates.reasons` calls it. ended: what is said of a
    mandate or request that is over, by state, or by state and reason. line: of a mandate, on the dashboard, by state.
    frozen: nothing is collected from anybody now, by why; frozen_then: what comes after that.
    """

    title: str
    lede: str
    how: str
    points: tuple[Point, ...]
    waiting: Said
    ended: dict[str, Said]
    paused: dict[str, str]
    card: Card
    coming: Coming
    outcomes: dict[str, str]
    give: Give
    pause: Act
    resume: Act
    withdraw: Act
    cancel: str
    look_only: str
    of_invoice: OfInvoice
    reasons: dict[str, str]
    problems: dict[str, str]
    line: dict[str, str]
    line_next: str
    line_link: str
    frozen: dict[str, str]
    frozen_then: str
