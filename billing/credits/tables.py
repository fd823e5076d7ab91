"""Tables of credit notes and credit lots."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole
from billing.money import MAX_CENTS


class CreditNote(SQLModel, table=True):
    """A numbered document that takes back a part of an invoice. Written once, never changed.

    offset_cents: lowers what was still open on the invoice. credit_cents: becomes a credit lot.
    """

    __tablename__ = "credit_note"
    __table_args__ = (
        UniqueConstraint("series", "year", "sequence"),
        CheckConstraint("net_cents + vat_cents = total_cents AND total_cents > 0", name="sum"),
        CheckConstraint("offset_cents >= 0 AND credit_cents >= 0 AND offset_cents + credit_cents = total_cents",
                        name="parts"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    series: str = "C"
    year: int
    sequence: int
    number: str = Field(unique=True)
    issued_on: date
    issued_at: datetime = Field(sa_type=UtcDateTime)
    reason: str
    seller: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    buyer: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    net_cents: int
    vat_cents: int
    total_cents: int
    offset_cents: int
    credit_cents: int


class CreditLot(SQLModel, table=True):
    """Money a customer has to spend. What is left of it is the sum of its postings; `left_cents` caches that."""

    __tablename__ = "credit_lot"
    __table_args__ = (
        CheckConstraint(f"original_cents BETWEEN 1 AND {MAX_CENTS}", name="original"),
        CheckConstraint("left_cents BETWEEN 0 AND original_cents", name="left"),
        whole("original_cents", "left_cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    credit_note_id: int | None = Field(default=None, foreign_key="credit_note.id")
    label: str
    original_cents: int
    left_cents: int
    created_at: datetime = Field(sa_type=UtcDateTime)
