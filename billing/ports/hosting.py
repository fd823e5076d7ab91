"""The port to the control panel of the hosting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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


class HostingPanel(Protocol):
    """Takes settings over. Raises ProviderUnclear when it did not say that it took them, so that they are sent again,
    and ProviderRefused when it will never take these."""

    def apply(self, desired: DesiredState) -> None: ...
