"""What a language has to say on the page of runs: of invoices, reminders and collections."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of run. foresee: the button of the dry run, preview: its window."""

    title: str
    lede: str
    foresee: str
    preview: str
    start: str
    nothing: str


@dataclass(frozen=True)
class InvoiceRuns:
    """The list of runs, and what a dry run tells."""

    none: str
    until: str
    count: Callable[[int, int], str]
    invoices: Callable[[int], str]
    by: str
    at_work: str
    finished: str
    forced: str
    net: str
    vat: str
    vat_over: str
    total: str
    credits: str
    skipped: str
    reasons: Mapping[str, str]
    held: str
    because: str
    because_hint: str
    progress: str
    done: Callable[[int, str], str]


@dataclass(frozen=True)
class Reminders:
    none: str
    day: str
    taken: str
    postponed: str
    sum: str
    quiet: str
    going: Callable[[int], str]
    waiting: Callable[[int], str]
    held: str
    more: Callable[[int], str]
    done: Callable[[int, int], str]


@dataclass(frozen=True)
class Collections:
    none: str
    day: str
    coming: str
    collected: str
    failed: str
    sum: str
    planned: Callable[[int], str]
    announced: Callable[[int], str]
    submitted: Callable[[int], str]
    frozen: str
    for_staff: str
    done: Callable[[int, int, int], str]


@dataclass(frozen=True)
class StaffRuns:
    lede: str
    kinds: Mapping[str, Kind]
    invoices: InvoiceRuns
    reminders: Reminders
    collections: Collections
    busy: str
    no_reason: str
    cancel: str
