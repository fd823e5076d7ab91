"""Tables of what the tax authorities answered, and of what was sold to consumers elsewhere in the Union."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class VatCheck(SQLModel, table=True):
    """One question about a VAT number, with what came of it. Written once, never changed.

    asked_by: the person whose change led to it, or the system. requester: the VAT number in whose name we asked.
    consultation, name, address, reason: as in `billing.ports.VatReply`.
    """

    __tablename__ = "vat_check"
    __table_args__ = (
        CheckConstraint("verdict IN ('valid','invalid','unavailable')", name="verdict"),
        CheckConstraint("verdict <> 'unavailable' OR reason <> ''", name="reason"),
        CheckConstraint("number <> ''", name="number"),
        Index("ix_vat_check_asked_at", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    number: str
    requester: str
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    verdict: str
    consultation: str = ""
    name: str = ""
    address: str = ""
    reason: str = ""


class UnionTurnover(SQLModel, table=True):
    """What was sold in a year to consumers elsewhere in the Union, without VAT and less what was credited.

    over_since: the day on which it passed the threshold; it stays passed whatever is credited later. A cache of the
    invoices and credit notes, written in the same transaction and verified by the checks.
    """

    __tablename__ = "union_turnover"
    __table_args__ = (whole("net_cents"),)

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    net_cents: int = Field(default=0, sa_type=BigInteger)
    over_since: date | None = None
