"""Invoices: drafted and issued by a host's own systems, and followed until they are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing import access
from billing.access import Actor, Scope
from billing.accounts.people import one_line
from billing.api.pages import Part, Place, part, within_reach
from billing.clock import local_day
from billing.correspondence.files import PrintedDocument, printed_invoices
from billing.credits import service as credits
from billing.db import Work, table_of
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices import service as invoices
from billing.invoices.queries import status_of
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import DRAFT, ISSUED, Invoice, InvoiceVat
from billing.money import MAX_CENTS
from billing.ports import Party
from billing.vat import line_net_cents

# A list needs no frozen parties, which are most of a row.
_UNLISTED = {"seller", "buyer"}
_IN_LIST = [column for column in table_of(Invoice).c if column.name not in _UNLISTED]
LONGEST_SUBJECT = 100
LONGEST_TERM = timedelta(days=366)


class InvoiceFilter(StrEnum):
    """Which invoices to list."""

    DRAFT = "draft"
    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDITED = "credited"


@dataclass(frozen=True)
class LineView:
    """A line. unit_price: euro without VAT; vat_rate: per cent; net_cents: rounded, without VAT."""

    description: str
    detail: str
    quantity: Decimal
    unit_price: Decimal
    vat_rate: Decimal
    net_cents: int
    service_id: int | None
    period_start: date | None
    period_end: date | None


@dataclass(frozen=True)
class VatView:
    """The VAT of one rate."""

    vat_rate: Decimal
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class InvoiceView:
    """An invoice in a list. status: `draft`, or the label that customers see; amounts in cents.

    credits_cents: settled with credits. credited_cents: taken back by credit notes. settled_on: since when nothing is
    open; returned_on: when money came back. reference: what a payer names.
    """

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


@dataclass(frozen=True)
class WholeInvoice(InvoiceView):
    """An invoice with its lines, and its VAT per rate."""

    lines: tuple[LineView, ...]
    vat: tuple[VatView, ...]


def listed(
    work: Work, actor: Actor, place: Place, customer_id: int | None = None, shown: InvoiceFilter | None = None
) -> Part[InvoiceView]:
    """The invoices of customers in reach, drafts only for a key that is for all. Raises NotAllowed or NotFound."""
    condition = within_reach(work, actor, Scope.INVOICES_READ, col(Invoice.account_id), customer_id)
    found = sql_select(*_IN_LIST).where(condition, _in_sight(actor))
    if shown is not None:
        found = found.where(_condition(shown, local_day(work.now)))
    return part(work, found, col(Invoice.id), place, lambda invoice: InvoiceView(**_columns(work, invoice)))


def one(work: Work, actor: Actor, invoice_id: int) -> WholeInvoice:
    """One invoice. Raises NotAllowed, or NotFound, also for a draft and a key that is for one customer."""
    return _whole(work, _found(work, actor, Scope.INVOICES_READ, invoice_id, _in_sight(actor)))


def printed(work: Work, actor: Actor, invoice_id: int) -> PrintedDocument | None:
    """The PDF of an issued invoice; None while it is still being printed. Raises NotAllowed, or NotFound for drafts."""
    invoice = _found(work, actor, Scope.INVOICES_READ, invoice_id)
    if invoice.number is None:
        raise NotFound()
    found = printed_invoices(work, actor, [invoice.number])
    return found[0] if found else None


def draft(work: Work, actor: Actor, customer_id: int, subject: str, lines: Sequence[NewLine]) -> WholeInvoice:
    """Prepare an invoice. Raises NotAllowed, NotFound, InvalidAmount, or Refused: `subject` and what lines can have."""
    allowed = access.require_customer(work, actor, Scope.INVOICES_WRITE, customer_id)
    about = one_line(subject, longest=LONGEST_SUBJECT)
    if not about:
        raise Refused(reason="subject")
    # Each amount has to fit its column, also where others take it back.
    if sum(abs(line_net_cents(line.quantity, line.unit_price)) for line in lines) > MAX_CENTS:
        raise InvalidAmount()
    invoice_id = invoices.draft_invoice(work, actor, DraftInvoice(allowed, about, lines))
    return _whole(work, work.session.get_one(Invoice, invoice_id))


def issue(work: Work, actor: Actor, invoice_id: int, due_on: date | None, seller: Party) -> WholeInvoice:
    """Make a draft final: it gets its number, is booked, settled with credits, printed and mailed.

    Raises NotAllowed, NotFound, or Refused: `due_on` for a day that has passed or is more than a year away, and as
    `credits.issue_and_settle` does.
    """
    _found(work, actor, Scope.INVOICES_WRITE, invoice_id)
    today = local_day(work.now)
    if due_on is not None and not today <= due_on <= today + LONGEST_TERM:
        raise Refused(reason="due_on")
    return _whole(work, credits.issue_and_settle(work, actor, IssueInvoice(invoice_id, seller, due_on)))


def _found(work: Work, actor: Actor, scope: Scope, invoice_id: int, *conditions: ColumnElement[bool]) -> Invoice:
    reached = within_reach(work, actor, scope, col(Invoice.account_id))
    invoice = work.session.exec(select(Invoice).where(reached, Invoice.id == invoice_id, *conditions)).first()
    if invoice is None:
        raise NotFound()
    return invoice


def _in_sight(actor: Actor) -> ColumnElement[bool]:
    """Who holds a key for one customer may be that customer, and a draft is no customer's business."""
    is_bound = actor.key is None or actor.key.account_id is not None
    return col(Invoice.state) == ISSUED if is_bound else true()


