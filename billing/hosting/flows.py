"""Handing settings and news to the hosting control panel, as the outbox asks for it."""

from billing.hosting import queries, services
from billing.hosting.settings import Area
from billing.outbox import OutboxMessage
from billing.runtime import Billing


def hand_over(billing: Billing, message: OutboxMessage) -> None:
    """Send the newest settings. An older version is not sent any more: a newer one has a row of its own."""
    package_id, area = message.payload["package_id"], Area(message.payload["area"])
    desired = billing.ask(queries.desired_state, package_id, area, message.dedup_key)
    if desired is not None:
        billing.panel.apply(desired)


def tell(billing: Billing, message: OutboxMessage) -> None:
    """Send a piece of news of a service. The panel keeps the newest of those that overtake each other."""
    billing.panel.tell(services.notice(message))
