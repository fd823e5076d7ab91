"""One trial from begin to end: a scene, its load, a storm, and what was found."""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.customers import crowd_of, open_invoices
from tests.faults_harness.hosts import host_of
from tests.faults_harness.plans import plan
from tests.faults_harness.scenes import RUN, Scene, kinds, scene
from tests.faults_harness.screens import Screens
from tests.faults_harness.storms import Storm


@dataclass(frozen=True)
class Trial:
    """seed: what is drawn from. blows or seconds: how much strikes. payments, orders: how much there is to do.

    whole: with the dashboard itself, whose pages were built before, and screens that are open meanwhile.
    """

    engine: str
    seed: int
    payments: int
    orders: int
    blows: int = 0
    seconds: float = 0
    whole: bool = False

    def run(self, tell: Callable[[str], None]) -> list[str]:
        """What ended wrong; `tell` hears what was done when, and what it came to."""
        chance, began = random.Random(self.seed), time.monotonic()

        def say(text: str) -> None:
            tell(f"{time.monotonic() - began:6.1f} s  {text}")

        with (
            tempfile.TemporaryDirectory(prefix="voldaan-faults-", ignore_cleanup_errors=True) as folder,
            scene(Path(folder), self.engine, chance, whole=self.whole) as here,
        ):
            say(f"{self.engine}, seed {self.seed}; disk: {here.disk.name if here.disk else 'can not be filled'}")
            storm = self._prepared(here, chance, say)
            try:
                storm.begin()
                storm.rage(plan(self.seed, kinds(here), blows=self.blows, seconds=self.seconds))
                say("the weather clears")
                storm.heal()
                found = list(storm.findings())
            finally:
                storm.send_home()
            self._sum_up(storm, found, say)
        return found

    def _prepared(self, here: Scene, chance: random.Random, say: Callable[[str], None]) -> Storm:
        """Everything runs, and everybody is ready."""
        installation = here.installation
        numbers = installation.billing.do(
            open_invoices, customers=max(self.payments // 3, 1), each=3, seller=installation.billing.policy.seller,
            mails=False,
        )  # fmt: skip
        host = host_of(installation, self.orders)
        screens = Screens(installation, chance) if self.whole else None
        installation.start(*here.processes, RUN)
        installation.wait_until_up(*here.processes)
        return Storm(here, crowd_of(installation, numbers, chance), host, screens, set(numbers), say)

    def _sum_up(self, storm: Storm, found: list[str], say: Callable[[str], None]) -> None:
        say(f"struck: {dict(sorted(storm.struck.items()))}")
        lost = storm.screens.lost if storm.screens else 0
        say(f"ended by itself: {dict(storm.ended_by_itself)}; screens opened again: {lost}")
        say(
            f"{len(storm.numbers)} invoices paid, {self.orders} orders in {storm.host.asked} requests, "
            f"healed in {storm.healing_seconds:.0f} s, {len(found)} findings"
        )