def _condition(shown: InvoiceFilter, today: date) -> ColumnElement[bool]:
    state, open_cents = col(Invoice.state), col(Invoice.open_cents)
    credited = and_(col(Invoice.credited_cents) >= col(Invoice.total_cents), col(Invoice.total_cents) > 0)
    match shown:
        case InvoiceFilter.DRAFT:
            return state == DRAFT
        case InvoiceFilter.OPEN:
            return open_cents > 0
        case InvoiceFilter.OVERDUE:
            return and_(open_cents > 0, col(Invoice.due_on) < today)
        case InvoiceFilter.PAID:
            return and_(state == ISSUED, open_cents == 0, ~credited)
    return and_(state == ISSUED, open_cents == 0, credited)


def _whole(work: Work, invoice: Invoice) -> WholeInvoice:
    invoice_id = invoice.id or 0
    vat = select(InvoiceVat).where(InvoiceVat.invoice_id == invoice_id).order_by(col(InvoiceVat.id))
    return WholeInvoice(
        **_columns(work, invoice),
        lines=tuple(
            LineView(
                line.description, line.detail, line.quantity, line.unit_price, line.vat_rate, line.net_cents,
                line.service_id, line.period_start, line.period_end,
            ) for line in invoices.lines_of(work, invoice_id)
        ),
        vat=tuple(VatView(one.vat_rate, one.base_cents, one.vat_cents) for one in work.session.exec(vat)),
    )  # fmt: skip


def _columns(work: Work, invoice: Any) -> dict[str, Any]:
    """An invoice, given as an object or as a plain row."""
    status = DRAFT if invoice.state == DRAFT else status_of(invoice, local_day(work.now)).label.value
    return {
        "id": invoice.id or 0, "customer_id": invoice.account_id, "state": invoice.state, "status": status,
        "number": invoice.number, "subject": invoice.subject, "issued_on": invoice.issued_on,
        "due_on": invoice.due_on, "currency": invoice.currency, "net_cents": invoice.net_cents,
        "vat_cents": invoice.vat_cents, "total_cents": invoice.total_cents, "open_cents": invoice.open_cents,
        "credits_cents": invoice.credits_cents, "credited_cents": invoice.credited_cents,
        "settled_on": invoice.settled_on, "returned_on": invoice.returned_on, "reference": invoice.reference,
    }  # fmt: skip
