"""The port to the network that carries e-invoices from house to house (Peppol), by way of an access point."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class NetworkAddress:
    """Where a business takes e-invoices. scheme: of the list "EAS" that Peppol keeps, such as 0106 (KvK number)."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(frozen=True)
class Shipment:
    """One document on its way. document_id: ours, the same whenever the same document is sent. xml: UBL."""

    document_id: str
    sender: NetworkAddress
    receiver: NetworkAddress
    xml: bytes = field(repr=False)


class NetworkState(StrEnum):
    """PENDING: the network has it and says more later. The others are final."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Handling:
    """What became of a document. reason: of a rejection, a word."""

    state: NetworkState
    reason: str = ""


class EInvoiceNetwork(Protocol):
    """One access point. Each call raises ProviderUnclear when there was no answer or no clear one.

    A document whose sending had no clear answer may be on its way: `find` it before it is ever sent again.
    """

    @property
    def is_connected(self) -> bool:
        """Whether there is an access point at all."""
        ...

    def knows(self, address: NetworkAddress) -> bool:
        """Whether somebody takes our invoices and credit notes there."""
        ...

    def find(self, document_id: str) -> Handling | None:
        """What became of a document of ours; None when it never got there."""
        ...

    def send(self, shipment: Shipment) -> Handling:
        """Hand a document over. Raises ProviderRefused when the access point will never take it."""
        ...
