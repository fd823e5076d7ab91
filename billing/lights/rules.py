"""The four lights of one receipt, from plain facts. Pure: facts in, lights and a cause out.

A light is red only for what should be there by now and is not, or is there in another way; what is still on its way
says when it is expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Source(StrEnum):
    """Who says what became of a euro: our bank, the payment gateway, the bookkeeping, and our own journal."""

    BANK = "bank"
    GATEWAY = "gateway"
    BOOKS = "books"
    DASHBOARD = "dashboard"


class Lamp(StrEnum):
    """OK: it has it, as it should. RED: it has not, or otherwise. COMING: not due yet. NONE: it has no part in it."""

    OK = "ok"
    RED = "red"
    COMING = "coming"
    NONE = "none"


class Cause(StrEnum):
    """Why a light is red; the first that fits wins, because what comes first brings the others about.

    PUSH_MISSED: no message told us. PUSH_STUCK: one did, and could not be booked. PARKED: a person has to look.
    BOOKED_OTHERWISE, GATEWAY_OTHERWISE, GATEWAY_UNKNOWN: journal and gateway disagree. UNMATCHED: a bank line of which
    nobody knows whose it is. BOOKS_SILENT, BOOKS_REFUSED: the bookkeeping did not take the document. BOOKS_GONE,
    BOOKS_MISSING, BOOKS_OTHERWISE: the document, or what settles it, is not there, or for another amount. BOOKS_DOUBLE:
    it is there twice. NOT_PAID_OUT: the gateway should have paid it out by now.
    """

    PUSH_MISSED = "push_missed"
    PUSH_STUCK = "push_stuck"
    PARKED = "parked"
    BOOKED_OTHERWISE = "booked_otherwise"
    GATEWAY_OTHERWISE = "gateway_otherwise"
    GATEWAY_UNKNOWN = "gateway_unknown"
    UNMATCHED = "unmatched"
    BOOKS_DOUBLE = "books_double"
    BOOKS_SILENT = "books_silent"
    BOOKS_REFUSED = "books_refused"
    BOOKS_GONE = "books_gone"
    BOOKS_MISSING = "books_missing"
    BOOKS_OTHERWISE = "books_otherwise"
    NOT_PAID_OUT = "not_paid_out"


class Repair(StrEnum):
    """ASK: have the gateway tell. REPLAY: judge its message anew. MATCH: say which invoices a line pays. BOOK: hand the
    document over again. UNDOUBLE: take away what stands in the bookkeeping twice."""

    ASK = "ask"
    REPLAY = "replay"
    MATCH = "match"
    BOOK = "book"
    UNDOUBLE = "undouble"


REPAIRS: Mapping[Cause, Repair] = {
    Cause.PUSH_MISSED: Repair.ASK,
    Cause.PUSH_STUCK: Repair.REPLAY,
    Cause.PARKED: Repair.REPLAY,
    Cause.UNMATCHED: Repair.MATCH,
    Cause.BOOKS_DOUBLE: Repair.UNDOUBLE,
    Cause.BOOKS_SILENT: Repair.BOOK,
    Cause.BOOKS_REFUSED: Repair.BOOK,
    Cause.BOOKS_GONE: Repair.BOOK,
    Cause.BOOKS_MISSING: Repair.BOOK,
    Cause.BOOKS_OTHERWISE: Repair.BOOK,
}
ABSENT = "absent"
_RANK = {cause: place for place, cause in enumerate(Cause)}


@dataclass(frozen=True)
class Found:
    """What one source comes to."""

    lamp: Lamp
    cause: Cause | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Found(Lamp.NONE)


@dataclass(frozen=True)
class AtGateway:
    """One transaction, on both sides. said: what the gateway said last (`absent`, `succeeded`, …), empty when it was
    never asked; said_cents: of which amount. verdict, reason: of our own record, empty without one. booked_cents: in
    the journal. waits: its message has not been dealt with yet; is_stuck: in several tries."""

    cents: int
    said: str
    said_cents: int
    verdict: str
    reason: str
    booked_cents: int | None
    waits: bool = False
    is_stuck: bool = False


@dataclass(frozen=True)
class InBooks:
    """One document that a receipt settles, as it should stand in the bookkeeping and as it was seen there.

    state, error: of handing it over. seen: amounts that stand there under our reference of the payment; None when it
    was not looked at since it was handed over. documents: how many of that number stand there.
    """

    number: str
    cents: int
    state: str
    error: str = ""
    documents: int = 1
    seen: tuple[int, ...] | None = None


def gateway(facts: AtGateway) -> Found:
    """What the gateway says of a transaction, beside what it is here."""
    if not facts.said:
        return Found(Lamp.COMING)
    if facts.said == ABSENT or facts.said != "succeeded":
        return Found(Lamp.RED, Cause.GATEWAY_UNKNOWN, {"said": facts.said})
    if facts.said_cents != facts.cents:
        return Found(Lamp.RED, Cause.GATEWAY_OTHERWISE, {"cents": facts.said_cents})
    return Found(Lamp.OK)


def dashboard(facts: AtGateway) -> Found:
    """What our journal has of a transaction that the gateway says succeeded."""
    if facts.booked_cents is not None:
        is_right = abs(facts.booked_cents) == facts.cents
        return Found(Lamp.OK) if is_right else Found(Lamp.RED, Cause.BOOKED_OTHERWISE, {"cents": facts.booked_cents})
    if facts.waits and not facts.is_stuck:
        return Found(Lamp.COMING)
    if facts.is_stuck:
        return Found(Lamp.RED, Cause.PUSH_STUCK, {"reason": facts.reason})
    if facts.verdict == "parked":
        return Found(Lamp.RED, Cause.PARKED, {"reason": facts.reason})
    return Found(Lamp.RED, Cause.PUSH_MISSED)


def books(documents: Sequence[InBooks]) -> Found:
    """What the bookkeeping has of a receipt: as much as the worst of the documents that it settles."""
    found = [_document(one) for one in documents]
    reds = [one for one in found if one.lamp is Lamp.RED]
    if reds:
        return min(reds, key=lambda one: _RANK[one.cause or Cause.NOT_PAID_OUT])
    if any(one.lamp is Lamp.COMING for one in found):
        return Found(Lamp.COMING)
    return Found(Lamp.OK) if any(one.lamp is Lamp.OK for one in found) else NOTHING


def bank(*, is_paid_out: bool, expected_on: date, last_on: date, today: date) -> Found:
    """Whether our bank has what the gateway collected. last_on: the day after which it is late."""
    if is_paid_out:
        return Found(Lamp.OK)
    facts = {"expected_on": expected_on}
    return Found(Lamp.RED, Cause.NOT_PAID_OUT, facts) if today > last_on else Found(Lamp.COMING, None, facts)


def worst(found: Sequence[Found]) -> Found:
    """The red one whose cause comes first; the first of the others when none is red."""
    reds = [one for one in found if one.cause is not None]
    return min(reds, key=lambda one: _RANK[one.cause or Cause.NOT_PAID_OUT]) if reds else NOTHING


def _document(one: InBooks) -> Found:
    facts = {"number": one.number, "error": one.error}
    if one.state == "held":
        return Found(Lamp.RED, Cause.BOOKS_REFUSED, facts)
    if one.state == "waiting":
        return Found(Lamp.RED, Cause.BOOKS_SILENT, facts) if one.error else Found(Lamp.COMING)
    if not one.state:
        return NOTHING
    if one.documents > 1 or (one.seen is not None and len(one.seen) > 1):
        return Found(Lamp.RED, Cause.BOOKS_DOUBLE, facts)
    if one.documents == 0:
        return Found(Lamp.RED, Cause.BOOKS_GONE, facts)
    if one.seen is None:
        return Found(Lamp.COMING)
    if not one.seen and one.cents:
        return Found(Lamp.RED, Cause.BOOKS_MISSING, facts)
    return Found(Lamp.OK) if sum(one.seen) == one.cents else Found(Lamp.RED, Cause.BOOKS_OTHERWISE, facts)
