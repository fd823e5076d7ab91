"""Tables of credit notes, credit lots, and money on its way back to a customer."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import ExactDecimal, UtcDateTime, whole
from billing.invoices.tables import vat_rules
from billing.money import MAX_CENTS


class CreditNote(SQLModel, table=True):
    """A numbered document that takes back a part of an invoice, taxed as that was. Written once, never changed.

    offset_cents: lowers what was still open on the invoice. credit_cents: becomes credits. payout_cents: is paid out.
    """

    __tablename__ = "credit_note"
    __table_args__ = (
        UniqueConstraint("series", "year", "sequence"),
        CheckConstraint("net_cents + vat_cents = total_cents AND total_cents > 0", name="sum"),
        CheckConstraint("offset_cents >= 0 AND credit_cents >= 0 AND payout_cents >= 0 "
                        "AND offset_cents + credit_cents + payout_cents = total_cents", name="parts"),
        whole("net_cents", "vat_cents", "total_cents", "offset_cents", "credit_cents", "payout_cents"),
        *vat_rules(),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    invoice_number: str
    invoice_issued_on: date
    series: str = "C"
    year: int
    sequence: int
    number: str = Field(unique=True)
    issued_on: date
    issued_at: datetime = Field(sa_type=UtcDateTime)
    reason: str
    seller: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    buyer: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    language: str = "nl"
    net_cents: int
    vat_cents: int
    total_cents: int
    vat_treatment: str
    offset_cents: int
    credit_cents: int
    payout_cents: int = 0


class CreditNoteLine(SQLModel, table=True):
    """One line: how much of which line of the invoice is taken back.

    quantity: that part of the invoice line's quantity, in proportion when it was not said.
    """

    __tablename__ = "credit_note_line"
    __table_args__ = (UniqueConstraint("credit_note_id", "position"), whole("net_cents"))

    id: int | None = Field(default=None, primary_key=True)
    credit_note_id: int = Field(foreign_key="credit_note.id")
    position: int
    invoice_line_id: int = Field(foreign_key="invoice_line.id", index=True)
    description: str
    detail: str
    quantity: Decimal = Field(sa_type=ExactDecimal)
    unit_price: Decimal = Field(sa_type=ExactDecimal)
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    net_cents: int


class CreditNoteVat(SQLModel, table=True):
    """VAT of one rate: computed once over the sum of its lines; the last note of an invoice takes what is left."""

    __tablename__ = "credit_note_vat"
    __table_args__ = (UniqueConstraint("credit_note_id", "vat_rate"), whole("base_cents", "vat_cents"))

    id: int | None = Field(default=None, primary_key=True)
    credit_note_id: int = Field(foreign_key="credit_note.id")
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    base_cents: int
    vat_cents: int


class CreditNoteFile(SQLModel, table=True):
    """The printed credit note, rendered once: nothing on it ever changes."""

    __tablename__ = "credit_note_file"

    id: int | None = Field(default=None, primary_key=True)
    credit_note_id: int = Field(foreign_key="credit_note.id", unique=True)
    sha256: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    rendered_at: datetime = Field(sa_type=UtcDateTime)


class LotSource(StrEnum):
    """Where credits came from."""

    CREDIT_NOTE = "credit_note"
    OVERPAYMENT = "overpayment"
    GOODWILL = "goodwill"


class CreditLot(SQLModel, table=True):
    """Money a customer has to spend. What is left of it is the sum of its postings; `left_cents` caches that.

    label: the credit note's number, else empty. payment_id: the payment that was too much. reason: why it was given.
    """

    __tablename__ = "credit_lot"
    __table_args__ = (
        CheckConstraint(f"original_cents BETWEEN 1 AND {MAX_CENTS}", name="original"),
        CheckConstraint("left_cents BETWEEN 0 AND original_cents", name="left"),
        CheckConstraint("source = 'credit_note' AND credit_note_id IS NOT NULL AND payment_id IS NULL "
                        "OR source = 'overpayment' AND credit_note_id IS NULL AND payment_id IS NOT NULL "
                        "OR source = 'goodwill' AND credit_note_id IS NULL AND payment_id IS NULL", name="source"),
        whole("original_cents", "left_cents"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    source: str
    credit_note_id: int | None = Field(default=None, foreign_key="credit_note.id")
    payment_id: int | None = Field(default=None, foreign_key="payment.id")
    label: str = ""
    reason: str = ""
    original_cents: int
    left_cents: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class Payout(SQLModel, table=True):
    """Money on its way back to a customer, through the payment that it came in with.

    credit_lot_id: the credits it is taken from; empty for what was paid too much. token: our own unguessable identity
    of it, which the gateway echoes. sent_at, original_key: when the order went out, and the gateway's transaction that
    it refunds; written down before, so that it is sent once. amount_cents: shrinks to what the gateway may refund.
    next_check_at: when to ask the gateway again; empty when nothing more is expected.
    """

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint(f"amount_cents BETWEEN 1 AND {MAX_CENTS}", name="amount"),
        whole("amount_cents"),
        CheckConstraint("state IN ('created','pending','unknown','succeeded','failed','rejected','cancelled',"
                        "'expired')", name="state"),
        Index("ix_payout_next_check", "next_check_at", sqlite_where=text("next_check_at IS NOT NULL"),
              postgresql_where=text("next_check_at IS NOT NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    payment_id: int = Field(foreign_key="payment.id", index=True)
    credit_lot_id: int | None = Field(default=None, foreign_key="credit_lot.id")
    token: str = Field(unique=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    original_key: str = ""
    provider_key: str | None = Field(default=None, unique=True)
    amount_cents: int
    state: str
    reason: str = ""
    asked_by: int | None = Field(default=None, foreign_key="login_user.id")
    asked_by_name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    checks: int = 0
    next_check_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
