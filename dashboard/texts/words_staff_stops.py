"""What a language has to say on the page of stop orders, and of all that comes before one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Asking:
    """A question before something is done."""

    title: str
    text: str
    submit: str
    done: str


@dataclass(frozen=True)
class Orders:
    """Stop orders. lamps: of each precondition what it says when it holds, and when it does not."""

    title: str
    lede: str
    none: str
    none_text: str
    states: Mapping[str, str]
    of_customer: str
    proposed: str
    approved: str
    carried_out: str
    kept: str
    withdrawn: str
    because: Mapping[str, str]
    lamps: Mapping[str, tuple[str, str]]
    lamps_of: str
    holds: str
    fails: str
    waits_for_other: str
    waits_until: str
    waits_until_and_lamps: str
    waits_for_lamps: str
    approve: str
    carry_out: str
    withdraw: str
    named: str


@dataclass(frozen=True)
class Candidates:
    """What a customer's services would be judged by."""

    title: str
    overdue: Callable[[int, str], str]
    nothing_overdue: str
    services: str
    no_services: str
    running: str
    propose: str
    propose_named: str
    not_yet: str
    done: str
    close: str


@dataclass(frozen=True)
class Tasks:
    title: str
    none: str
    kinds: Mapping[str, str]
    since: str
    facts: Mapping[str, str]
    finish: str
    finish_named: str
    outcome: str
    outcomes: Mapping[str, tuple[tuple[str, str], ...]]
    note: str
    optional: str


@dataclass(frozen=True)
class Cases:
    title: str
    count: Callable[[int], str]
    none: str
    customer: str
    overdue: str
    step: str
    waits: str
    steps: Mapping[str, str]
    results: Mapping[str, str]
    gates: Mapping[str, str]
    no_step: str
    since: str
    holds: Mapping[str, str]
    hold_until: str
    hold_open: str
    hold_by: str
    hold: str
    hold_named: str
    release: str
    release_named: str
    look: str
    look_named: str
    kind: str
    until: str
    until_hint: str
    why: str


@dataclass(frozen=True)
class Renewals:
    title: str
    lede: str
    by_day: str
    open: str
    allow: str
    allow_named: str


@dataclass(frozen=True)
class Switch:
    title: str
    on: str
    on_text: str
    frozen: str
    frozen_text: str
    spike: str
    by: str
    freeze: str
    thaw: str
    reason: str


@dataclass(frozen=True)
class StaffStops:
    lede: str
    orders: Orders
    candidates: Candidates
    tasks: Tasks
    cases: Cases
    renewals: Renewals
    switch: Switch
    asking: Mapping[str, Asking]
    cancel: str
    problems: Mapping[str, str]
