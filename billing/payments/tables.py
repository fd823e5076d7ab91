"""Tables of payment attempts, their events, and the gateway's transactions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from billing import steps
from billing.db import UtcDateTime, whole
from billing.money import MAX_CENTS

# What was done with a transaction of the gateway.
WAITING, BOOKED, ENDED, PARKED = "waiting", "booked", "ended", "parked"
# Few among millions: attempts of which something is still expected, or that a person has to look at.
NOT_OVER = "state IN ('created','awaiting','pending','unknown','parked')"


class Payment(SQLModel, table=True):
    """One attempt to pay one or more invoices.

    token: our own unguessable identity of it, which the gateway echoes. provider_key: the gateway's identity, once
    known. amount_cents: what was asked; what came in is in the journal. next_check_at: when to ask the gateway again,
    empty when nothing more is expected. collect_on: the bank day of a direct debit. starts_series: with it the customer
    agreed to a standing mandate. traceparent: the step that began it, see `steps.current`.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(f"amount_cents BETWEEN 1 AND {MAX_CENTS}", name="amount"),
        whole("amount_cents"),
        CheckConstraint("currency = 'EUR'", name="currency"),
        CheckConstraint("method IN ('ideal','card','bancontact','transfer','direct_debit','bank')", name="method"),
        CheckConstraint("(method = 'direct_debit') = (collect_on IS NOT NULL)", name="collect_on"),
        CheckConstraint("state IN ('created','awaiting','pending','unknown','succeeded','failed','rejected',"
                        "'cancelled','expired','parked')", name="state"),
        Index("ix_payment_next_check", "next_check_at", sqlite_where=text("next_check_at IS NOT NULL"),
              postgresql_where=text("next_check_at IS NOT NULL")),
        Index("ix_payment_not_over", "state", sqlite_where=text(NOT_OVER), postgresql_where=text(NOT_OVER)),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token: str = Field(unique=True)
    provider_key: str | None = Field(default=None, unique=True)
    method: str
    amount_cents: int
    currency: str = "EUR"
    state: str
    status_code: int | None = None
    transfer: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    started_by: int | None = Field(default=None, foreign_key="login_user.id")
    started_by_name: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    collect_on: date | None = None
    starts_series: bool = False
    checks: int = 0
    next_check_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    traceparent: str | None = Field(default_factory=steps.current)


class PaymentShare(SQLModel, table=True):
    """How much of a payment is meant for which invoice. collecting: this is the attempt that may collect for it."""

    __tablename__ = "payment_share"
    __table_args__ = (
        CheckConstraint(f"cents BETWEEN 1 AND {MAX_CENTS}", name="cents"),
        whole("cents"),
        Index("uq_payment_share_collecting", "invoice_id", unique=True, sqlite_where=text("collecting"),
              postgresql_where=text("collecting")),
    )  # fmt: skip

    payment_id: int = Field(foreign_key="payment.id", primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id", primary_key=True, index=True)
    cents: int
    collecting: bool


class PaymentEvent(SQLModel, table=True):
    """What happened to an attempt, in the order we learned of it. Append-only."""

    __tablename__ = "payment_event"

    id: int | None = Field(default=None, primary_key=True)
    payment_id: int = Field(foreign_key="payment.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    status_code: int | None = None
    sub_code: str = ""
    note: str = ""


class GatewayRecord(SQLModel, table=True):
    """One transaction of the gateway that we know of, and what was done with it.

    verdict: waiting (not final), booked, ended (final, no money), parked (a person must look; `reason` says why).
    reason_code: the bank's, for a debit that was refused or taken back.
    """

    __tablename__ = "gateway_record"
    __table_args__ = (
        CheckConstraint("verdict IN ('waiting','booked','ended','parked')", name="verdict"),
        Index("ix_gateway_record_received_on", "received_on"),
        Index("ix_gateway_record_parked", "id", sqlite_where=text("verdict = 'parked'"),
              postgresql_where=text("verdict = 'parked'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    provider_key: str = Field(unique=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", index=True)
    original_key: str = ""
    kind: str
    status_code: int
    amount_cents: int = Field(sa_type=BigInteger)
    currency: str
    is_test: bool
    invoice_number: str = ""
    payer_name: str = ""
    verdict: str
    reason: str = ""
    reason_code: str = ""
    received_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
