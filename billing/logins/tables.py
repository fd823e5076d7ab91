"""Tables of log-in sessions and of everything a person can prove an identity with."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime


class LinkPurpose(StrEnum):
    """What a mailed link is for."""

    PASSWORD_RESET = "password_reset"
    EMAIL_CHANGE = "email_change"
    SECOND_FACTOR_RECOVERY = "second_factor_recovery"


class LoginSession(SQLModel, table=True):
    """A log-in that is valid until it ends, expires, or lies idle. Only the token's digest is kept.

    is_half: the password was right and the second factor is still to come. checked_at: the last proof of identity.
    looks_as_…: through whose eyes this session looks, by name (may be empty), role and rights; no role for its own.
    acts_for_id: the customer on whose behalf somebody of the company itself acts in this session.
    """

    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    token_sha256: str = Field(unique=True)
    user_id: int = Field(foreign_key="login_user.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    is_half: bool = False
    address: str = ""
    device: str = ""
    looks_as_name: str = ""
    looks_as_role: str = ""
    looks_as_scopes: str = ""
    acts_for_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginThrottle(SQLModel, table=True):
    """Failed tries by key, such as an address, or an address and an e-mail together: a stranger locks nobody out."""

    __tablename__ = "login_throttle"

    key: str = Field(primary_key=True)
    failures: int
    last_failed_at: datetime = Field(sa_type=UtcDateTime)


class Authenticator(SQLModel, table=True):
    """The app that shows a person's codes (TOTP). secret: encrypted. last_counter: no code counts twice.

    confirmed_at: None until the person has shown one right code.
    """

    __tablename__ = "authenticator"

    user_id: int = Field(primary_key=True, foreign_key="login_user.id")
    secret: str = Field(repr=False)
    last_counter: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BackupCode(SQLModel, table=True):
    """A code for when the app or passkey is lost; works once. Only its digest is kept."""

    __tablename__ = "backup_code"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="login_user.id", index=True)
    code_sha256: str = Field(repr=False)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Passkey(SQLModel, table=True):
    """A key pair whose private half never leaves the person's device. credential_id, public_key: base64url."""

    __tablename__ = "passkey"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="login_user.id", index=True)
    credential_id: str = Field(unique=True)
    public_key: str
    sign_count: int = Field(sa_type=BigInteger)
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PasskeyChallenge(SQLModel, table=True):
    """A question to a device, to be answered once and soon. user_id: None when anybody may answer."""

    __tablename__ = "passkey_challenge"

    challenge: str = Field(primary_key=True)
    user_id: int | None = Field(default=None, foreign_key="login_user.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)


class MailedLink(SQLModel, table=True):
    """A link that was mailed, for one use. new_email: the address that it confirms. opens_at: before, it must wait."""

    __tablename__ = "mailed_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('password_reset','email_change','second_factor_recovery')", name="purpose"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="login_user.id", index=True)
    purpose: str
    new_email: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    opens_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
