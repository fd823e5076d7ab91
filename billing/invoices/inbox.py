"""What one person has to look after: the open invoices of all accounts in which that person may see them."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, literal_column
from sqlalchemy import select as sql_select

from billing import access
from billing.access import Actor, Permission, Place
from billing.clock import local_day
from billing.db import Work, table_of
from billing.invoices.queries import IN_LIST, InvoiceRow, list_row
from billing.invoices.tables import Invoice

PAGE_SIZE = 25
EVERYBODY = 0

_I = table_of(Invoice).c
# Written out, because PostgreSQL can't know of a parameter that the index on open invoices covers it.
_IS_OPEN = (_I.account_id.in_(bindparam("accounts", expanding=True)), _I.open_cents > literal_column("0"))
_TOTALS = (
    sql_select(_I.account_id, func.count().label("invoices"), func.sum(_I.open_cents).label("cents"))
    .where(*_IS_OPEN)
    .group_by(_I.account_id)
)
_PAGE = (
    sql_select(_I.account_id, *IN_LIST)
    .where(*_IS_OPEN)
    .order_by(_I.due_on, _I.id)
    .limit(bindparam("rows"))
    .offset(bindparam("skipped"))
)


@dataclass(frozen=True)
class OpenAt:
    """What is open at one customer. may_pay: whether this person may pay there."""

    account_id: int
    name: str
    may_pay: bool
    count: int
    open_cents: int


@dataclass(frozen=True)
class InboxRow:
    """An open invoice and whose it is."""

    at: OpenAt
    invoice: InvoiceRow


@dataclass(frozen=True)
class Inbox:
    """One page of open invoices, the oldest due date first, with the totals of everything.

    customers: all of them by name, also those with nothing open. shown: the only customer on the page, or EVERYBODY.
    """

    rows: tuple[InboxRow, ...]
    customers: tuple[OpenAt, ...]
    shown: int
    listed: int
    page: int
    pages: int

    @property
    def count(self) -> int:
        return sum(customer.count for customer in self.customers)

    @property
    def open_cents(self) -> int:
        return sum(customer.open_cents for customer in self.customers)


def open_everywhere(work: Work, actor: Actor, page: int = 1, *, only: int = EVERYBODY) -> Inbox:
    """The open invoices of all accounts in which a person may see invoices today.

    only: the account to list; one that is not among them lists everybody's. Raises NotAllowed when there is none.
    """
    customers = {at.account_id: at for at in _customers(work, access.everywhere(work, actor, Permission.INVOICES_VIEW))}
    shown = only if only in customers else EVERYBODY
    listed = [customers[shown]] if shown else list(customers.values())
    count = sum(at.count for at in listed)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = work.plain(_PAGE, accounts=[at.account_id for at in listed], rows=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE)
    today = local_day(work.now)
    rows = tuple(InboxRow(customers[row.account_id], list_row(row, today)) for row in found)
    return Inbox(rows, tuple(customers.values()), shown, count, page, pages)


def _customers(work: Work, places: tuple[Place, ...]) -> list[OpenAt]:
    found = work.plain(_TOTALS, accounts=[place.account for place in places])
    totals = {row.account_id: (int(row.invoices), int(row.cents)) for row in found}
    return [
        OpenAt(place.account, place.name, Permission.INVOICES_PAY in place.rights, *totals.get(place.account, (0, 0)))
        for place in places
    ]
