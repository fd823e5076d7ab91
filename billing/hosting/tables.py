"""Tables of hosting packages and of the versions of their settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class HostingPackage(SQLModel, table=True):
    """A hosting package of an account. domain: always lower case."""

    __tablename__ = "hosting_package"
    __table_args__ = (CheckConstraint("domain = lower(domain) AND domain LIKE '%_._%'", name="domain"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    domain: str = Field(unique=True)


class HostingVersion(SQLModel, table=True):
    """One version of an area's settings. Written once, never changed; the newest is what should be.

    changed_by: the user, None when the system itself made it. changed_by_name: the name at that time.
    """

    __tablename__ = "hosting_version"
    __table_args__ = (
        UniqueConstraint("package_id", "area", "version"),
        CheckConstraint("area IN ('website','email')", name="area"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("changed_by_name <> ''", name="changed_by_name"),
        whole("version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    package_id: int = Field(foreign_key="hosting_package.id")
    area: str
    version: int
    settings: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    changed_by: int | None = Field(default=None, foreign_key="login_user.id")
    changed_by_name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
