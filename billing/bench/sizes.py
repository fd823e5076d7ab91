"""How much each benchmark does."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """tiny: only whether it runs. small: a quick look. full: figures to keep."""

    TINY = "tiny"
    SMALL = "small"
    FULL = "full"


@dataclass(frozen=True)
class Sizes:
    """Items per run. runs: how often each figure is taken; the median counts.

    accounts: customers that an invoice run invoices, three services each. attempts: payments to book, a fifth of their
    pushes comes twice. invoices: among which a customer's open ones are searched. questions: how often. documents:
    printed per run. journeys: payments followed into the mailbox. entries: of a bank statement.
    """

    runs: int
    accounts: int
    pushes: int
    attempts: int
    invoices: int
    questions: int
    visits: int
    documents: int
    downloads: int
    log_ins: int
    journeys: int
    starts: int
    entries: int


SIZES = {
    Size.TINY: Sizes(
        runs=1, accounts=60, pushes=16, attempts=5, invoices=200, questions=5, visits=3, documents=1, downloads=5,
        log_ins=1, journeys=1, starts=1, entries=20,
    ),
    Size.SMALL: Sizes(
        runs=3, accounts=10_000, pushes=1_000, attempts=400, invoices=100_000, questions=1_000, visits=50, documents=5,
        downloads=500, log_ins=3, journeys=5, starts=1, entries=1_000,
    ),
    Size.FULL: Sizes(
        runs=3, accounts=100_000, pushes=5_000, attempts=3_000, invoices=1_000_000, questions=5_000, visits=500,
        documents=40, downloads=2_000, log_ins=20, journeys=15, starts=3, entries=10_000,
    ),
}  # fmt: skip
