"""Handing mails to the mail system, and keeping what it said of each."""

from billing import metrics, outbox, steps
from billing.deliveries import service as deliveries
from billing.deliveries.reports import DeliveryState
from billing.errors import AddressRefused
from billing.outbox import OutboxMessage
from billing.ports import Attachment, Mail
from billing.runtime import Billing


def hand_over(
    billing: Billing, message: OutboxMessage, name: str, address: str, written: tuple[str, str, str],
    attachments: tuple[Attachment, ...] = (),
) -> None:  # fmt: skip
    """Send the mail that a row of the outbox asks for. written: subject, text and HTML. Raises as the port does."""
    subject, text, html = written
    mail = Mail(
        message_id=outbox.message_id(message.dedup_key, billing.policy.public_url), to_name=name, to_address=address,
        subject=subject, text=text, html=html, attachments=attachments,
    )  # fmt: skip
    try:
        with steps.step("mail.send"):
            billing.mail.send(mail)
    except AddressRefused as refused:
        reason = str(refused.facts["reason"])
        billing.do(deliveries.record_sending, message, address, DeliveryState.REFUSED, reason)
        metrics.MAILS.labels(DeliveryState.REFUSED.value).inc()
        raise
    billing.do(deliveries.record_sending, message, address, DeliveryState.HANDED_OVER)
    metrics.MAILS.labels(DeliveryState.HANDED_OVER.value).inc()
