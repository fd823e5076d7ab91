"""The table of stop orders, which can't hold one by a single person, by none, or with a precondition missing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime
from billing.stops.rules import Precondition

_RUNNING = text("state <> 'withdrawn'")


class OrderState(StrEnum):
    """PROPOSED by one person, APPROVED by another, who thereby has it announced; CARRIED_OUT by a person. Any money
    makes it WITHDRAWN, from whichever state, and that is the end of it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    WITHDRAWN = "withdrawn"


class StopOrder(SQLModel, table=True):
    """The stopping of one service. A service has at most one that is not withdrawn.

    The booleans are the preconditions, which the database itself wants to be true; snapshot keeps, for each of the
    steps, the facts that they were judged by. announced_on: the customer was told; a week later it may be carried out.
    reversible_until: data is kept and e-mail stays on, at least so long. withdrawn_because: money, person.
    """

    __tablename__ = "stop_order"
    __table_args__ = (
        CheckConstraint("state IN ('proposed','approved','carried_out','withdrawn')", name="state"),
        CheckConstraint(" AND ".join(Precondition), name="preconditions"),
        CheckConstraint("approved_by <> requested_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL) "
                        "AND (approved_by IS NULL) = (announced_on IS NULL)", name="approved"),
        CheckConstraint("state IN ('proposed','withdrawn') OR approved_by IS NOT NULL", name="approved_first"),
        CheckConstraint("(carried_out_by IS NULL) = (carried_out_on IS NULL) "
                        "AND (carried_out_by IS NULL) = (reversible_until IS NULL)", name="carried_out"),
        CheckConstraint("state <> 'carried_out' OR carried_out_by IS NOT NULL", name="carried_out_by_a_person"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        Index("uq_stop_order_running", "service_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_stop_order_running", "account_id", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    service_id: int = Field(foreign_key="service.id", index=True)
    state: str = OrderState.PROPOSED.value
    requested_by: int = Field(foreign_key="login_user.id")
    requested_at: datetime = Field(sa_type=UtcDateTime)
    approved_by: int | None = Field(default=None, foreign_key="login_user.id")
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    announced_on: date | None = None
    carried_out_by: int | None = Field(default=None, foreign_key="login_user.id")
    carried_out_on: date | None = None
    reversible_until: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_because: str = ""
    feeds_fresh: bool
    nothing_in_flight: bool
    no_unmatched_money: bool
    notices_delivered: bool
    credit_insufficient: bool
    nothing_disputed: bool
    ladder_finished: bool
    above_floor: bool
    addresses_work: bool
    mailbox_safe: bool
    snapshot: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
