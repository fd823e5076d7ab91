"""What a language has to say on the page of money without a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class BankFiles:
    """Handing in files of the bank. known, set_aside, booked: what became of a statement; refused: of a file."""

    title: str
    lede: str
    choose: str
    hint: str
    hint_drop: str
    busy: str
    trouble: str
    too_large: str
    booked: str
    known: str
    set_aside: str
    refused_title: str
    to_day: str
    unknown_day: str
    lines: Callable[[int, int], str]
    placed: Callable[[int, int], str]
    nothing_new: str
    balance: str
    balance_off: str
    balance_missing: str
    gap: str
    not_fresh: str
    nothing_booked: str
    reasons: Mapping[str, str]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class WaitingMoney:
    """The work list. why: what a suggestion follows from."""

    title: str
    count: Callable[[int, str], str]
    none: str
    none_text: str
    received: str
    amount: str
    from_whom: str
    suggestion: str
    no_suggestion: str
    went_out: str
    fits: str
    too_much: str
    too_little: str
    of_invoices: Callable[[str, str], str]
    why: Mapping[str, str]
    match: str
    match_named: str
    choose: str
    look_for: str
    choose_named: str
    matched: str
    no_text: str
    no_name: str


@dataclass(frozen=True)
class Choosing:
    """The dialog in which somebody says what a line is for."""

    title: str
    lede: str
    search: str
    search_hint: str
    customers: str
    none: str
    other_customer: str
    invoices: str
    no_invoices: str
    due: str
    left: str
    left_text: str
    short: str
    exact: str
    submit: str
    keep: str
    keep_text: str
    kept: str
    origins: str
    no_origins: str
    origin: str
    origin_sent: str
    origin_costs: str
    belongs: str
    belongs_named: str
    went_back: str
    belonged: str
    not_theirs: str
    gateway: str
    other: str
    put_away: str
    cancel: str


@dataclass(frozen=True)
class Matched:
    """What was matched before, and taking that back."""

    title: str
    lede: str
    none: str
    line: str
    amount: str
    purpose: str
    rule: str
    invoices: Callable[[int], str]
    credits_of: str
    returned: str
    purposes: Mapping[str, str]
    rules: Mapping[str, str]
    by_person: str
    undone: str
    undo: str
    undo_named: str
    sure: str
    sure_text: str
    sure_submit: str
    waits_again: str


@dataclass(frozen=True)
class BankStatements:
    """The list of statements."""

    title: str
    none: str
    gaps: Callable[[int], str]
    account: str
    period: str
    balances: str
    lines: str
    state: str
    booked: str
    set_aside: str
    gap: str
    new_lines: str
    imported: str
    from_to: str


@dataclass(frozen=True)
class StaffMoney:
    lede: str
    acts: str
    files: BankFiles
    waiting: WaitingMoney
    choosing: Choosing
    matched: Matched
    statements: BankStatements
    problems: Mapping[str, str]
    page: Callable[[int, int], str]
