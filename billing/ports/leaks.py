"""The port to who knows which passwords stand in leaks of other places."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class LeakVerdict(StrEnum):
    """UNAVAILABLE: no answer, of whichever kind."""

    LEAKED = "leaked"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class LeakReply:
    """What came of a question. reason: why there was no answer; nothing of the password is in it."""

    verdict: LeakVerdict
    reason: str = ""


class LeakedPasswords(Protocol):
    """Tells whether a password is known from a leak. Neither it nor its digest leaves this machine; a few digits of the
    digest may, which thousands of passwords share. Never raises: whatever goes wrong is a reply of UNAVAILABLE."""

    def look_up(self, password: str) -> LeakReply: ...
