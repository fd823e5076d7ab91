"""Tables of bank statements, their lines, and what each line turned out to be for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime

_LIVE = text("undone_at IS NULL")


class StatementState(StrEnum):
    """BOOKED: all its lines are in the journal. SET_ASIDE: something is wrong with it, and nothing of it is."""

    BOOKED = "booked"
    SET_ASIDE = "set_aside"


class Purpose(StrEnum):
    """What a line is for. RECEIPT: a customer paid. RETURN: a receipt went back. GATEWAY: the payment gateway paid out
    what it had collected. REFUND: we sent a customer money back. OTHER: nothing to do with customers."""

    RECEIPT = "receipt"
    RETURN = "return"
    GATEWAY = "gateway"
    REFUND = "refund"
    OTHER = "other"


class OwnAccount(SQLModel, table=True):
    """A bank account of our own. Locked while its statements are imported or its lines are matched."""

    __tablename__ = "bank_account"

    iban: str = Field(primary_key=True)


class Statement(SQLModel, table=True):
    """One statement. fingerprint: the same for the same statement, in whichever file or format it comes again.

    iban: as the bank wrote it, when the account is none of ours. new_cents, new_lines: what it brought that was not
    known yet. gap_cents: by how much it begins elsewhere than where the one before it ended. reason, content: of one
    that was set aside.
    """

    __tablename__ = "bank_statement"
    __table_args__ = (
        CheckConstraint("state IN ('booked','set_aside')", name="state"),
        CheckConstraint("(state = 'set_aside') = (reason <> '')", name="reason"),
        CheckConstraint("state = 'set_aside' OR (opening_cents IS NOT NULL AND closing_cents IS NOT NULL "
                        "AND opening_cents + sum_cents = closing_cents)", name="balance"),
        CheckConstraint("state = 'booked' OR (new_cents = 0 AND new_lines = 0)", name="nothing_new"),
        Index("ix_bank_statement_account", "iban", "closed_on", "id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    iban: str
    statement_id: str
    fingerprint: str = Field(unique=True)
    state: str
    reason: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    opening_cents: int | None = Field(default=None, sa_type=BigInteger)
    closing_cents: int | None = Field(default=None, sa_type=BigInteger)
    sum_cents: int = Field(sa_type=BigInteger)
    new_cents: int = Field(default=0, sa_type=BigInteger)
    new_lines: int = 0
    gap_cents: int = Field(default=0, sa_type=BigInteger)
    content: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    imported_at: datetime = Field(sa_type=UtcDateTime)


class BankLine(SQLModel, table=True):
    """One line of a statement that was booked, as the bank told it. key: a hash that names it once and for all.

    iban: our own account; other_iban, name: the other party. cents: above zero came in.
    """

    __tablename__ = "bank_line"
    __table_args__ = (Index("ix_bank_line_other_iban", "other_iban"), Index("ix_bank_line_value_on", "value_on"))

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="bank_statement.id", index=True)
    key: str = Field(unique=True)
    iban: str
    value_on: date
    booked_on: date
    cents: int = Field(sa_type=BigInteger)
    name: str = Field(default="", repr=False)
    other_iban: str = Field(default="", repr=False)
    text: str = Field(default="", repr=False)
    reference: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    return_reason: str = ""
    is_reversal: bool = False


class BankMatch(SQLModel, table=True):
    """What a line is for; at most one that holds for each line. rule: what it follows from, or that a person said so.

    payment_id: the receipt, or for a return the receipt that went back. Undone it stays, and its line waits again.
    """

    __tablename__ = "bank_match"
    __table_args__ = (
        CheckConstraint("purpose IN ('receipt','return','gateway','other','refund')", name="purpose"),
        CheckConstraint("(purpose IN ('receipt','return')) = (payment_id IS NOT NULL)", name="payment"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_name = '')", name="undone"),
        Index("uq_bank_match_line", "line_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("uq_bank_match_receipt", "payment_id", unique=True, sqlite_where=text("purpose = 'receipt'"),
              postgresql_where=text("purpose = 'receipt'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="bank_line.id", index=True)
    purpose: str
    rule: str
    payment_id: int | None = Field(default=None, foreign_key="payment.id")
    source_key: str = Field(unique=True)
    matched_by: int | None = Field(default=None, foreign_key="login_user.id")
    matched_by_name: str
    matched_at: datetime = Field(sa_type=UtcDateTime)
    undone_by_name: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
