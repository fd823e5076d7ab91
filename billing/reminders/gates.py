"""The eight gates before a step. Pure: facts in, a verdict for each gate out. One that is closed postpones, and says
what it saw; nothing opens it but other facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from billing.reminders.rules import Reach
from billing.runs.rules import RunRules, Volume, is_far


class Gate(StrEnum):
    """AMOUNT: more is open than is worth a letter. IN_FLIGHT: no attempt is under way or unknown. UNMATCHED: no receipt
    that may be theirs waits for a person. FEEDS: we have heard all that was paid. HOLD: no dispute, promise or freeze.
    REACHED: the step before is proven to have reached somebody, and this one has a reader. VOLUME: the run is of the
    usual size. CREDIT: what they may spend has been used."""

    AMOUNT = "G1"
    IN_FLIGHT = "G2"
    UNMATCHED = "G3"
    FEEDS = "G4"
    HOLD = "G5"
    REACHED = "G6"
    VOLUME = "G7"
    CREDIT = "G8"


@dataclass(frozen=True)
class Facts:
    """What the gates look at, of one account at one moment.

    attempts: states of payments that may still bring money. receipts: what came in and has no place yet. stale: feeds
    not heard lately. pushes: messages not yet dealt with. holds: kinds of hold. previous: how the step before fared;
    None when there was none, or when this one says the same to others. readers: addresses that work; None for a step
    that is not mailed. volume: this run's, and that of the run most like it.
    """

    open_cents: int
    floor_cents: int = 0
    attempts: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    pushes: int = 0
    holds: tuple[str, ...] = ()
    is_frozen: bool = False
    previous: Reach | None = None
    readers: int | None = None
    volume: Volume | None = None
    usual: Volume | None = None
    is_forced: bool = False
    credit_cents: int = 0


@dataclass(frozen=True)
class Verdict:
    """One gate, and what it saw."""

    gate: Gate
    is_open: bool
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As a step keeps it."""
        return {"gate": self.gate.value, "open": self.is_open, "facts": dict(self.facts)}


def verdicts(facts: Facts, limits: RunRules) -> tuple[Verdict, ...]:
    """All eight, in their order."""
    f = facts
    is_usual = f.volume is None or f.usual is None or f.is_forced or not is_far(limits, f.volume, f.usual)
    steps, usual = f.volume and f.volume.invoices, f.usual and f.usual.invoices
    return (
        Verdict(Gate.AMOUNT, f.open_cents > f.floor_cents, {"open_cents": f.open_cents, "floor_cents": f.floor_cents}),
        Verdict(Gate.IN_FLIGHT, not f.attempts, {"attempts": list(f.attempts)}),
        Verdict(Gate.UNMATCHED, not f.receipts, {"receipts": list(f.receipts)}),
        Verdict(Gate.FEEDS, not f.stale and f.pushes == 0, {"stale": list(f.stale), "pushes": f.pushes}),
        Verdict(Gate.HOLD, not f.holds and not f.is_frozen, {"holds": list(f.holds), "is_frozen": f.is_frozen}),
        Verdict(
            Gate.REACHED, f.previous in {None, Reach.PROVEN} and f.readers != 0,
            {"previous": f.previous and f.previous.value, "readers": f.readers},
        ),
        Verdict(
            Gate.VOLUME, is_usual, {"steps": steps, "usual_steps": usual, "is_forced": f.is_forced}
        ),
        Verdict(Gate.CREDIT, f.credit_cents == 0, {"credit_cents": f.credit_cents}),
    )  # fmt: skip


def closed(found: Sequence[Verdict]) -> tuple[Gate, ...]:
    """The gates that are closed."""
    return tuple(verdict.gate for verdict in found if not verdict.is_open)


def in_a_run(facts: Facts, volume: Volume | None, usual: Volume | None, *, is_forced: bool) -> Facts:
    """The same facts, seen as part of a run of this size."""
    return replace(facts, volume=volume, usual=usual, is_forced=is_forced)
