"""Whether the web processes are about to stop. The server that started them is told to, and leaves word in a file."""

import os
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "var"


def ask() -> None:
    """Said by the server, of the processes that it started."""
    _word(os.getpid()).touch()


def is_asked(server: int | None = None) -> bool:
    """Whether word was left. server: its process, by default the one that started this one."""
    return _word(server or os.getppid()).exists()


def forget() -> None:
    """A new server may have the number of an earlier one."""
    _word(os.getpid()).unlink(missing_ok=True)


def _word(server: int) -> Path:
    return _FOLDER / f"stopping-{server}"
