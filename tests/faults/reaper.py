"""What goes wrong on purpose: processes die at random moments, and the gateway's messages go astray."""

import random
import time
from collections.abc import Sequence
from typing import Any

from tests.faults.processes import Installation, eventually

# One of these in each round: messages that never come, fail, come twice or late, or in the wrong order.
MISHAPS: Sequence[dict[str, Any]] = (
    {"drop": 1}, {"fail": 2}, {"double": 4}, {"delay": 2, "delay_seconds": 2}, {"hold": True},
)  # fmt: skip
NO_MISHAPS: dict[str, Any] = {"drop": 0, "fail": 0, "double": 0, "delay": 0, "hold": False}
# Now and then a process dies while it is still starting; otherwise nothing would ever get done.
DIES_STARTING = 0.15
# Rows that a dead worker held come free after half a minute.
MAIL_SECONDS = 90


class Reaper:
    """Kills one of the victims at a time, and starts it again at once."""

    def __init__(self, installation: Installation, victims: Sequence[str], chance: random.Random) -> None:
        self._installation, self._victims, self._chance = installation, victims, chance
        self.killed: list[str] = []

    def strike(self) -> None:
        """Kill one at a random moment between 0.3 and 1 second after it came up."""
        victim = self._chance.choice(self._victims)
        if self._chance.random() > DIES_STARTING:
            self._installation.wait_until_up(victim)
        time.sleep(self._chance.uniform(0.3, 1.0))
        self._kill(victim)

    def strike_at_a_mail(self, worker: str) -> None:
        """Kill a worker as soon as a mail has arrived: it may or may not have noted yet that the mail was sent."""
        before = self._installation.mails_arrived()
        eventually(lambda: self._installation.mails_arrived() > before, seconds=MAIL_SECONDS, pause=0.002)
        self._kill(worker)

    def _kill(self, victim: str) -> None:
        self._installation.kill(victim)
        self._installation.start(victim)
        self.killed.append(victim)

    def spoil_messages(self) -> None:
        """Let go of what was held back, in the wrong order, and spoil some of the next messages."""
        self._installation.control("pushes/release", order="reverse")
        self._installation.control("push-faults", **self._chance.choice(MISHAPS))

    def spare_messages(self) -> None:
        """No message is spoiled from here on."""
        self._installation.control("pushes/release", order="reverse")
        self._installation.control("push-faults", **NO_MISHAPS)
