"""State machines as tables: which move is legal, and one function that consults them."""

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import Any, TypeVar

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


class MandateState(StrEnum):
    """Where a standing mandate stands.

    REQUESTED: the customer is at the bank. FAILED, CANCELLED: never signed. PAUSED: nothing is collected for now.
    REVOKED: taken back by the customer, or worthless by the bank's word. EXPIRED: not used for 36 months.
    """

    REQUESTED = "requested"
    ACTIVE = "active"
    PAUSED = "paused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REPLACED = "replaced"
    FAILED = "failed"
    CANCELLED = "cancelled"


_M = MandateState
LIVE_MANDATES = frozenset({_M.ACTIVE, _M.PAUSED})

# The bank may tell late that a request was signed after all; what ended after it was given never comes back.
MANDATE_MOVES: Mapping[MandateState, Set[MandateState]] = {
    _M.REQUESTED: {_M.ACTIVE, _M.FAILED, _M.CANCELLED},
    _M.FAILED: {_M.ACTIVE},
    _M.CANCELLED: {_M.ACTIVE},
    _M.ACTIVE: {_M.PAUSED, _M.REVOKED, _M.EXPIRED, _M.REPLACED},
    _M.PAUSED: {_M.ACTIVE, _M.REVOKED, _M.EXPIRED, _M.REPLACED},
    _M.REVOKED: set(),
    _M.EXPIRED: set(),
    _M.REPLACED: set(),
}


class CollectionState(StrEnum):
    """Where a planned collection of one invoice stands.

    ANNOUNCED: the customer knows amount and day. SUBMITTED: the gateway has, or may have, the order; its payment
    attempt says the rest. WITHDRAWN: never submitted. RECALLED: the gateway gave it up in time. RETURNED: the money
    went back.
    """

    PLANNED = "planned"
    ANNOUNCED = "announced"
    SUBMITTED = "submitted"
    COLLECTED = "collected"
    FAILED = "failed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"


_C = CollectionState
LIVE_COLLECTIONS = frozenset({_C.PLANNED, _C.ANNOUNCED, _C.SUBMITTED})

# A late success wins over a failure; a bank may send money back before it ever said that it came.
COLLECTION_MOVES: Mapping[CollectionState, Set[CollectionState]] = {
    _C.PLANNED: {_C.ANNOUNCED, _C.WITHDRAWN},
    _C.ANNOUNCED: {_C.SUBMITTED, _C.WITHDRAWN},
    _C.SUBMITTED: {_C.COLLECTED, _C.FAILED, _C.RETURNED, _C.RECALLED},
    _C.RECALLED: {_C.COLLECTED, _C.RETURNED},
    _C.FAILED: {_C.COLLECTED, _C.RETURNED},
    _C.COLLECTED: {_C.RETURNED},
    _C.RETURNED: set(),
    _C.WITHDRAWN: set(),
}

State = TypeVar("State", PaymentState, MandateState, CollectionState)
_TABLES: Mapping[type[StrEnum], Mapping[Any, Set[Any]]] = {
    PaymentState: PAYMENT_MOVES,
    MandateState: MANDATE_MOVES,
    CollectionState: COLLECTION_MOVES,
}


def may_move(old: State, new: State) -> bool:
    """Whether it may go from one state to another; staying where it is is no move."""
    return new in _TABLES[type(old)][old]


def move(old: State, new: State) -> State:
    """The new state; raises IllegalMove when there is no such transition."""
    if not may_move(old, new):
        raise IllegalMove(old=old.value, new=new.value)
    return new
