"""Sending e-invoices over the network, and by mail when the network does not bring them. As the outbox asks for it."""

from billing.correspondence import service, shipments
from billing.correspondence.handing_over import hand_over
from billing.correspondence.shipments import Planned
from billing.documents import file_of
from billing.einvoice_rules import lacks_for_network, network_addresses
from billing.errors import ProviderRefused, ProviderUnclear
from billing.outbox import OutboxMessage
from billing.ports import (
    Attachment,
    CreditNoteDocument,
    Document,
    EInvoiceMail,
    Handling,
    NetworkAddress,
    NetworkState,
    Shipment,
)
from billing.runtime import Billing

UNKNOWN, SILENT = "unknown", "silent"


def is_connected(billing: Billing) -> bool:
    """Whether customers can choose the network."""
    return billing.network.is_connected


def send_einvoice(billing: Billing, message: OutboxMessage) -> None:
    """Have a document brought, once: what may have been sent before is looked for first.

    Raises ProviderUnclear while nothing is certain, so that it is asked again; after days of that it goes by mail.
    """
    planned = billing.do(shipments.begin, message)
    if planned.is_over:
        return
    try:
        handling = _handling(billing, planned)
        if handling.state is NetworkState.PENDING:
            raise ProviderUnclear(reason="pending")
    except ProviderUnclear:
        if not planned.is_late:
            raise
        handling = Handling(NetworkState.REJECTED, SILENT)
    billing.do(shipments.end, planned.delivery_id, handling)


def mail_einvoice(billing: Billing, message: OutboxMessage) -> None:
    """Mail the e-invoice that the network did not bring, and say so."""
    note_id, reason = message.payload["credit_note_id"], message.payload["reason"]
    document = billing.ask(shipments.document_of, message.invoice_id, note_id)
    reader = billing.ask(service.recipient, message.payload["user_id"])
    page = "credits" if isinstance(document, CreditNoteDocument) else f"invoices/{document.number}"
    dashboard_url = f"{billing.policy.public_url}/{page}"
    mail = EInvoiceMail(reader.name, reader.spoken_to(document), reason, dashboard_url=dashboard_url)
    written = billing.mail_writer.einvoice(mail)
    hand_over(billing, message, reader.name, reader.email, written, (xml_file(billing, document),))


def xml_file(billing: Billing, document: Document) -> Attachment:
    """A document's e-invoice as a file in a mail."""
    return Attachment(f"{file_of(document)}.xml", "application/xml", billing.einvoices.ubl(document))


def _handling(billing: Billing, planned: Planned) -> Handling:
    found = billing.network.find(planned.document_id) if planned.was_begun else None
    return found or _send(billing, planned)


def _send(billing: Billing, planned: Planned) -> Handling:
    document = planned.document
    lacking = lacks_for_network(document.buyer)
    if lacking:
        return Handling(NetworkState.REJECTED, lacking)
    sender, receiver = next(iter(network_addresses(document.seller)), None), _receiver(billing, document)
    if sender is None or receiver is None:
        return Handling(NetworkState.REJECTED, UNKNOWN)
    xml = billing.einvoices.ubl(document, receiver)
    try:
        return billing.network.send(Shipment(planned.document_id, sender, receiver, xml))
    except ProviderRefused as refused:
        return Handling(NetworkState.REJECTED, str(refused.facts.get("reason", refused.code)))


def _receiver(billing: Billing, document: Document) -> NetworkAddress | None:
    """The first address of the buyer under which somebody is there."""
    return next((address for address in network_addresses(document.buyer) if billing.network.knows(address)), None)
