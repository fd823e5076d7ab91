"""Tables of what the outside parties were seen to say, and of how each day stood."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class GatewaySeen(SQLModel, table=True):
    """One transaction as the gateway last described it. outcome: as the port says it, or `absent` when the gateway does
    not know the key. payer_name: only while it is none of our payments. It is compared with what was booked, and never
    booked itself."""

    __tablename__ = "gateway_seen"
    __table_args__ = (Index("ix_gateway_seen_changed_on", "changed_on"),)

    provider_key: str = Field(primary_key=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id")
    kind: str
    outcome: str
    amount_cents: int = Field(sa_type=BigInteger)
    invoice_number: str = ""
    payer_name: str = Field(default="", repr=False)
    changed_on: date
    seen_at: datetime = Field(sa_type=UtcDateTime)


class BookSeen(SQLModel, table=True):
    """One document as it was last seen in the bookkeeping. documents: how many there carry its number. settlements:
    our references with the amounts in cents that stand there under each."""

    __tablename__ = "book_seen"
    __table_args__ = (CheckConstraint("documents >= 0", name="documents"), whole("documents"))

    entry_id: int = Field(primary_key=True, foreign_key="book_entry.id")
    documents: int
    settlements: dict[str, list[int]] = Field(sa_column=Column(JSON, nullable=False))
    seen_at: datetime = Field(sa_type=UtcDateTime)


class DayRecord(SQLModel, table=True):
    """How a day stood, written down once and again whenever something about it has changed; the highest version counts.

    content: each receipt with its four lights. …_cents: what each source has of it, expected_cents: of what all of them
    should. hash: over all of this and the hash of the record before it, so that a changed or missing one shows.
    """

    __tablename__ = "day_record"
    __table_args__ = (
        UniqueConstraint("day", "version"),
        CheckConstraint("version >= 1 AND receipts >= 0 AND red BETWEEN 0 AND receipts "
                        "AND coming BETWEEN 0 AND receipts", name="counts"),
        whole("version", "receipts", "red", "coming", "expected_cents", "bank_cents", "gateway_cents", "books_cents",
              "dashboard_cents"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    day: date
    version: int
    receipts: int
    red: int
    coming: int
    expected_cents: int = Field(sa_type=BigInteger)
    bank_cents: int = Field(sa_type=BigInteger)
    gateway_cents: int = Field(sa_type=BigInteger)
    books_cents: int = Field(sa_type=BigInteger)
    dashboard_cents: int = Field(sa_type=BigInteger)
    content: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    previous_hash: str = Field(unique=True)
    hash: str
    made_at: datetime = Field(sa_type=UtcDateTime)
