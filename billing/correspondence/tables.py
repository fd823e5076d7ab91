"""What became of each mail, and of each e-invoice that the network was to bring."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.correspondence.reports import DeliveryState
from billing.db import UtcDateTime
from billing.ports import NetworkState


class MailDelivery(SQLModel, table=True):
    """The last that is known of a mail that was offered to the mail system, one row for each row of the outbox.

    identity: names the mail to the outside world, see `outbox.identity`. status_code: as the mail system gave it, such
    as 5.1.1; empty when it gave none. at: when we heard so. BOUNCED and REFUSED are final, the database sees to it.
    """

    __tablename__ = "mail_delivery"
    __table_args__ = (
        CheckConstraint("state IN ('handed_over','delayed','delivered','bounced','refused')", name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox_message.id", unique=True)
    identity: str = Field(unique=True)
    address: str = Field(index=True)
    state: str = DeliveryState.HANDED_OVER.value
    status_code: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class EInvoiceDelivery(SQLModel, table=True):
    """An invoice or credit note on its way over the network, one row for each, from before it is first sent.

    document_id: ours, by which the network knows it. reason: why it was not brought, a word of the network's or ours.
    ACCEPTED and REJECTED are final, the database sees to it.
    """

    __tablename__ = "einvoice_delivery"
    __table_args__ = (
        CheckConstraint("state IN ('pending','accepted','rejected')", name="state"),
        CheckConstraint("(invoice_id IS NULL) <> (credit_note_id IS NULL)", name="document"),
        CheckConstraint("(state = 'pending') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'rejected') = (reason <> '')", name="reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", unique=True)
    credit_note_id: int | None = Field(default=None, foreign_key="credit_note.id", unique=True)
    document_id: str = Field(unique=True)
    state: str = NetworkState.PENDING.value
    reason: str = ""
    began_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
