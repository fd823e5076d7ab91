"""Tables of accounts, users, memberships and log-in sessions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class Role(StrEnum):
    """What a user is in one account; the rights of each are in `billing.access`."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    BOOKKEEPER = "bookkeeper"
    READ_ONLY = "read_only"
    TECHNICIAN = "technician"


class Account(SQLModel, table=True):
    """A customer with its billing details.

    version: grows with every change a customer can see, so that open screens know when to look again.
    """

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""
    version: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)


class User(SQLModel, table=True):
    """A person with a log-in. email: always lower case. staff_role: empty for customers."""

    __tablename__ = "login_user"
    __table_args__ = (CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str = Field(repr=False)
    language: str = "nl"
    staff_role: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """What a user may do for an account, and whether the billing mails come to this person."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "user_id"),
        Index("uq_membership_owner", "account_id", unique=True, sqlite_where=text("role = 'owner'"),
              postgresql_where=text("role = 'owner'")),
        CheckConstraint("role IN ('owner','administrator','bookkeeper','read_only','technician')", name="role"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    user_id: int = Field(foreign_key="login_user.id", index=True)
    role: str
    receives_billing_mail: bool = False
    ends_on: date | None = None


class LoginSession(SQLModel, table=True):
    """A log-in that is valid until it ends, expires, or lies idle. Only the token's digest is kept."""

    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    token_sha256: str = Field(unique=True)
    user_id: int = Field(foreign_key="login_user.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginThrottle(SQLModel, table=True):
    """Failed log-ins per address, and per address and e-mail together: a stranger elsewhere locks nobody out."""

    __tablename__ = "login_throttle"

    key: str = Field(primary_key=True)
    failures: int
    last_failed_at: datetime = Field(sa_type=UtcDateTime)
