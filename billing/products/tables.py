"""Tables of products, their prices through time, and services."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from billing.db import ExactDecimal, UtcDateTime
from billing.proration import Proration


class ProductKind(StrEnum):
    """What sort of thing it is: a domain is registered elsewhere, an addon belongs to something else."""

    HOSTING = "hosting"
    EMAIL = "email"
    DOMAIN = "domain"
    ADDON = "addon"


class ServiceState(StrEnum):
    """ACTIVE: renews. ENDING: the customer's own cancellation, which counts from the day after `ends_on`. ENDED.

    STOPPED: switched off for a while under a stop order, with all data kept; the database lets nothing else do that.
    """

    ACTIVE = "active"
    ENDING = "ending"
    STOPPED = "stopped"
    ENDED = "ended"


class Product(SQLModel, table=True):
    """Something for sale. proration: what is given back of a period that ends early.

    on_offer: customers can change to it by themselves.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("period_months BETWEEN 1 AND 120", name="period"),
        CheckConstraint("kind IN ('hosting','email','domain','addon')", name="kind"),
        CheckConstraint("proration IN ('linear','domain','none')", name="proration"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str = ProductKind.ADDON.value
    period_months: int
    proration: str = Proration.LINEAR.value
    on_offer: bool = True


class PriceVersion(SQLModel, table=True):
    """What a product costs from a day on, until a newer version counts. Written once, never changed.

    unit_price: euro per period excluding VAT. vat_rate: per cent.
    """

    __tablename__ = "price_version"
    __table_args__ = (
        UniqueConstraint("product_id", "valid_from"),
        CheckConstraint("CAST(unit_price AS NUMERIC) BETWEEN 0.01 AND 1000000", name="unit_price"),
        CheckConstraint("CAST(vat_rate AS NUMERIC) BETWEEN 0 AND 100", name="vat_rate"),
    )

    id: int | None = Field(default=None, primary_key=True)
    product_id: int = Field(foreign_key="product.id")
    valid_from: date
    unit_price: Decimal = Field(sa_type=ExactDecimal)
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class Service(SQLModel, table=True):
    """A product in use by an account.

    anchor_day: day of the month on which it renews. paid_through: the last day that has been invoiced. ends_on: the
    last day of a service that the customer cancelled. hangs_on: the service it belongs to, such as a domain's hosting.
    panel_version: counts what the hosting panel was told of it, so that messages may overtake each other.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("state IN ('active','ending','stopped','ended')", name="state"),
        CheckConstraint("state = 'stopped' OR (state = 'active') = (ends_on IS NULL)", name="ends_on"),
        CheckConstraint("anchor_day BETWEEN 1 AND 31", name="anchor_day"),
        CheckConstraint("hangs_on <> id", name="hangs_on"),
        Index("ix_service_account_id_paid_through", "account_id", "paid_through"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    product_id: int = Field(foreign_key="product.id")
    label: str = ""
    state: str = ServiceState.ACTIVE.value
    started_on: date
    anchor_day: int
    paid_through: date
    ends_on: date | None = None
    hangs_on: int | None = Field(default=None, foreign_key="service.id")
    panel_version: int = 0
