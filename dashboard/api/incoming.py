"""What the API is asked: resources to be, changes, and questions. Money is in whole cents; days are ISO 8601."""

from datetime import date

from pydantic import Field

from billing.api.invoices import InvoiceFilter
from billing.listeners.events import EventType
from dashboard.api.fields import (
    Asked,
    Country,
    Email,
    FilledText,
    Id,
    Language,
    OfCustomer,
    Percent,
    PriceCents,
    Quantity,
    Text,
    Url,
    example,
)


class OwnerNew(Asked):
    """Who gets the mails, and may log in after choosing a password by mail."""

    name: FilledText
    email: Email


class CustomerNew(Asked):
    """A customer to be. country: ISO 3166 code; vat_number: of that country, or empty."""

    model_config = example(
        name="Bakkerij Voorbeeld", city="Ede", owner={"name": "A. Voorbeeld", "email": "a@example.com"}
    )

    name: FilledText
    attention: Text = ""
    street: Text = ""
    postal_code: Text = ""
    city: Text = ""
    country: Country = "NL"
    vat_number: Text = ""
    chamber_number: Text = ""
    language: Language = "nl"
    owner: OwnerNew | None = None


class CustomerChange(Asked):
    """What to change; what is left out stays. Invoices that were issued keep the details of their day."""

    name: FilledText = ""
    attention: Text = ""
    street: Text = ""
    postal_code: Text = ""
    city: Text = ""
    vat_number: Text = ""
    chamber_number: Text = ""
    language: Language = ""


class ServiceNew(Asked):
    """A service to be. started_on: today when left out; the next invoice run invoices it from that day on."""

    model_config = example(customer_id=1, product_id=1, label="voorbeeld.example")

    customer_id: Id
    product_id: Id
    label: FilledText
    started_on: date | None = None
    parent_service_id: Id | None = None


class Cancel(Asked):
    """last_day: the end of what has been invoiced when left out. What is not used is given back."""

    last_day: date | None = None


class LineNew(Asked):
    """A line to be invoiced."""

    description: FilledText
    detail: Text = ""
    quantity: Quantity = "1"
    unit_price_cents: PriceCents
    vat_rate: Percent = "21"


class InvoiceNew(Asked):
    """A draft of an invoice. Until it is issued, nobody sees it but staff, and keys for all customers."""

    model_config = example(customer_id=1, subject="Werk", lines=[{"description": "Uur", "unit_price_cents": 9_500}])

    customer_id: Id
    subject: FilledText
    lines: list[LineNew] = Field(min_length=1, max_length=100)


class Issue(Asked):
    """due_on: a fortnight from now when left out."""

    due_on: date | None = None


class InvoiceQuery(OfCustomer):
    """Which invoices. open: something is left to pay; overdue: that, and its day has passed."""

    status: InvoiceFilter | None = None


class WebhookNew(Asked):
    """An address of yours, and what it is told of from now on."""

    model_config = example(url="https://host.example/hook", events=["invoice.paid"])

    url: Url
    events: list[EventType] = Field(min_length=1, max_length=len(EventType))
