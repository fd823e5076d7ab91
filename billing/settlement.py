"""What lowers what is to pay, and the label a customer sees. Pure: facts in, facts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Label(StrEnum):
    """The status of an invoice in the customer's words; the first that fits wins, in this order."""

    CREDITED = "credited"
    PAID = "paid"
    UNDER_WAY = "under_way"
    RETURNED = "returned"
    PARTLY_SETTLED = "partly_settled"
    OVERDUE = "overdue"
    UNPAID = "unpaid"


@dataclass(frozen=True)
class Status:
    """A label with the date that belongs to it: paid on, expected on, or due on."""

    label: Label
    on: date | None
    open_cents: int


def status(
    *,
    total_cents: int,
    open_cents: int,
    credited_cents: int,
    settled_on: date | None,
    expected_on: date | None,
    returned_on: date | None,
    due_on: date,
    today: date,
    brought_cents: int = 0,
) -> Status:
    """The label of an issued invoice today. brought_cents: small rests of earlier invoices that are paid with it."""
    if credited_cents >= total_cents > 0 and open_cents == 0:
        return Status(Label.CREDITED, settled_on, 0)
    if open_cents == 0:
        return Status(Label.PAID, settled_on, 0)
    if expected_on is not None:
        return Status(Label.UNDER_WAY, expected_on, open_cents)
    if returned_on is not None:
        return Status(Label.RETURNED, returned_on, open_cents)
    if open_cents < total_cents + brought_cents:
        return Status(Label.PARTLY_SETTLED, due_on, open_cents)
    return Status(Label.OVERDUE if due_on < today else Label.UNPAID, due_on, open_cents)


def is_small_rest(open_cents: int, payable_cents: int, floor_cents: int) -> bool:
    """Whether what is left of a partly settled invoice is too little to ask for; a whole invoice never is.

    payable_cents: what was to pay of it at first. floor_cents: rests below it are small.
    """
    return 0 < open_cents < min(floor_cents, payable_cents)


def allocate(received_cents: int, open_cents: Sequence[int]) -> tuple[list[int], int]:
    """Spread money over what is open, in the order given; returns the shares and what is left over.

    >>> allocate(500, [300, 100])
    ([300, 100], 100)
    """
    shares = []
    for wanted in open_cents:
        share = min(received_cents, max(wanted, 0))
        shares.append(share)
        received_cents -= share
    return shares, received_cents
