"""Commands as people type them, for tests; the fixture `voldaan` of tests/service types them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Type = Callable[..., Said]
