"""Tables of the gateway's reports on our account with it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class ReportState(StrEnum):
    """BOOKED: all its lines are kept. SET_ASIDE: something is wrong with it, and nothing of it is."""

    BOOKED = "booked"
    SET_ASIDE = "set_aside"


class LineKind(StrEnum):
    """TRANSACTION: money of a customer, in or back out. FEE: what the gateway keeps for its work. PAYOUT: to us."""

    TRANSACTION = "transaction"
    FEE = "fee"
    PAYOUT = "payout"


class GatewayReport(SQLModel, table=True):
    """One report on our account with the gateway, with its balances. fingerprint: the same when it comes again.

    account: as the gateway calls it. new_lines: what it brought that was not known yet. reason: why it was set aside.
    """

    __tablename__ = "gateway_report"
    __table_args__ = (
        CheckConstraint("state IN ('booked','set_aside')", name="state"),
        CheckConstraint("(state = 'set_aside') = (reason <> '')", name="reason"),
        CheckConstraint("state = 'booked' OR new_lines = 0", name="nothing_new"),
        Index("ix_gateway_report_closed", "closed_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account: str
    report_id: str
    fingerprint: str = Field(unique=True)
    state: str
    reason: str = ""
    closed_on: date | None = None
    opening_cents: int | None = Field(default=None, sa_type=BigInteger)
    closing_cents: int | None = Field(default=None, sa_type=BigInteger)
    new_lines: int = 0
    imported_at: datetime = Field(sa_type=UtcDateTime)


class GatewayLine(SQLModel, table=True):
    """One line of a report. key: the gateway's own identity of what it tells of. cents: above zero came in there.

    bank_line_id: of a payout, the line of our bank with which it arrived, once both are known.
    """

    __tablename__ = "gateway_line"
    __table_args__ = (
        CheckConstraint("kind IN ('transaction','fee','payout')", name="kind"),
        CheckConstraint("kind <> 'payout' OR cents < 0", name="payout"),
        CheckConstraint("bank_line_id IS NULL OR kind = 'payout'", name="arrived"),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="gateway_report.id", index=True)
    key: str = Field(unique=True)
    kind: str
    cents: int = Field(sa_type=BigInteger)
    told_on: date
    text: str = Field(default="", repr=False)
    bank_line_id: int | None = Field(default=None, foreign_key="bank_line.id", unique=True)
