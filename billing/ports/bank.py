"""What a bank tells of our own accounts, whatever the format that it tells it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from billing.errors import BillingError

# A statement of ten thousand lines is a quarter of this; more is no statement.
MOST_BYTES = 20_000_000


class BankFileRefused(BillingError):
    """A bank's file that can't be read at all; `reason`: unknown_format, too_large, hostile, malformed (with `detail`),
    no_statement."""

    code = "bank_file_refused"


@dataclass(frozen=True)
class BankEntry:
    """One line of a statement. cents: above zero came in, below zero went out. value_on: from when the money counts.

    name, iban: the other party. reference: of the creditor, where the payer's bank kept it apart from the text.
    end_to_end_id: the payer's own name of it. return_reason: ISO 20022, when it undoes an earlier one.
    """

    cents: int
    value_on: date
    booked_on: date
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    return_reason: str = ""
    is_reversal: bool = False


@dataclass(frozen=True)
class BankStatement:
    """One statement of one account. account: as the bank writes it, which may be an old number without IBAN.

    A balance that the file does not have is None. problem: what could not be read of it, in a word; such a statement
    may lack lines.
    """

    account: str
    statement_id: str
    currency: str
    opening_cents: int | None
    closing_cents: int | None
    opened_on: date | None
    closed_on: date | None
    entries: tuple[BankEntry, ...]
    problem: str = ""


class BankFileReader(Protocol):
    """Reads the files of one format."""

    def reads(self, content: bytes) -> bool:
        """Whether it looks like this format."""

    def read(self, content: bytes) -> Sequence[BankStatement]:
        """All statements in a file, in their order. Raises BankFileRefused."""
