"""What listeners can be told of, and which acts of the log tell it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from billing.access import Scope


class EventType(StrEnum):
    """A kind of event. Each message only names what it is about; how that stands now is asked by the API."""

    INVOICE_ISSUED = "invoice.issued"
    INVOICE_PAID = "invoice.paid"
    INVOICE_RETURNED = "invoice.returned"
    CREDIT_NOTE_ISSUED = "credit_note.issued"
    PAYMENT_SUCCEEDED = "payment.succeeded"
    MANDATE_GIVEN = "mandate.given"
    MANDATE_PAUSED = "mandate.paused"
    MANDATE_RESUMED = "mandate.resumed"
    MANDATE_REVOKED = "mandate.revoked"
    MANDATE_EXPIRED = "mandate.expired"
    MANDATE_REPLACED = "mandate.replaced"
    SERVICE_STOPPED = "service.stopped"
    SERVICE_RESTORED = "service.restored"


_T = EventType
_MANDATES = {kind for kind in EventType if kind.value.startswith("mandate.")}

# Which scope a key needs to hear of it: the one that lets it read what the event is about.
SCOPE_OF: dict[EventType, Scope] = {
    _T.INVOICE_ISSUED: Scope.INVOICES_READ,
    _T.INVOICE_PAID: Scope.INVOICES_READ,
    _T.INVOICE_RETURNED: Scope.INVOICES_READ,
    _T.CREDIT_NOTE_ISSUED: Scope.CREDITS_READ,
    _T.PAYMENT_SUCCEEDED: Scope.PAYMENTS_READ,
    **dict.fromkeys(_MANDATES, Scope.PAYMENTS_READ),
    _T.SERVICE_STOPPED: Scope.SERVICES_READ,
    _T.SERVICE_RESTORED: Scope.SERVICES_READ,
}

# How the log calls what these events tell; mandates are called the same there.
OF_ACT: dict[str, EventType] = {
    **{kind.value: kind for kind in _MANDATES},
    "stop.carried_out": _T.SERVICE_STOPPED,
    "stop.withdrawn": _T.SERVICE_RESTORED,
}


@dataclass(frozen=True)
class Event:
    """Something that happened to a customer. key: names it once and for all; data: what it is about."""

    key: str
    type: EventType
    account_id: int
    happened_at: datetime
    data: dict[str, Any]
