"""All customers of the company, for its own finance department: who they are, and what each has open."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy import select as sql_select

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account, Membership, User
from billing.clock import local_day
from billing.db import Work, table_of
from billing.invoices.tables import Invoice

PAGE_SIZE = 25

_A, _I, _M, _U = (table_of(table).c for table in (Account, Invoice, Membership, User))


@dataclass(frozen=True)
class Customer:
    """A customer, and what is open and overdue there in cents."""

    account_id: int
    name: str
    city: str
    invoices: int
    open_cents: int
    overdue_cents: int


@dataclass(frozen=True)
class Customers:
    """One page of customers by name. count: of all that were found."""

    rows: tuple[Customer, ...]
    count: int
    page: int
    pages: int


def customers(work: Work, actor: Actor, search: str = "", page: int = 1) -> Customers:
    """Customers whose name, invoice number or member's e-mail address begins with or holds these words; all without.

    Raises NotAllowed for everybody but the finance department.
    """
    access.require_finance(work, actor)
    found = _matching(search.strip())
    count = work.session.execute(sql_select(func.count()).select_from(table_of(Account)).where(*found)).scalar_one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    chosen = sql_select(_A.id, _A.name, _A.city).where(*found).order_by(_A.name, _A.id)
    accounts = work.session.execute(chosen.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    totals = _totals(work, [account.id for account in accounts])
    rows = tuple(Customer(row.id, row.name, row.city, *totals.get(row.id, (0, 0, 0))) for row in accounts)
    return Customers(rows, count, page, pages)


def _matching(search: str) -> tuple[ColumnElement[bool], ...]:
    if not search:
        return ()
    members = sql_select(_M.account_id).join_from(table_of(Membership), table_of(User), _U.id == _M.user_id)
    return (
        or_(
            _A.name.icontains(search, autoescape=True),
            _A.id.in_(members.where(_U.email.istartswith(search, autoescape=True))),
            _A.id.in_(sql_select(_I.account_id).where(_I.number == search)),
        ),
    )


def _totals(work: Work, account_ids: list[int]) -> dict[int, tuple[int, int, int]]:
    overdue = case((_I.due_on < local_day(work.now), _I.open_cents), else_=0)
    statement = (
        sql_select(_I.account_id, func.count(), func.sum(_I.open_cents), func.sum(overdue))
        .where(_I.account_id.in_(account_ids), _I.open_cents > 0)
        .group_by(_I.account_id)
    )
    return {
        account_id: (int(invoices), int(open_cents), int(late))
        for account_id, invoices, open_cents, late in work.session.execute(statement)
    }
