"""What strikes when: drawn from a seed alone, so that a storm can be called up again."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

# Two strike within so many seconds of each other, so that some overlap.
PAUSE_SECONDS = (0.5, 4.0)
LONGEST_SECONDS = 8.0
# How much more often than the others these strike.
WEIGHTS = {"kill": 6, "disk": 3, "freeze": 2, "clock": 2}


@dataclass(frozen=True)
class Blow:
    """One thing that goes wrong. at, until: seconds from the begin of the storm. what: to whom or which line."""

    at: float
    until: float
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.what}".strip()


Kinds = Mapping[str, Sequence[str]]
"""What can go wrong: for each kind, to whom."""


def plan(seed: int, kinds: Kinds, *, blows: int = 0, seconds: float = 0) -> list[Blow]:
    """So many blows, or those of so many seconds; nothing is struck by two at once."""
    endless = _drawn(random.Random(seed), kinds)
    if blows:
        return list(islice(endless, blows))
    found = []
    for blow in endless:
        if blow.at > seconds:
            break
        found.append(blow)
    return found


def _drawn(chance: random.Random, kinds: Kinds) -> Iterator[Blow]:
    now, busy = 0.0, dict[tuple[str, str], float]()
    weights = [WEIGHTS.get(kind, 1) for kind in kinds]
    while True:
        now += chance.uniform(*PAUSE_SECONDS)
        (kind,) = chance.choices(list(kinds), weights)
        what = chance.choice(kinds[kind])
        until = now + chance.uniform(0.2, LONGEST_SECONDS)
        if busy.get(_struck(kind, what), 0) < now:
            busy[_struck(kind, what)] = until
            yield Blow(round(now, 2), round(until, 2), kind, what)


def _struck(kind: str, what: str) -> tuple[str, str]:
    """What can bear one blow at a time: a process that is dead can't be frozen, a line has one weather."""
    return ("process" if kind in {"kill", "freeze"} else "line" if kind.startswith("line ") else kind), what
