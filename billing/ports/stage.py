"""The sandbox as a presenter sees it: the outside world of a demo, with a clock that moves and failures on request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """What can be made to go wrong until it is switched off again.

    LOST_PUSH: pushes never arrive. DOUBLE_PUSH: each comes twice. LATE_PUSH: each comes an hour late. GATEWAY_DOWN: the
    gateway answers nothing. MAIL_DOWN: the mail server takes nothing for now.
    """

    LOST_PUSH = "lost_push"
    DOUBLE_PUSH = "double_push"
    LATE_PUSH = "late_push"
    GATEWAY_DOWN = "gateway_down"
    MAIL_DOWN = "mail_down"


@dataclass(frozen=True)
class StageMail:
    """A mail that arrived. url: where it can be read."""

    to: str
    subject: str
    received_at: datetime
    url: str


@dataclass(frozen=True)
class StageView:
    """How the outside world is set. mails: the newest ones, the newest first. mailbox_url: all of them."""

    faults: frozenset[Fault]
    mails: tuple[StageMail, ...]
    mailbox_url: str


class Stage(Protocol):
    """What a presenter can do to the outside world. Every method raises ProviderUnclear when it does not answer, and
    ProviderRefused when it says no. key: the gateway's identity of a payment or a mandate."""

    def view(self) -> StageView:
        """How it is set now."""

    def move(self, by: timedelta) -> None:
        """Let time pass for every process of the demo; what was due in between has happened."""

    def turn(self, fault: Fault, *, on: bool) -> None:
        """Switch a failure on or off."""

    def approve(self, key: str) -> None:
        """The customer says yes at the bank."""

    def take_back(self, key: str) -> None:
        """The customer has a collection taken back by the bank (MD06)."""

    def deliveries(self, key: str) -> int:
        """How many pushes about it have been delivered."""

    def bank_file(self, iban: str, transfers: Mapping[str, int]) -> bytes:
        """Today's statement of our own bank account. transfers: the cents that came in, by what each says it is for."""

    def reset(self) -> None:
        """Everything as at the start of the sandbox: nothing happened, nothing fails, the machine's own time."""
