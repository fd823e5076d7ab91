"""The port for messages that a provider sends by itself."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Push:
    """A gateway message as it came over HTTP. path: raw path and query, exactly as received. traceparent: the step in
    which it came, see `steps.current`."""

    method: str
    path: str
    content_type: str
    authorization: str
    body: bytes
    traceparent: str | None = None


@dataclass(frozen=True)
class PushNotice:
    """What a verified push is about. It is only a poke: the truth is asked for with our own keys.

    external_id: the same for a push that is sent again, other for a later state of the same transaction.
    """

    key: str
    external_id: str
    subject: str = "transaction"


class PushReader(Protocol):
    """Verifies a push on its raw bytes and says what it is about; raises PushRefused and stores nothing otherwise."""

    def read(self, push: Push) -> PushNotice: ...
