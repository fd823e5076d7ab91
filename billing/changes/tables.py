"""Tables of previews of changes, the documents that came of them, and what prepaid parts are worth after a change."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole
from billing.proration import Proration


class What(StrEnum):
    """What a customer does with a service."""

    CANCEL = "cancel"
    DOWNGRADE = "downgrade"
    UPGRADE = "upgrade"


class ChangePreview(SQLModel, table=True):
    """What a change would come to, as it was shown. Only `used_at` is ever written later, and once.

    on_day: the first day on which it counts. also: other services that are cancelled with this one. content: the whole
    plan, with `hash` over it. credited_cents, offset_cents: of all its credit notes; charged_cents: of its invoice.
    """

    __tablename__ = "change_preview"
    __table_args__ = (
        CheckConstraint("what IN ('cancel','downgrade','upgrade')", name="what"),
        CheckConstraint("(what = 'cancel') = (product_id IS NULL)", name="product"),
        CheckConstraint("offset_cents BETWEEN 0 AND credited_cents AND charged_cents >= 0", name="cents"),
        CheckConstraint("what = 'upgrade' OR charged_cents = 0", name="charged"),
        CheckConstraint("what <> 'upgrade' OR credited_cents = 0", name="credited"),
        CheckConstraint("used_at IS NULL OR used_at <= expires_at", name="used"),
        whole("credited_cents", "offset_cents", "charged_cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    service_id: int = Field(foreign_key="service.id", index=True)
    what: str
    product_id: int | None = Field(default=None, foreign_key="product.id")
    also: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    on_day: date
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    hash: str
    credited_cents: int
    offset_cents: int
    charged_cents: int
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ChangeDocument(SQLModel, table=True):
    """A credit note or an invoice that a confirmed preview led to. Written once, never changed."""

    __tablename__ = "change_document"
    __table_args__ = (CheckConstraint("(credit_note_id IS NULL) <> (invoice_id IS NULL)", name="one"),)

    id: int | None = Field(default=None, primary_key=True)
    preview_id: int = Field(foreign_key="change_preview.id", index=True)
    credit_note_id: int | None = Field(default=None, foreign_key="credit_note.id", unique=True)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", unique=True)


class PrepaidPart(SQLModel, table=True):
    """What an invoice line is worth to a service from a day on; the newest of a line counts. Never changed.

    Without one a line is worth its own amount over its own period. until: the first day that it is no longer for.
    credited_before_cents: what credit notes had taken of the line by then, and so is not in `net_cents`.
    """

    __tablename__ = "prepaid_part"
    __table_args__ = (
        CheckConstraint("start < until", name="days"),
        CheckConstraint("net_cents >= 0 AND credited_before_cents >= 0", name="cents"),
        CheckConstraint("policy IN ('linear','domain','none')", name="policy"),
        whole("net_cents", "credited_before_cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    invoice_line_id: int = Field(foreign_key="invoice_line.id")
    start: date
    until: date
    net_cents: int
    policy: str = Proration.LINEAR.value
    credited_before_cents: int = 0
