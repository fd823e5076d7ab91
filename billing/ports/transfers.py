"""The port to the file by which our bank sends money away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class OutgoingTransfer:
    """Money to one account. end_to_end_id: our own name of it, at most 35 characters, which comes back on the bank
    statement. text: what the receiver reads, at most 140 characters."""

    end_to_end_id: str
    cents: int
    name: str
    iban: str = field(repr=False)
    text: str


@dataclass(frozen=True)
class TransferOrder:
    """A file of transfers from one account of ours. message_id: at most 35 characters; the bank takes each once."""

    message_id: str
    made_at: datetime
    execute_on: date
    name: str
    iban: str
    transfers: Sequence[OutgoingTransfer]


class TransferWriter(Protocol):
    """Writes an order as the bank takes it."""

    def write(self, order: TransferOrder) -> bytes:
        """The file; the same order makes the same bytes."""
