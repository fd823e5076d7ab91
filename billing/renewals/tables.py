"""The table of the renewals of domains."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class RenewalState(StrEnum):
    """HELD: more is open than the ceiling, so a person decides. TOLD: the hosting panel is asked to renew."""

    HELD = "held"
    TOLD = "told"


class DomainRenewal(SQLModel, table=True):
    """One period of a domain, which is renewed once and not again.

    open_cents: what the account had to pay when it was last looked at, 0 when this period itself was paid.
    ceiling_cents: what could be open at most. allowed_by: who let it go on above that.
    """

    __tablename__ = "domain_renewal"
    __table_args__ = (
        UniqueConstraint("service_id", "period_start"),
        CheckConstraint("state IN ('held','told')", name="state"),
        CheckConstraint("(state = 'told') = (told_at IS NOT NULL)", name="told"),
        CheckConstraint("state = 'held' OR open_cents <= ceiling_cents OR allowed_by IS NOT NULL", name="ceiling"),
        CheckConstraint("open_cents >= 0 AND ceiling_cents >= 0", name="cents"),
        CheckConstraint("period_start <= period_end", name="days"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    service_id: int = Field(foreign_key="service.id")
    period_start: date
    period_end: date
    state: str
    open_cents: int = Field(sa_type=BigInteger)
    ceiling_cents: int = Field(sa_type=BigInteger)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    allowed_by: int | None = Field(default=None, foreign_key="login_user.id")
