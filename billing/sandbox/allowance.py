"""How many requests somebody may still make: so many in a window of time, and then none until it ends."""

from datetime import timedelta

from billing.sandbox.clock import EmulatedClock


class Allowance:
    """One window after the other. left: requests in the present one; ends: when that is over."""

    def __init__(self, clock: EmulatedClock, limit: int, window: timedelta) -> None:
        self._clock, self.limit, self._window = clock, limit, window
        self.clear()

    def clear(self) -> None:
        self.left, self.ends = self.limit, self._clock.now() + self._window

    def take(self) -> bool:
        """Use up one; whether there was one."""
        if self._clock.now() >= self.ends:
            self.clear()
        if self.left == 0:
            return False
        self.left -= 1
        return True
