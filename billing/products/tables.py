"""Tables of products and services."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from billing.db import ExactDecimal


class Product(SQLModel, table=True):
    """Something for sale. unit_price: euro per period excluding VAT. vat_rate: per cent."""

    __tablename__ = "product"
    __table_args__ = (CheckConstraint("period_months BETWEEN 1 AND 120", name="period"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    unit_price: Decimal = Field(sa_type=ExactDecimal)
    vat_rate: Decimal = Field(sa_type=ExactDecimal)
    period_months: int


class Service(SQLModel, table=True):
    """A product in use by an account. paid_through: the last day that has been invoiced and prepaid."""

    __tablename__ = "service"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    product_id: int = Field(foreign_key="product.id")
    label: str = ""
    paid_through: date
