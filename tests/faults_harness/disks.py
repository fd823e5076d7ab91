"""Disks that can be filled: a small file system of their own, or, where nobody may mount one, a limit on every file."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

Pids = Callable[[], Iterable[int]]


class Disk(Protocol):
    """name: what it is, for people."""

    name: str

    def fill(self) -> None: ...

    def free(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class SmallDisk:
    """A file system in memory at a folder. owner: who may use it. Raises PermissionError where nobody may mount one."""

    name = "a small tmpfs, full"

    def __init__(self, folder: Path, megabytes: int, owner: int = 0) -> None:
        self._folder, self._ballast = folder, folder / "ballast"
        folder.mkdir(parents=True, exist_ok=True)
        options = f"size={megabytes}m,uid={owner},mode=0700"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True, check=False
        )
        if mounted.returncode != 0:
            raise PermissionError(mounted.stderr.strip())

    def fill(self) -> None:
        """Leave not a byte."""
        with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while file.write(bytes(1 << 16)):
                pass
        with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while file.write(b"\0"):
                pass

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["umount", "-l", self._folder], check=True)


class LimitedFiles:
    """No file of some processes may grow past what the largest one in a folder is when it strikes."""

    name = "a limit on the size of every file (RLIMIT_FSIZE)"

    def __init__(self, folder: Path, pids: Pids) -> None:
        self._folder, self._pids = folder, pids

    def fill(self) -> None:
        """Let no file grow."""
        largest = max((path.stat().st_size for path in self._folder.iterdir()), default=0)
        self._limit(largest)

    def free(self) -> None:
        """Let all grow again."""
        self._limit(resource.RLIM_INFINITY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.free()

    def _limit(self, most_bytes: int) -> None:
        for pid in self._pids():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def may_mount() -> bool:
    """Whether this process is one that may; where it turns out not to, `SmallDisk` says so."""
    return os.geteuid() == 0
