"""The port to the control panel of the hosting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True)
class DesiredState:
    """How one area ("website" or "email") of a package should be, all of it.

    message_id: derived from the outbox row, so that a repeated delivery is the same message. version: the highest one
    that the panel has seen counts, in whatever order they arrive.
    """

    message_id: str
    domain: str
    area: str
    version: int
    settings: Mapping[str, Any]
    decided_at: datetime


class ServiceNews(StrEnum):
    """What the panel is told of a service.

    STOPPED: switch it off, keep its data and leave its e-mail on. RESTORED: switch it on again, as it was. ENDING: the
    customer cancelled it. KEPT: the customer took that back. CHANGED: it is of another product now. RENEW: renew this
    domain at its registry.
    """

    STOPPED = "stopped"
    RESTORED = "restored"
    ENDING = "ending"
    KEPT = "kept"
    CHANGED = "changed"
    RENEW = "renew"


@dataclass(frozen=True)
class ServiceNotice:
    """One piece of news. message_id, version: as those of DesiredState; label: what the customer calls it, such as a
    domain; product: its code. facts: `keeps_until`, `last_day`, `period_start`, `period_end` are ISO dates;
    `goes_on_as` is the id of the service that takes its place."""

    message_id: str
    news: ServiceNews
    service_id: int
    version: int
    label: str
    product: str
    facts: Mapping[str, str]
    decided_at: datetime


class HostingPanel(Protocol):
    """Takes settings and news over. Raises ProviderUnclear when it did not say that it took them, so that they are sent
    again, and ProviderRefused when it will never take these."""

    def apply(self, desired: DesiredState) -> None: ...

    def tell(self, notice: ServiceNotice) -> None: ...
