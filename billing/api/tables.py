"""Tables of the keys of the API, and of the answers that are given again when a request is repeated."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class ApiKey(SQLModel, table=True):
    """A key of a machine. Of the key itself only the digest is kept; `hint` is how it begins, so that people can tell
    keys apart.

    scopes: names with a space between them. account_id: the one customer that it is for; None for all.
    """

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("name <> '' AND scopes <> ''", name="filled"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    sha256: str = Field(unique=True, repr=False)
    hint: str
    scopes: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    created_by: int = Field(foreign_key="login_user.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiAnswer(SQLModel, table=True):
    """The answer to a request that changed something, written in the transaction that did it.

    repeat_key: the request's Idempotency-Key. fingerprint: of what was asked. content: encrypted, since it may hold a
    secret that is shown once.
    """

    __tablename__ = "api_answer"
    __table_args__ = (
        UniqueConstraint("key_id", "repeat_key"),
        CheckConstraint("length(repeat_key) BETWEEN 1 AND 255", name="repeat_key"),
        Index("ix_api_answer_created_at", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key_id: int = Field(foreign_key="api_key.id")
    repeat_key: str
    fingerprint: str
    content: str = Field(default="", repr=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
