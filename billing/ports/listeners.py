"""The port to systems of the host that listen to what happens here."""

from dataclasses import dataclass, field
from typing import Protocol

from billing.errors import BillingError


class UrlRefused(BillingError):
    """An address that nothing is sent to; `reason`: scheme, form, private."""

    code = "url_refused"


@dataclass(frozen=True)
class Letter:
    """One message. message_id: the same each time that it is sent. body: its exact bytes. key: signs it."""

    url: str = field(repr=False)
    message_id: str
    body: bytes = field(repr=False)
    key: bytes = field(repr=False)


class ListenerLine(Protocol):
    """Carries messages to systems of the host."""

    def require_usable(self, url: str) -> None:
        """Whether an address has a form that may be sent to. Asks no network. Raises UrlRefused."""
        ...

    def post(self, letter: Letter) -> None:
        """Send one message. Raises ProviderRefused when it was refused, and ProviderUnclear when nobody said that it
        arrived, or the address may not be sent to now."""
        ...
