"""What a language has to say on the page with the four lights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Lights:
    """sources: by name. lamps: what a light says of one receipt. kinds: what money it is. causes: why it is red.
    repairs: what the button says; silent: who did not answer, by name."""

    sources: Mapping[str, str]
    lamps: Mapping[str, str]
    kinds: Mapping[str, str]
    causes: Mapping[str, str]
    parked: Mapping[str, str]
    repairs: Mapping[str, str]
    silent: Mapping[str, str]
    both: str
    count: Callable[[int], str]
    red_count: Callable[[int], str]
    lede: str
    all_green: str
    amount_of: Callable[[int, str], str]
    none: str
    none_text: str
    look: str
    looking: str
    certificate: str
    period: str
    first: str
    last: str
    show: str
    wrong_day: str
    wrong_period: Mapping[str, str]
    by_source: str
    right: Callable[[int], str]
    missing: Callable[[int], str]
    coming: Callable[[int], str]
    nothing: str
    less: str
    more: str
    to_come: str
    outside: Callable[[int], str]
    as_expected: str
    red: str
    red_lede: str
    nothing_red: str
    nothing_red_text: str
    rest: str
    rest_lede: str
    receipt: str
    amount: str
    cause: str
    on: str
    expected: str
    shifted: str
    likely: str
    likely_none: str
    to_money: str
    to_pushes: str
    busy: str
    repaired: str
    still_red: str
    nothing_left: str
    looked: str
    unheard: str
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Certificate:
    """The file with how a day stood. causes: why a light is red, in a word or two."""

    title: str
    day: str
    version: str
    made_at: str
    state: str
    green: str
    reds: Callable[[int], str]
    receipts: str
    coming: str
    expected: str
    previous_hash: str
    hash: str
    key: str
    kind: str
    numbers: str
    causes: Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """The cards below the lights: what the gateway still has, how fresh everything is, what holds back, and the records
    of the last days."""

    clearing: str
    clearing_lede: str
    clearing_balance: str
    clearing_zero: str
    clearing_since: str
    paid_out: str
    paid_out_never: str
    fresh: str
    bank: str
    gateway: str
    books: str
    mail: str
    never: str
    not_connected: str
    today_at: str
    day_at: str
    just_now: str
    ago: Callable[[int], str]
    mail_fine: str
    mail_waiting: Callable[[int], str]
    mail_undelivered: Callable[[int], str]
    trouble: str
    trouble_busy: str
    brakes: str
    reminders: str
    reminders_held: Mapping[str, str]
    reminders_quiet: str
    reminders_go: str
    size: str
    size_held: str
    size_band: str
    size_small: str
    stops: str
    stops_none: str
    stops_asked: Callable[[int], str]
    vat: str
    vat_none: str
    vat_tasks: Callable[[int], str]
    journal: str
    balanced: str
    days: str
    days_lede: str
    days_none: str
    day: str
    state: str
    version: str
    green: str
    green_coming: Callable[[int], str]
    reds: Callable[[int], str]
    download: str
