"""What happened since the state was last kept: a sandbox that is killed forgets nothing that it told anybody."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Journal:
    """Lines in a file, each written before the answer that tells of it. May be written by any thread.

    path: None for a sandbox that keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path, self._lock = path, threading.Lock()

    def note(self, kind: str, row: Row) -> None:
        """Write one line; what was written outlives this process, though not the machine."""
        if self._path is not None:
            with self._lock, self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([kind, row]) + "\n")

    def read(self) -> Iterator[tuple[str, Row]]:
        """All lines in their order; one that was cut off by the end was never answered for."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                kind, row = json.loads(line)
                yield kind, row

    def clear(self) -> None:
        """The state is kept as a whole, and the journal begins anew."""
        if self._path is not None:
            with self._lock:
                self._path.unlink(missing_ok=True)
