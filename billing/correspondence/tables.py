"""What became of each e-invoice that the network was to bring."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime
from billing.ports import NetworkState


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
