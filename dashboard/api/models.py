"""The resources of the API, as they are shown. Money is in whole cents with its currency beside it; days and moments
are ISO 8601."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AliasPath, Field, PlainSerializer, computed_field

from dashboard.api.fields import PREFIX, Shown

Exact = Annotated[Decimal, PlainSerializer(lambda number: format(number, "f"), return_type=str)]
Currency = Literal["EUR"]


class Customer(Shown):
    """A customer."""

    id: int
    name: str
    attention: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    chamber_number: str
    language: str
    created_at: datetime


class Product(Shown):
    """Something for sale, with its price a period today, without VAT."""

    id: int
    code: str
    name: str
    kind: str
    period_months: int
    on_offer: bool
    net_cents: int
    currency: Currency = "EUR"
    vat_rate: Exact


class Service(Shown):
    """A product in use. invoiced_through: the last day that was invoiced; ends_on: the last day of one that ends."""

    id: int
    customer_id: int
    product_id: int
    product_code: str
    label: str
    state: str
    started_on: date
    invoiced_through: date
    ends_on: date | None
    parent_service_id: int | None


class Cancellation(Shown):
    """What a cancellation came to, with VAT: so much was credited, of which a part lowered open invoices and the rest
    became credits."""

    service_id: int
    last_day: date
    currency: Currency = "EUR"
    credited_cents: int
    offset_cents: int
    credits_cents: int


class Invoice(Shown):
    """An invoice. number: once it is issued. status: `draft`, `unpaid`, `overdue`, `under_way`, `partly_settled`,
    `returned`, `paid` or `credited`. pdf: its path, once it is issued."""

    id: int
    customer_id: int
    state: str
    status: str
    number: str | None
    subject: str
    issued_on: date | None
    due_on: date | None
    currency: str
    net_cents: int
    vat_cents: int
    total_cents: int
    open_cents: int
    credits_cents: int
    credited_cents: int
    settled_on: date | None
    returned_on: date | None
    reference: str

    @computed_field  # type: ignore[prop-decorator]  # as pydantic's own documentation has it
    @property
    def pdf(self) -> str | None:
        return f"{PREFIX}/invoices/{self.id}/pdf" if self.number else None


class Line(Shown):
    """A line. unit_price: euro, possibly with parts of a cent."""

    description: str
    detail: str
    quantity: Exact
    unit_price: Exact
    vat_rate: Exact
    net_cents: int
    service_id: int | None
    period_start: date | None
    period_end: date | None


class Vat(Shown):
    """The VAT of one rate, over the sum of its lines."""

    vat_rate: Exact
    base_cents: int
    vat_cents: int


class WholeInvoice(Invoice):
    """An invoice with its lines, and its VAT per rate."""

    lines: list[Line]
    vat: list[Vat]


class Share(Shown):
    """How much of a payment was meant for which invoice."""

    invoice_id: int
    number: str | None
    cents: int


class Payment(Shown):
    """One attempt to pay. amount_cents: what was asked for; collect_on: the bank day of a direct debit."""

    id: int
    customer_id: int
    method: str
    state: str
    amount_cents: int
    currency: str
    created_at: datetime
    collect_on: date | None
    invoices: list[Share]


class CreditMove(Shown):
    """Credits that came in (above zero) or went. balance_cents: what was left after it."""

    on: date
    kind: str
    cents: int
    balance_cents: int
    label: str
    invoice_number: str


class CreditNote(Shown):
    """A credit note. offset_cents lowered its invoice, credit_cents became credits, payout_cents went back."""

    number: str
    issued_on: date
    invoice_number: str
    total_cents: int
    offset_cents: int
    credit_cents: int
    payout_cents: int


class Credits(Shown):
    """The balance, the newest moves first, and the credit notes."""

    balance_cents: int
    currency: Currency = "EUR"
    moves: list[CreditMove]
    credit_notes: list[CreditNote] = Field(validation_alias=AliasPath("notes"))


class Webhook(Shown):
    """failing_since: nothing has been taken since then; off_at: it is told nothing any more."""

    id: int
    url: str
    events: list[str]
    created_at: datetime
    failing_since: datetime | None
    off_at: datetime | None


class WebhookMade(Webhook):
    """A webhook with the secret that signs its messages (Standard Webhooks), shown this once."""

    secret: str
