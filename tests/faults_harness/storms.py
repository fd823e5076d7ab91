"""A storm over a scene at work: what is planned strikes, what ended by itself is started again, and all must heal."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from sqlmodel import col, select

from billing.db import Work
from billing.payments.tables import Payment
from billing.states import OPEN_STATES
from tests.faults import books, verdict
from tests.faults.customers import Crowd
from tests.faults.processes import eventually
from tests.faults.reaper import NO_MISHAPS
from tests.faults_harness.blows import Blows
from tests.faults_harness.hosts import Host, wrong_orders
from tests.faults_harness.plans import Blow
from tests.faults_harness.scenes import DATABASE, RUN, Scene
from tests.faults_harness.screens import Screens

# Whoever watches over processes starts one that ended again after so long; a run is one that always ends.
RESTART_SECONDS, RUN_SECONDS = 1.0, 10.0
TICK_SECONDS = 0.1
HEALING_SECONDS = 240

Tell = Callable[[str], None]


@dataclass
class Storm:
    """numbers: the invoices that the crowd pays. screens: None where there are none."""

    scene: Scene
    crowd: Crowd
    host: Host
    screens: Screens | None
    numbers: set[str]
    tell: Tell
    struck: Counter[str] = field(default_factory=Counter)
    ended_by_itself: Counter[str] = field(default_factory=Counter)
    healing_seconds: float = 0.0

    def __post_init__(self) -> None:
        self._blows = Blows(self.scene)
        self._ended_at: dict[str, float] = {}

    def begin(self) -> None:
        """Let everybody in."""
        self.host.start()
        self.crowd.let_in(len(self.numbers))
        if self.screens:
            self.screens.start()

    def send_home(self) -> None:
        """Nobody does anything from here on."""
        self.host.send_home()
        self.crowd.send_home()
        if self.screens:
            self.screens.stop()

    def rage(self, plan: Sequence[Blow]) -> None:
        """Let all of it happen, each at its moment or as soon after it as can be."""
        moments = [(blow.at, self._begin, blow) for blow in plan] + [(blow.until, self._end, blow) for blow in plan]
        began = time.monotonic()
        for moment, happens, blow in sorted(moments, key=itemgetter(0)):
            while time.monotonic() - began < moment:
                time.sleep(TICK_SECONDS)
                self._watch_over()
            happens(blow)

    def heal(self) -> None:
        """The weather clears and everything runs. Within bounded time all must be settled by itself."""
        began = time.monotonic()
        self._clear_up()
        self.host.wait()
        self.crowd.wait()
        self._finish_the_runs()
        installation = self.scene.installation
        # The gateway repeats what it could not deliver, and nobody's page stays open for ever.
        for wait in ("10m", "2h"):
            installation.control("clock", advance=wait)
            eventually(
                lambda: verdict.is_settled(installation), seconds=HEALING_SECONDS, pause=0.5,
                otherwise=lambda: verdict.what_is_open(installation),
            )  # fmt: skip
        eventually(self._nothing_is_left, seconds=HEALING_SECONDS, pause=0.5, otherwise=self._left)
        self.healing_seconds = time.monotonic() - began

    def findings(self) -> Iterator[str]:
        """What ended wrong."""
        installation = self.scene.installation
        if self.screens:
            yield from self.screens.wrong()
        for worker in ("worker", "worker-2"):
            if (code := installation.stop(worker)) != 0:
                yield f"{worker} ended with {code}"
        yield from verdict.wrong_money(installation, self.numbers)
        yield from verdict.wrong_mails(installation, self.numbers)
        yield from installation.billing.ask(wrong_orders, self.host.orders)
        yield from verdict.changed_by_replay(installation)

    def _begin(self, blow: Blow) -> None:
        self.tell(f"{blow} …")
        self.struck[str(blow)] += 1
        self._blows.begin(blow)

    def _end(self, blow: Blow) -> None:
        self._blows.end(blow)
        self.tell(f"… {blow} is over")

    def _watch_over(self) -> None:
        """Start again what ended by itself, as the machine of an installation does."""
        now = time.monotonic()
        for name in (DATABASE, *self.scene.processes, RUN):
            if name in self._blows.dead or not self.scene.has_ended(name):
                self._ended_at.pop(name, None)
            elif now - self._ended_at.setdefault(name, now) > (RUN_SECONDS if name == RUN else RESTART_SECONDS):
                self._ended_at.pop(name)
                self._restart(name)

    def _restart(self, name: str) -> None:
        is_up = self._blows.revive(name)
        if name != RUN:
            self.ended_by_itself[name] += 1
            self.tell(f"{name} had ended by itself and {'is started again' if is_up else 'can not be started yet'}")

    def _clear_up(self) -> None:
        self._blows.end_all()
        installation = self.scene.installation
        for name in (DATABASE, *self.scene.processes):
            if self.scene.has_ended(name):
                self._restart(name)
        installation.wait_until_up(*self.scene.processes)
        installation.control("outage", kind="")
        installation.control("mail-faults", temporary=0)
        installation.control("pushes/release", order="reverse")
        installation.control("push-faults", **NO_MISHAPS)

    def _finish_the_runs(self) -> None:
        installation = self.scene.installation
        installation.kill(RUN)
        ran = installation.run("invoices", "run", "--force")
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def _nothing_is_left(self) -> bool:
        return not any(self._left())

    def _left(self) -> tuple[object, ...]:
        """News that the gateway has still to tell, side effects, troubles, news that came, undecided payments."""
        installation = self.scene.installation
        untold, counts = installation.sandbox("control/state")["pushes"]["open"], books.counts(installation)
        undecided = installation.billing.ask(_undecided)
        return untold, counts.outbox_waiting, counts.troubles, counts.inbox_waiting, undecided


def _undecided(work: Work) -> list[int]:
    states = [state.value for state in OPEN_STATES]
    return [one or 0 for one in work.session.exec(select(Payment.id).where(col(Payment.state).in_(states)))]
