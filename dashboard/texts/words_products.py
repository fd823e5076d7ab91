"""What a language has to say about products: what is in use, and cancelling or changing it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialog:
    """One of the windows. Of `title` and what follows: {name}, {product}, {amount}, {date}."""

    title: str
    lede: str
    nothing: str
    leave: str
    submit: str
    submit_amount: str
    submit_lower: str
    done: str


@dataclass(frozen=True)
class Change:
    """What the windows have in common. policies: what is given back, by the name that `billing` has."""

    when: str
    today: str
    today_nothing: str
    given: str
    given_and_less: str
    less: str
    at_end: str
    at_end_hint: str
    at_end_amount: str
    choose: str
    offer: str
    offer_untaxed: Mapping[str, str]
    hanging: str
    hanging_hint: str
    goes_along: str
    stays: str
    stays_domain: str
    last_day: str
    at_once: str
    back: str
    back_lowers: str
    pay: str
    nothing_back: str
    about: str
    lines: str
    line: str
    why: str
    period: str
    days: str
    days_used: str
    prepaid: str
    used: str
    kept: str
    left: str
    new_price: str
    rest: str
    worth: str
    policy: str
    vat: str
    vat_untaxed: Mapping[str, str]
    policies: dict[str, str]
    net: str
    total: str
    total_untaxed: str
    offset: str
    as_credits: str
    brought: str
    with_credits: str
    carried: str
    to_pay: str
    fixed: str
    until: str
    of_note: str
    of_notes: str
    of_invoice: str
    stale: str
    note: str
    invoice: str
    credits: str


@dataclass(frozen=True)
class Products:
    """problems: by the code of an error, and of one that is about a change by its reason."""

    title: str
    lede: str
    per_month: str
    per_year: str
    per_months: str
    net: str
    net_untaxed: Mapping[str, str]
    through: str
    none: str
    none_text: str
    next: str
    next_open: str
    no_next: str
    to_invoice: str
    ends: str
    cancel: str
    downgrade: str
    upgrade: str
    keep: str
    act_named: str
    kept: str
    cancelling: Dialog
    downgrading: Dialog
    upgrading: Dialog
    change: Change
    problems: dict[str, str]
