"""A network for e-invoices in memory."""

from billing.errors import ProviderUnclear
from billing.ports import Handling, NetworkAddress, NetworkState, Shipment

ACCEPTED = Handling(NetworkState.ACCEPTED)


class FakeNetwork:
    """Keeps what it was given. down: answers nothing; hangs: takes the next document and says nothing of it.

    says: what it makes of a document. strangers: addresses where nobody is.
    """

    def __init__(self) -> None:
        self.is_connected = True
        self.sent: list[Shipment] = []
        self.asked: list[str] = []
        self.says = ACCEPTED
        self.strangers: set[str] = set()
        self.down = self.hangs = False

    def knows(self, address: NetworkAddress) -> bool:
        self._answer()
        return str(address) not in self.strangers

    def find(self, document_id: str) -> Handling | None:
        self._answer()
        self.asked.append(document_id)
        return self.says if any(one.document_id == document_id for one in self.sent) else None

    def send(self, shipment: Shipment) -> Handling:
        self._answer()
        self.sent.append(shipment)
        if self.hangs:
            self.hangs = False
            raise ProviderUnclear(reason="ReadTimeout")
        return self.says

    def _answer(self) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError")
