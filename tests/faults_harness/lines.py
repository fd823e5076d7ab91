"""Lines between processes: on each a relay of ours, which can be cut, silent, slow or lossy.

No packet is dropped: what a process sees of a bad network is a connection that is refused, reset half-way, late or
silent, and a relay makes each of these without any rights on the machine.
"""

import asyncio
import random
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHUNK_BYTES = 16_384
LOOK_SECONDS = 0.05
CALL_SECONDS = 10

Target = int | Path
"""A port on this machine, or a socket in its file system."""


@dataclass(frozen=True)
class Weather:
    """How a line is. cut: connections are reset and refused. silent: nothing passes. late_seconds: so long at most does
    each piece take. loss: the part of the pieces at which the connection is reset instead."""

    cut: bool = False
    silent: bool = False
    late_seconds: float = 0.0
    loss: float = 0.0


FAIR = Weather()


class Line:
    """One relay. target: where it leads, which may change."""

    def __init__(self, target: Target, chance: random.Random) -> None:
        self.target, self.weather = target, FAIR
        self._chance = chance
        self._ends: set[asyncio.StreamWriter] = set()

    async def change(self, weather: Weather) -> None:
        """Let the weather be so from now on."""
        self.weather = weather
        if weather.cut:
            for end in list(self._ends):
                end.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""
        if self.weather.cut:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await self._far_end()
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self._ends |= ends
        await asyncio.gather(self._pass(reader, far_writer, ends), self._pass(far_reader, writer, ends))
        self._ends -= ends
        for end in ends:
            end.close()

    async def _far_end(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.target, Path):
            return await asyncio.open_unix_connection(str(self.target))
        return await asyncio.open_connection("127.0.0.1", self.target)

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, ends: set[asyncio.StreamWriter]
    ) -> None:
        try:
            while piece := await source.read(CHUNK_BYTES):
                await self._endure()
                sink.write(piece)
                await sink.drain()
            sink.write_eof()
        except OSError:
            for end in ends:
                end.transport.abort()

    async def _endure(self) -> None:
        """What the weather does to one piece. Raises ConnectionResetError."""
        while self.weather.silent:
            await asyncio.sleep(LOOK_SECONDS)
        if self.weather.late_seconds:
            await asyncio.sleep(self._chance.uniform(0, self.weather.late_seconds))
        if self._chance.random() < self.weather.loss:
            raise ConnectionResetError


class Network:
    """All lines, in a thread of their own. Leaving the `with` block takes them down."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="lines", daemon=True)
        self._servers: list[asyncio.Server] = []
        self.lines: dict[str, Line] = {}

    def lay(self, name: str, port: int, target: Target) -> Line:
        """A line that listens on a port."""
        line = self.lines[name] = Line(target, self._chance)
        self._servers.append(self._call(asyncio.start_server(line.carry, "127.0.0.1", port)))
        return line

    def change(self, name: str, weather: Weather) -> None:
        """Let the weather on a line be so from now on."""
        self._call(self.lines[name].change(weather))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=CALL_SECONDS)
        self._loop.close()

    async def _hang_up(self) -> None:
        for server in self._servers:
            server.close()
        for line in self.lines.values():
            await line.change(Weather(cut=True))
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=CALL_SECONDS / 2)

    def _call(self, task: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(timeout=CALL_SECONDS)
