"""Tables of the journal."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class JournalEntry(SQLModel, table=True):
    """One money event. source_key: names the event once and for all, so that it can't be booked a second time."""

    __tablename__ = "journal_entry"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    source_key: str = Field(unique=True)
    occurred_on: date
    booked_at: datetime = Field(sa_type=UtcDateTime)


class Posting(SQLModel, table=True):
    """One side of an entry, in cents: debit above zero, credit below. The references say whose and what for."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents"),
        whole("cents"),
        Index("ix_posting_invoice", "invoice_id", sqlite_where=text("invoice_id IS NOT NULL"),
              postgresql_where=text("invoice_id IS NOT NULL")),
        Index("ix_posting_lot", "credit_lot_id", sqlite_where=text("credit_lot_id IS NOT NULL"),
              postgresql_where=text("credit_lot_id IS NOT NULL")),
        Index("ix_posting_payment", "payment_id", sqlite_where=text("payment_id IS NOT NULL"),
              postgresql_where=text("payment_id IS NOT NULL")),
        Index("ix_posting_clearing", "entry_id", sqlite_where=text("ledger_account = 'gateway_clearing'"),
              postgresql_where=text("ledger_account = 'gateway_clearing'")),
        Index("ix_posting_unallocated", "account_id", sqlite_where=text("ledger_account = 'unallocated'"),
              postgresql_where=text("ledger_account = 'unallocated'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="journal_entry.id", index=True)
    ledger_account: str
    cents: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    credit_lot_id: int | None = Field(default=None, foreign_key="credit_lot.id")
    payment_id: int | None = Field(default=None, foreign_key="payment.id")
