"""Everything that can be asked of the API, one entry each: the routes and the document are both made from this."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billing.access import Scope
from billing.accounts.service import OpenAccount
from billing.api import customers, invoices, money, services
from billing.api.customers import NewCustomer, Owner
from billing.api.pages import Place
from billing.api.services import NewService
from billing.invoices.service import NewLine
from billing.listeners import service as listeners
from billing.money import euros
from billing.runtime import Billing
from dashboard.api import incoming, models
from dashboard.api.fields import Asked, OfCustomer, PageQuery, Query, Shown


@dataclass(frozen=True)
class Call:
    """A request that was read and found in order. place: where the part of a list begins."""

    billing: Billing
    id: int = 0
    query: Any = None
    body: Any = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for. given: what the use case gets besides the transaction and who asks.

    shows: the answer, of a list one of its rows; None for a file (a PDF) and for nothing at all.
    """

    name: str
    method: str
    path: str
    scope: Scope
    summary: str
    use_case: Callable[..., Any]
    given: Callable[[Call], tuple[Any, ...]]
    shows: type[Shown] | None
    body: type[Asked] | None = None
    query: type[Query] | None = None
    is_list: bool = False
    is_file: bool = False

    @property
    def status(self) -> int:
        """The HTTP status of success."""
        if self.shows is None and not self.is_file:
            return 204
        return 201 if self.name.startswith("create") else 200


def _new_customer(call: Call) -> tuple[Any, ...]:
    asked: incoming.CustomerNew = call.body
    owner = Owner(asked.owner.name, asked.owner.email) if asked.owner else None
    return (NewCustomer(OpenAccount(**asked.model_dump(exclude={"owner"})), owner),)


def _new_service(call: Call) -> tuple[Any, ...]:
    return (NewService(**call.body.model_dump()),)


def _new_invoice(call: Call) -> tuple[Any, ...]:
    asked: incoming.InvoiceNew = call.body
    lines = [
        NewLine(
            line.description, line.detail, Decimal(line.quantity), euros(line.unit_price_cents), Decimal(line.vat_rate)
        )
        for line in asked.lines
    ]
    return asked.customer_id, asked.subject, lines


def _new_webhook(call: Call) -> tuple[Any, ...]:
    call.billing.listeners.require_usable(call.body.url)
    return call.body.url, call.body.events, call.billing.vault


_S = Scope

OPERATIONS = (
    Operation(
        "list_customers", "GET", "/customers", _S.CUSTOMERS_READ, "All customers, in the order in which they came",
        customers.listed, lambda call: (call.place,), models.Customer, query=PageQuery, is_list=True,
    ),
    Operation(
        "create_customer", "POST", "/customers", _S.CUSTOMERS_WRITE, "Add a customer",
        customers.create, _new_customer, models.Customer, body=incoming.CustomerNew,
    ),
    Operation(
        "get_customer", "GET", "/customers/{id}", _S.CUSTOMERS_READ, "One customer",
        customers.one, lambda call: (call.id,), models.Customer,
    ),
    Operation(
        "change_customer", "PATCH", "/customers/{id}", _S.CUSTOMERS_WRITE, "Change billing details",
        customers.change, lambda call: (call.id, call.body.model_dump(exclude_unset=True)), models.Customer,
        body=incoming.CustomerChange,
    ),
    Operation(
        "get_credits", "GET", "/customers/{id}/credits", _S.CREDITS_READ, "The credits of a customer",
        money.credit_statement, lambda call: (call.id,), models.Credits,
    ),
    Operation(
        "list_products", "GET", "/products", _S.SERVICES_READ, "What is for sale today",
        services.catalogue, lambda call: (call.place,), models.Product, query=PageQuery, is_list=True,
    ),
    Operation(
        "list_services", "GET", "/services", _S.SERVICES_READ, "Services, those that ended too",
        services.listed, lambda call: (call.place, call.query.customer_id), models.Service, query=OfCustomer,
        is_list=True,
    ),
    Operation(
        "create_service", "POST", "/services", _S.SERVICES_WRITE, "Give a customer a service",
        services.start, _new_service, models.Service, body=incoming.ServiceNew,
    ),
    Operation(
        "get_service", "GET", "/services/{id}", _S.SERVICES_READ, "One service",
        services.one, lambda call: (call.id,), models.Service,
    ),
    Operation(
        "cancel_service", "POST", "/services/{id}/cancel", _S.SERVICES_WRITE, "End a service and credit what is unused",
        services.cancel, lambda call: (call.id, call.body.last_day, call.billing.policy.seller), models.Cancellation,
        body=incoming.Cancel,
    ),
    Operation(
        "list_invoices", "GET", "/invoices", _S.INVOICES_READ, "Invoices and drafts",
        invoices.listed, lambda call: (call.place, call.query.customer_id, call.query.status), models.Invoice,
        query=incoming.InvoiceQuery, is_list=True,
    ),
    Operation(
        "create_invoice", "POST", "/invoices", _S.INVOICES_WRITE, "Prepare an invoice as a draft",
        invoices.draft, _new_invoice, models.WholeInvoice, body=incoming.InvoiceNew,
    ),
    Operation(
        "get_invoice", "GET", "/invoices/{id}", _S.INVOICES_READ, "One invoice with its lines",
        invoices.one, lambda call: (call.id,), models.WholeInvoice,
    ),
    Operation(
        "issue_invoice", "POST", "/invoices/{id}/issue", _S.INVOICES_WRITE, "Make a draft final and mail it",
        invoices.issue, lambda call: (call.id, call.body.due_on, call.billing.policy.seller), models.WholeInvoice,
        body=incoming.Issue,
    ),
    Operation(
        "get_invoice_pdf", "GET", "/invoices/{id}/pdf", _S.INVOICES_READ, "The printed invoice, as it stands now",
        invoices.printed, lambda call: (call.id,), None, is_file=True,
    ),
    Operation(
        "list_payments", "GET", "/payments", _S.PAYMENTS_READ, "Attempts to pay, whatever became of them",
        money.payments, lambda call: (call.place, call.query.customer_id), models.Payment, query=OfCustomer,
        is_list=True,
    ),
    Operation(
        "get_payment", "GET", "/payments/{id}", _S.PAYMENTS_READ, "One payment",
        money.payment, lambda call: (call.id,), models.Payment,
    ),
    Operation(
        "list_webhooks", "GET", "/webhooks", _S.WEBHOOKS_MANAGE, "The webhooks of this key",
        listeners.listed, lambda call: (call.place,), models.Webhook, query=PageQuery, is_list=True,
    ),
    Operation(
        "create_webhook", "POST", "/webhooks", _S.WEBHOOKS_MANAGE, "Be told of events from now on",
        listeners.add, _new_webhook, models.WebhookMade, body=incoming.WebhookNew,
    ),
    Operation(
        "delete_webhook", "DELETE", "/webhooks/{id}", _S.WEBHOOKS_MANAGE, "Be told nothing any more",
        listeners.remove, lambda call: (call.id,), None,
    ),
)  # fmt: skip
