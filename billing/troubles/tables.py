"""The table of what the worker could not do."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class Trouble(SQLModel, table=True):
    """Something that fails each time it is tried, from the first time until it goes well.

    job: what was being done. subject: for what, such as `account 12`; empty when the job failed as a whole. times: how
    often it was tried in vain. error: the last one, as a log would have it.
    """

    __tablename__ = "trouble"
    __table_args__ = (
        CheckConstraint("job <> ''", name="job"), CheckConstraint("times >= 1", name="times"), whole("times"),
    )  # fmt: skip

    job: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime = Field(sa_type=UtcDateTime)
    times: int = 1
    error: str = Field(default="", repr=False)
