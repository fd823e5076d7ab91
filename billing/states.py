"""State machines as tables: which move is legal, and one function that consults them."""

from collections.abc import Mapping, Set
from enum import StrEnum

from billing.errors import IllegalMove


class PaymentState(StrEnum):
    """Where an attempt stands.

    AWAITING: the customer has to act. PENDING: the money is on its way. UNKNOWN: we asked and got no answer.
    PARKED: money came that a person must look at.
    """

    CREATED = "created"
    AWAITING = "awaiting"
    PENDING = "pending"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    PARKED = "parked"


_S = PaymentState
_ENDED = {_S.FAILED, _S.REJECTED, _S.CANCELLED, _S.EXPIRED}
_FINAL = {_S.SUCCEEDED, _S.PARKED} | _ENDED

OPEN_STATES = frozenset({_S.CREATED, _S.AWAITING, _S.PENDING, _S.UNKNOWN})

# A late success wins over a failure, because money that came is money that came; nothing undoes a success: money
# that goes back is another transaction.
PAYMENT_MOVES: Mapping[PaymentState, Set[PaymentState]] = {
    _S.CREATED: {_S.AWAITING, _S.PENDING, _S.UNKNOWN} | _FINAL,
    _S.UNKNOWN: {_S.AWAITING, _S.PENDING} | _FINAL,
    _S.AWAITING: {_S.PENDING} | _FINAL,
    _S.PENDING: _FINAL,
    _S.FAILED: {_S.SUCCEEDED, _S.PARKED},
    _S.REJECTED: {_S.SUCCEEDED, _S.PARKED},
    _S.CANCELLED: {_S.SUCCEEDED, _S.PARKED},
    _S.EXPIRED: {_S.SUCCEEDED, _S.PARKED},
    _S.PARKED: {_S.SUCCEEDED},
    _S.SUCCEEDED: set(),
}


def may_move(old: PaymentState, new: PaymentState) -> bool:
    """Whether an attempt may go from one state to another; staying where it is is no move."""
    return new in PAYMENT_MOVES[old]


def move(old: PaymentState, new: PaymentState) -> PaymentState:
    """The new state; raises IllegalMove when there is no such transition."""
    if not may_move(old, new):
        raise IllegalMove(old=old.value, new=new.value)
    return new
