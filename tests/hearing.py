"""Systems of a host that listen, for tests, and what they hear."""

from billing.errors import ProviderRefused, ProviderUnclear
from billing.listeners import flows, service
from billing.listeners.events import EventType
from billing.listeners.tables import Listener
from tests import machines
from tests.factories import Shop

URL = "https://host.example/hook?secret=1"
UNCLEAR = ProviderUnclear(reason="ConnectTimeout")
REFUSED = ProviderRefused(reason="http_422")


class Host:
    """A system of the host that listens, and its key."""

    def __init__(self, shop: Shop, *events: EventType, account_id: int | None = None) -> None:
        self.shop = shop
        self.actor = machines.actor_of(shop.billing, machines.key(shop.billing, account_id=account_id))
        self.made = shop.do(service.add, self.actor, URL, events or tuple(EventType), shop.billing.vault)

    def hears(self) -> list[tuple[str, object]]:
        """What there is to hear: kinds, and the number or id that they are about."""
        told = machines.tell(self.shop.billing)
        return [
            (message["type"], message["data"].get("number") or message["data"].get("reference")) for message in told
        ]

    @property
    def row(self) -> Listener:
        return self.shop.one(Listener, id=self.made.id)


def deliver(shop: Shop) -> list[str]:
    """One round of the worker; returns the numbers that arrived."""
    flows.plan(shop.billing)
    before = len(shop.billing.listeners.got)
    flows.deliver(shop.billing)
    return [letter.body.decode() for letter in shop.billing.listeners.got[before:]]
