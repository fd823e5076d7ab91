"""What each blow does, and what ends it. Only processes that the harness started are struck, by their ids."""

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from billing.sandbox.files import write_whole
from tests.faults.reaper import MISHAPS, NO_MISHAPS
from tests.faults_harness.lines import FAIR, Weather
from tests.faults_harness.plans import Blow
from tests.faults_harness.scenes import DATABASE, Scene

WEATHERS = {
    "cut": Weather(cut=True), "silent": Weather(silent=True), "late": Weather(late_seconds=0.4),
    "lossy": Weather(loss=0.1),
}  # fmt: skip
MISHAP = {next(iter(mishap)): mishap for mishap in MISHAPS}
OUTAGES = {"503": {"kind": "503", "count": 8}, "hang_after": {"kind": "hang_after", "count": 3, "seconds": 4}}
LOCK_SECONDS = 2
TICK_SECONDS = 0.1


class Blows:
    """Strikes one scene. dead: processes that lie dead on purpose."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._under_way: dict[Blow, Iterator[None]] = {}
        self._rewound = 0
        self.dead: set[str] = set()

    def begin(self, blow: Blow) -> None:
        """Let it happen."""
        under_way = self._under_way[blow] = self._of(blow)
        next(under_way)

    def end(self, blow: Blow) -> None:
        """Let it be over."""
        next(self._under_way.pop(blow), None)

    def end_all(self) -> None:
        """Let everything be over that is not yet."""
        for blow in list(self._under_way):
            self.end(blow)

    def revive(self, name: str) -> bool:
        """Start what has ended; False when it can't be yet, as with a database whose disk is full."""
        server = self._scene.server
        if name != DATABASE or server is None:
            self._scene.installation.start(name)
            return True
        with suppress(RuntimeError):
            server.start()
            return True
        return False

    def _of(self, blow: Blow) -> Iterator[None]:
        """Happens up to its `yield`, and is over after it."""
        kind, _, which = blow.kind.partition(" ")
        strikes: dict[str, Callable[[str], Iterator[None]]] = {
            "kill": self._kill, "freeze": self._freeze, "clock": self._clock, "messages": self._messages,
            "outage": self._outage, "mail": self._mail_server, "disk": self._disk, "database": self._database,
        }  # fmt: skip
        return self._line(blow.what, WEATHERS[which]) if kind == "line" else strikes[kind](blow.what)

    def _kill(self, name: str) -> Iterator[None]:
        server = self._scene.server
        if name == DATABASE and server:
            server.crash()
        else:
            self._scene.installation.kill(name)
        self.dead.add(name)
        yield
        self.dead.discard(name)
        self.revive(name)

    def _freeze(self, name: str) -> Iterator[None]:
        with suppress(ProcessLookupError):
            self._scene.freeze(name, signal.SIGSTOP)
        yield
        with suppress(ProcessLookupError):
            self._scene.freeze(name, signal.SIGCONT)

    def _line(self, name: str, weather: Weather) -> Iterator[None]:
        self._scene.network.change(name, weather)
        yield
        self._scene.network.change(name, FAIR)

    def _messages(self, name: str) -> Iterator[None]:
        self._scene.installation.try_control("push-faults", **MISHAP[name])
        yield
        self._scene.installation.try_control("pushes/release", order="reverse")
        self._scene.installation.try_control("push-faults", **NO_MISHAPS)

    def _outage(self, name: str) -> Iterator[None]:
        self._scene.installation.try_control("outage", **OUTAGES[name])
        yield
        self._scene.installation.try_control("outage", kind="")

    def _mail_server(self, _: str) -> Iterator[None]:
        self._scene.installation.try_control("mail-faults", temporary=3)
        yield
        self._scene.installation.try_control("mail-faults", temporary=0)

    def _disk(self, _: str) -> Iterator[None]:
        assert self._scene.disk is not None
        self._scene.disk.fill()
        yield
        self._scene.disk.free()

    def _database(self, _: str) -> Iterator[None]:
        with suppress(sqlite3.OperationalError), _writing(self._scene):
            yield
            return
        yield  # it was busy already

    def _clock(self, how: str) -> Iterator[None]:
        if how != "stands still":
            self._scene.installation.try_control("clock", advance=how)
            yield
            return
        over = threading.Event()
        holding = threading.Thread(target=self._hold_clock, args=(over,), daemon=True)
        holding.start()
        yield
        over.set()
        holding.join()

    def _hold_clock(self, over: threading.Event) -> None:
        """Take off of the shared offset what passes, in whole seconds: within each, time runs and is set back."""
        file, began = self._scene.clock_file, time.monotonic()
        offset = int(file.read_text("ascii").split()[0]) if file.exists() else 0
        while not over.wait(TICK_SECONDS):
            self._rewound += 1
            write_whole(file, f"{offset - int(time.monotonic() - began)} {self._rewound}\n")
        self._rewound += 1
        write_whole(file, f"{offset} {self._rewound}\n")


@contextmanager
def _writing(scene: Scene) -> Iterator[None]:
    """Another program has the database file to itself."""
    writer = sqlite3.connect(scene.sqlite_file, isolation_level=None, timeout=LOCK_SECONDS, check_same_thread=False)
    try:
        writer.execute("BEGIN IMMEDIATE")
        yield
        writer.execute("ROLLBACK")
    finally:
        writer.close()
