"""The network for e-invoices: who takes part, and what it brought. Judges a document as a careful receiver would."""

import threading
from dataclasses import asdict, dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from billing.sandbox.clock import EmulatedClock
from billing.sandbox.faults import Faults

ACCEPTED, REJECTED, PENDING = "accepted", "rejected", "pending"
BIS_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
# Every participant is known but those whose number ends like this.
STRANGER = "404"


@dataclass(frozen=True)
class Carried:
    """A document and what became of it. id: the sender's own name of it. number: as it says itself."""

    id: str
    receiver: str
    number: str
    kind: str
    status: str
    reason: str
    at: str
    xml: str


class Peppol:
    """All documents in order of arrival. Safe to share by threads."""

    def __init__(self, clock: EmulatedClock, faults: Faults) -> None:
        self._clock, self._faults = clock, faults
        self._lock = threading.Lock()
        self._documents: dict[str, Carried] = {}

    def knows(self, participant: str) -> bool:
        """Whether somebody takes documents there, such as `0106:12345678`."""
        if self._faults.take(self._faults.peppol, "strangers"):
            return False
        scheme, _, number = participant.partition(":")
        return scheme.isdigit() and bool(number) and not number.endswith(STRANGER)

    def document(self, document_id: str) -> Carried | None:
        with self._lock:
            return self._documents.get(document_id)

    def send(self, document_id: str, receiver: str, xml: str) -> Carried:
        """Bring a document; the same one again changes nothing."""
        with self._lock:
            known = self._documents.get(document_id)
            if known is None:
                known = self._documents[document_id] = self._judged(document_id, receiver, xml)
            return known

    def decide(self, document_id: str, status: str) -> bool:
        """Let a receiver who has not answered yet accept or reject; False for a document that nobody knows."""
        with self._lock:
            known = self._documents.get(document_id)
            if known is None or status not in {ACCEPTED, REJECTED}:
                return False
            if known.status == PENDING:
                reason = "refused" if status == REJECTED else ""
                self._documents[document_id] = Carried(**{**asdict(known), "status": status, "reason": reason})
            return True

    def all(self) -> list[Carried]:
        """Oldest first."""
        with self._lock:
            return list(self._documents.values())

    def clear(self) -> None:
        with self._lock:
            self._documents.clear()

    def dump(self) -> list[dict[str, Any]]:
        """Everything as plain JSON values."""
        return [asdict(document) for document in self.all()]

    def load(self, rows: list[dict[str, Any]]) -> None:
        with self._lock:
            self._documents = {row["id"]: Carried(**row) for row in rows}

    def _judged(self, document_id: str, receiver: str, xml: str) -> Carried:
        kind, number, reason = _read(receiver, xml)
        if not reason and self._faults.take(self._faults.peppol, "reject"):
            reason = "refused"
        waits = not reason and self._faults.take(self._faults.peppol, "pending")
        status = PENDING if waits else REJECTED if reason else ACCEPTED
        return Carried(document_id, receiver, number, kind, status, reason, self._clock.now().isoformat(), xml)


def _read(receiver: str, xml: str) -> tuple[str, str, str]:
    """What a document is, its number, and what is wrong with it; empty when nothing is."""
    if "<!DOCTYPE" in xml:
        return "", "", "unreadable"
    try:
        root = fromstring(xml)
    except ParseError:
        return "", "", "unreadable"
    kind, number = root.tag.rpartition("}")[2], root.findtext(f"{_CBC}ID", "")
    if kind not in {"Invoice", "CreditNote"} or not number:
        return kind, number, "no_document"
    if root.findtext(f"{_CBC}CustomizationID") != BIS_BILLING:
        return kind, number, "wrong_profile"
    return kind, number, "" if _endpoint(root) == receiver else "wrong_receiver"


def _endpoint(root: Element) -> str:
    endpoint = root.find(f"{_CAC}AccountingCustomerParty/{_CAC}Party/{_CBC}EndpointID")
    return f"{endpoint.get('schemeID')}:{endpoint.text}" if endpoint is not None else ""
