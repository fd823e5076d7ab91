"""A limit on how often something may be done."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Limiter:
    """At most `times` in `seconds` for one key, counted in this process alone: with several web processes the real
    limit is so many times as large. It keeps a nuisance small; what must hold exactly is decided in the database.

    Remembers `keys` keys at most, so that nobody can fill the memory; the one that was quiet longest goes first.
    """

    times: int
    seconds: float
    keys: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def allows(self, key: str) -> bool:
        """Whether it may be done now; counts it when it may."""
        now = self.clock()
        moments = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        if len(self._seen) > self.keys:
            self._seen.popitem(last=False)
        while moments and moments[0] <= now - self.seconds:
            moments.popleft()
        if len(moments) >= self.times:
            return False
        moments.append(now)
        return True

    def forget(self) -> None:
        """Start counting afresh."""
        self._seen.clear()
