"""What the API says of webhooks: addresses of a host's own systems, and what they are told of."""

from datetime import datetime

from pydantic import Field

from billing.listeners.events import EventType
from dashboard.api.fields import Asked, Shown, Url, example


class WebhookNew(Asked):
    """An address of yours, and what it is told of from now on."""

    model_config = example(url="https://host.example/hook", events=["invoice.paid"])

    url: Url
    events: list[EventType] = Field(min_length=1, max_length=len(EventType))


class Webhook(Shown):
    """failing_since: nothing has been taken since then; off_at: it is told nothing any more."""

    id: int
    url: str
    events: list[str]
    created_at: datetime
    failing_since: datetime | None
    off_at: datetime | None


class WebhookMade(Webhook):
    """A webhook with the secret that signs its messages (Standard Webhooks), shown this once."""

    secret: str
