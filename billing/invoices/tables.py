"""Tables of invoices, their lines, VAT totals, rendered files and number series, and of invoice runs."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from billing.db import ExactDecimal, UtcDateTime, table_of, whole
from billing.money import MAX_CENTS
from billing.products.tables import Service
from billing.vat_treatment import VatTreatment

DRAFT, ISSUED = "draft", "issued"


class NumberSeries(SQLModel, table=True):
    """The last number given in a series and year. Locked while a document is issued, so no gap and no repeat."""

    __tablename__ = "number_series"

    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class RunState(StrEnum):
    """RUNNING: at work, or ended too early and still to be finished."""

    RUNNING = "running"
    FINISHED = "finished"


def vat_rules() -> tuple[CheckConstraint, ...]:
    """What a document's treatment means for its VAT, whoever writes the row."""
    return (
        CheckConstraint(
            "vat_treatment IN ('domestic','reverse_charge','union_consumer','oss','outside')", name="vat_treatment"
        ),
        CheckConstraint("vat_treatment NOT IN ('reverse_charge','outside') OR vat_cents = 0", name="reverse_charge"),
    )


class InvoiceRun(SQLModel, table=True):
    """One run: every period that begins on `due_until` or before it, and what has been invoiced of that so far.

    At most one run up to a day is at work: who starts another goes on with that one. forced: somebody let it run though
    it was far from the runs before it; because: why, as far as that was said. credits_cents: settled with credits at
    once.
    """

    __tablename__ = "invoice_run"
    __table_args__ = (
        CheckConstraint("state IN ('running','finished')", name="state"),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished"),
        whole("invoices", "lines"),
        Index("uq_invoice_run_running", "due_until", unique=True, sqlite_where=text("state = 'running'"),
              postgresql_where=text("state = 'running'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    due_until: date
    state: str = RunState.RUNNING.value
    started_by: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    forced: bool = False
    because: str = ""
    invoices: int = 0
    lines: int = 0
    net_cents: int = Field(default=0, sa_type=BigInteger)
    vat_cents: int = Field(default=0, sa_type=BigInteger)
    credits_cents: int = Field(default=0, sa_type=BigInteger)


class Invoice(SQLModel, table=True):
    """An invoice. The document's own columns freeze at issue.

    brought_cents: small rests of earlier invoices that are to be paid with it. The rest is a cache of the journal,
    written in the same transaction and verified by the checks: open_cents (what is left to pay), settled_on,
    returned_on (money came back), credits_cents (settled with credits), credited_cents (taken back by credit notes),
    carried_cents (a small rest that went on), expected_on (money on its way), and version, which counts settlements, so
    that a rendered file of an older version is never served. Only pay links with the present pay_link_serial work.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("series", "year", "sequence"),
        CheckConstraint("state IN ('draft','issued')", name="state"),
        CheckConstraint("state = 'draft' OR (number IS NOT NULL AND issued_on IS NOT NULL AND due_on IS NOT NULL "
                        "AND issued_at IS NOT NULL AND sequence IS NOT NULL)", name="issued"),
        CheckConstraint("net_cents + vat_cents = total_cents", name="sum"),
        whole("net_cents", "vat_cents", "total_cents", "open_cents", "credits_cents", "credited_cents"),
        CheckConstraint(f"total_cents BETWEEN 0 AND {MAX_CENTS}", name="total"),
        CheckConstraint("open_cents BETWEEN 0 AND total_cents + brought_cents AND brought_cents >= 0 "
                        "AND carried_cents >= 0", name="open"),
        CheckConstraint("credits_cents >= 0 AND credited_cents >= 0", name="credits"),
        CheckConstraint("currency = 'EUR'", name="currency"),
        *vat_rules(),
        Index("ix_invoice_open", "account_id", "due_on", sqlite_where=text("open_cents > 0"),
              postgresql_where=text("open_cents > 0")),
        Index("ix_invoice_account", "account_id", "issued_at", "id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    state: str = DRAFT
    series: str = "F"
    year: int | None = None
    sequence: int | None = None
    number: str | None = Field(default=None, unique=True)
    subject: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    issued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reference: str = ""
    seller: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    buyer: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    net_cents: int = 0
    vat_cents: int = 0
    total_cents: int = 0
    vat_treatment: str = VatTreatment.DOMESTIC.value
    currency: str = "EUR"
    language: str = "nl"
    brought_cents: int = 0
    run_id: int | None = Field(default=None, foreign_key="invoice_run.id")

    open_cents: int = 0
    credits_cents: int = 0
    credited_cents: int = 0
    carried_cents: int = 0
    settled_on: date | None = None
    returned_on: date | None = None
    pay_link_serial: int = 1
    expected_on: date | None = None
    version: int = 0


class InvoiceLine(SQLModel, table=True):
    """One line. unit_price: euro excluding VAT, possibly with parts of a cent; net_cents: rounded once, here.

    Of a service: the period it is for, from its first day to its last, which no other line can be for; and the facts
    that its amount was computed from.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        Index("uq_invoice_line_period", "service_id", "period_start", unique=True,
              sqlite_where=text("service_id IS NOT NULL"), postgresql_where=text("service_id IS NOT NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    position: int
    description: str
    detail: str = ""
    quantity: Decimal = Field(sa_type=ExactDecimal)
    unit_price: Decimal = Field(sa_type=ExactDecimal)
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    net_cents: int
    service_id: int | None = Field(default=None, sa_column=Column(ForeignKey(table_of(Service).c.id)))
    period_start: date | None = None
    period_end: date | None = None
    explanation: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class InvoiceVat(SQLModel, table=True):
    """VAT of one rate: computed once over the sum of its lines (EN 16931 BR-CO-17)."""

    __tablename__ = "invoice_vat"
    __table_args__ = (UniqueConstraint("invoice_id", "vat_rate"),)

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    base_cents: int
    vat_cents: int


class InvoiceFile(SQLModel, table=True):
    """The printed document of one version of an invoice, rendered once and kept with its digest."""

    __tablename__ = "invoice_file"
    __table_args__ = (UniqueConstraint("invoice_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    version: int
    sha256: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    rendered_at: datetime = Field(sa_type=UtcDateTime)


class CarryState(StrEnum):
    """WAITING: for the account's next invoice. BROUGHT: to be paid with that. TAKEN_BACK: onto its own invoice."""

    WAITING = "waiting"
    BROUGHT = "brought"
    TAKEN_BACK = "taken_back"


class CarryForward(SQLModel, table=True):
    """What was left of an invoice and too little to ask for: it goes on to the next one. The numbers are for people."""

    __tablename__ = "carry_forward"
    __table_args__ = (
        CheckConstraint("cents > 0 AND cents = CAST(cents AS INTEGER)", name="cents"),
        CheckConstraint("state IN ('waiting','brought','taken_back')", name="state"),
        CheckConstraint("(state = 'brought') = (into_invoice_id IS NOT NULL)", name="into"),
        CheckConstraint("into_invoice_id <> from_invoice_id", name="other"),
        Index("ix_carry_forward_waiting", "account_id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    from_invoice_id: int = Field(foreign_key="invoice.id", index=True)
    from_number: str
    cents: int
    state: str = CarryState.WAITING.value
    into_invoice_id: int | None = Field(default=None, foreign_key="invoice.id", index=True)
    into_number: str = ""
