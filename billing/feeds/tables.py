"""The table of the feeds that tell what was paid."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class Feed(StrEnum):
    """Who tells what was paid. GATEWAY: the payment gateway. BANK: statements of our own bank account."""

    GATEWAY = "gateway"
    BANK = "bank"


class FeedState(SQLModel, table=True):
    """A feed that is in use. fresh_at: until when it has told all that there was."""

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("name IN ('gateway','bank')", name="name"),)

    name: str = Field(primary_key=True)
    fresh_at: datetime = Field(sa_type=UtcDateTime)
