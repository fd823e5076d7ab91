"""Reading invoices: the open ones, pages of all, and one by its number. Each asks the one door first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from billing import access
from billing.access import Actor, AllowedAccount, Permission
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import NotFound
from billing.invoices.tables import ISSUED, Invoice
from billing.settlement import Status, status

OPEN_LIMIT = 100
PAGE_SIZE = 25
# An unknown invoice asks the door about an account that nobody has, so that it takes as long as a foreign one.
NOBODY = 0

# The hottest query of all: what a list shows, and not the frozen parties and the rest of a document.
_I = table_of(Invoice).c
IN_LIST = (
    _I.number, _I.subject, _I.issued_on, _I.due_on, _I.total_cents, _I.brought_cents, _I.open_cents, _I.credits_cents,
    _I.credited_cents, _I.settled_on, _I.returned_on, _I.expected_on,
)  # fmt: skip
_OPEN = (
    sql_select(*IN_LIST)
    .where(_I.account_id == bindparam("account_id"), _I.open_cents > 0)
    .order_by(_I.due_on, _I.id)
    .limit(bindparam("rows"))
)
_NUMBERED = sql_select(_I.id, _I.number, _I.account_id, _I.version).where(
    _I.number.in_(bindparam("numbers", expanding=True)), _I.state == ISSUED
)


class Filter(StrEnum):
    """Which documents to list. CREDITED: credit notes, which are no invoices."""

    ALL = "all"
    OPEN = "open"
    PAID = "paid"
    CREDITED = "credited"


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice as it stands in a list. Amounts in cents; status as of today."""

    number: str
    subject: str
    issued_on: date
    due_on: date
    total_cents: int
    open_cents: int
    credits_cents: int
    status: Status


@dataclass(frozen=True)
class OpenInvoices:
    """The oldest open invoices, and the count and sum of all of them."""

    rows: tuple[InvoiceRow, ...]
    count: int
    total_cents: int


@dataclass(frozen=True)
class InvoicePage:
    """One page of a list; `total` counts all that match."""

    rows: tuple[InvoiceRow, ...]
    total: int
    page: int
    pages: int


def open_invoices(work: Work, actor: Actor, account_id: int) -> OpenInvoices:
    """What an account still has to pay, the oldest due date first. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    today = local_day(work.now)
    rows = tuple(list_row(invoice, today) for invoice in work.plain(_OPEN, account_id=allowed, rows=OPEN_LIMIT))
    if len(rows) < OPEN_LIMIT:
        return OpenInvoices(rows, len(rows), sum(row.open_cents for row in rows))
    count, total = open_totals(work, allowed)
    return OpenInvoices(rows, count, total)


def open_totals(work: Work, account: AllowedAccount) -> tuple[int, int]:
    """Count and sum in cents of what an account has open."""
    totals = select(func.count(), func.coalesce(func.sum(col(Invoice.open_cents)), 0)).where(
        Invoice.account_id == account, Invoice.open_cents > 0
    )
    count, cents = work.session.exec(totals).one()
    return int(count), int(cents)


def invoice_page(
    work: Work, actor: Actor, account_id: int, *, shown: Filter = Filter.ALL, search: str = "", page: int = 1
) -> InvoicePage:
    """One page of an account's invoices, newest first; `search` looks in numbers and subjects."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    found = matching(allowed, shown, search)
    total = work.session.exec(select(func.count()).select_from(found.subquery())).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    newest = found.order_by(col(Invoice.issued_at).desc(), col(Invoice.id).desc())
    rows = work.session.exec(newest.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return InvoicePage(tuple(list_row(i, local_day(work.now)) for i in rows), total, page, pages)


def visible_invoices(
    work: Work, actor: Actor, numbers: Sequence[str], *, needs: Permission = Permission.INVOICES_VIEW
) -> list[Invoice]:
    """The issued invoices with these numbers, in the order asked, when the actor has the right for every one of them.

    Raises NotFound when one does not exist or is somebody else's: the same answer, the same work.
    """
    statement = select(Invoice).where(col(Invoice.number).in_(numbers), Invoice.state == ISSUED)
    return _allowed(work, actor, numbers, work.session.exec(statement), needs)


def visible_rows(
    work: Work, actor: Actor, numbers: Sequence[str], *, needs: Permission = Permission.INVOICES_VIEW
) -> list[Any]:
    """The same as plain rows of id, number, account_id and version, where nothing more is asked for."""
    return _allowed(work, actor, numbers, work.plain(_NUMBERED, numbers=numbers), needs)


def account_of(work: Work, actor: Actor, number: str) -> int:
    """The account that an invoice belongs to. Raises NotFound or NotAllowed, as for the invoice itself."""
    account_id: int = visible_rows(work, actor, [number])[0].account_id
    return account_id


def status_of(invoice: Any, today: date) -> Status:
    """The label of an issued invoice, given as an object or as a plain row, today."""
    return status(
        total_cents=invoice.total_cents, open_cents=invoice.open_cents, brought_cents=invoice.brought_cents,
        credited_cents=invoice.credited_cents, settled_on=invoice.settled_on, expected_on=invoice.expected_on,
        returned_on=invoice.returned_on, due_on=invoice.due_on or today, today=today,
    )  # fmt: skip


def list_row(invoice: Any, today: date) -> InvoiceRow:
    """An invoice as a list shows it, given as an object or as a plain row of the columns IN_LIST."""
    return InvoiceRow(
        number=invoice.number or "", subject=invoice.subject, issued_on=invoice.issued_on or today,
        due_on=invoice.due_on or today, total_cents=invoice.total_cents, open_cents=invoice.open_cents,
        credits_cents=invoice.credits_cents, status=status_of(invoice, today),
    )  # fmt: skip


def matching(account: AllowedAccount, shown: Filter, search: str) -> SelectOfScalar[Invoice]:
    """The invoices of an account that a filter and a search leave."""
    statement = select(Invoice).where(Invoice.account_id == account, Invoice.state == ISSUED)
    fully_credited = and_(Invoice.credited_cents >= Invoice.total_cents, Invoice.total_cents > 0)
    if shown is Filter.OPEN:
        statement = statement.where(Invoice.open_cents > 0)
    elif shown is Filter.PAID:
        statement = statement.where(Invoice.open_cents == 0, ~fully_credited)
    words = search.strip()
    if words:
        statement = statement.where(
            or_(col(Invoice.number).icontains(words, autoescape=True),
                col(Invoice.subject).icontains(words, autoescape=True))
        )  # fmt: skip
    return statement


def _allowed(work: Work, actor: Actor, numbers: Sequence[str], found: Iterable[Any], needs: Permission) -> list[Any]:
    by_number = {invoice.number: invoice for invoice in found}
    for number in numbers:
        if number not in by_number:
            access.require(work, actor, needs, NOBODY)
            raise NotFound()
        if actor.pays_invoice_id != by_number[number].id:
            access.require(work, actor, needs, by_number[number].account_id)
    return [by_number[number] for number in numbers]
