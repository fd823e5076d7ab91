"""The only row locks, always in the order bank account → account → invoice → payment, so that two workers never wait
for each other.

SQLite has no row locks and needs none: its write transactions come one after the other.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from billing.accounts.tables import Account, User
from billing.api.tables import ApiKey
from billing.bank.tables import OwnAccount
from billing.db import Work, table_of
from billing.errors import AccountErased, NotFound
from billing.invoices.tables import Invoice, NumberSeries
from billing.payments.tables import Payment
from billing.taxes.tables import UnionTurnover

T = TypeVar("T")


def accounts(work: Work, ids: Sequence[int]) -> dict[int, Account]:
    """Lock accounts, lowest id first, and so everything that belongs to them."""
    statement = select(Account).where(work.among(col(Account.id), ids)).order_by(col(Account.id))
    return {account.id or 0: account for account in work.session.exec(_locked(statement))}


def account_rows(work: Work, ids: Sequence[int]) -> dict[int, Any]:
    """Lock many accounts, lowest id first, and give them as plain rows: objects would cost several times the lock."""
    table = table_of(Account)
    rows = sql_select(table).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update()
    return {row.id: row for row in work.plain(rows)}


def account(work: Work, account_id: int) -> Account:
    """Lock one account. Raises NotFound."""
    found = accounts(work, [account_id])
    if account_id not in found:
        raise NotFound()
    return found[account_id]


def living_account(work: Work, account_id: int) -> Account:
    """Lock an account that is to get something new. Raises NotFound, or AccountErased."""
    found = account(work, account_id)
    if found.erased_at is not None:
        raise AccountErased()
    return found


def owned(work: Work, table: type[T], row_id: int) -> T:
    """Lock the account that a row belongs to, and give the row as it is then. Raises NotFound."""
    found: Any = work.session.get(table, row_id)
    if found is None:
        raise NotFound()
    account(work, found.account_id)
    work.session.refresh(found)
    row: T = found
    return row


def free_account(work: Work, account_id: int) -> bool:
    """Lock an account, unless another worker is just at it; whether it is locked now."""
    return work.session.scalars(unclaimed(sql_select(Account).where(col(Account.id) == account_id))).first() is not None


def invoices(work: Work, ids: Sequence[int]) -> dict[int, Invoice]:
    """Lock invoices of an account that is locked already."""
    statement = select(Invoice).where(work.among(col(Invoice.id), ids)).order_by(col(Invoice.id))
    return {invoice.id or 0: invoice for invoice in work.session.exec(_locked(statement))}


def payments(work: Work, ids: Sequence[int]) -> dict[int, Payment]:
    """Lock payment attempts of an account that is locked already."""
    statement = select(Payment).where(work.among(col(Payment.id), ids)).order_by(col(Payment.id))
    return {payment.id or 0: payment for payment in work.session.exec(_locked(statement))}


def number_series(work: Work, series: str, year: int) -> NumberSeries:
    """Lock the counter of a series, made at its first use."""
    statement = select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    first = insert(table_of(NumberSeries)).values(series=series, year=year, last=0)
    work.session.execute(first.on_conflict_do_nothing(index_elements=["series", "year"]))
    return work.session.exec(_locked(statement)).one()


def union_turnover(work: Work, year: int) -> UnionTurnover:
    """Lock the turnover of a year with consumers elsewhere in the Union, made at its first use. It comes after accounts
    and before the counter of invoices."""
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    first = insert(table_of(UnionTurnover)).values(year=year, net_cents=0)
    work.session.execute(first.on_conflict_do_nothing(index_elements=["year"]))
    return work.session.exec(_locked(select(UnionTurnover).where(UnionTurnover.year == year))).one()


def unclaimed(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Skip rows that another worker is just taking."""
    return statement.with_for_update(skip_locked=True)


def bank_account(work: Work, iban: str) -> None:
    """Lock a bank account of our own, made at its first use. It comes before the accounts of customers."""
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    first = insert(table_of(OwnAccount)).values(iban=iban)
    work.session.execute(first.on_conflict_do_nothing(index_elements=["iban"]))
    work.session.exec(_locked(select(OwnAccount).where(OwnAccount.iban == iban))).one()


def user(work: Work, user_id: int) -> User:
    """Lock a person's own story of log-ins."""
    return work.session.exec(_locked(select(User).where(User.id == user_id))).one()


def api_key(work: Work, key_id: int) -> ApiKey:
    """Lock the story of a key of the API, and give the key. Raises NotFound."""
    # Answers of the same key refer to its row meanwhile, which takes nothing away from its story.
    story = select(ApiKey).where(ApiKey.id == key_id).with_for_update(key_share=True)
    found = work.session.exec(story.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound()
    return found


def _locked(statement: SelectOfScalar[T]) -> SelectOfScalar[T]:
    # What was read before the lock may be old by now, so the objects are filled anew.
    return statement.with_for_update().execution_options(populate_existing=True)
