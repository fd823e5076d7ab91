"""All that was invoiced to one account in a period: the facts of each invoice, and where its printed file is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, func, select

from billing import access
from billing.access import Actor, AllowedAccount, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import NotFound, PeriodRefused
from billing.invoices.queries import IN_LIST, status_of
from billing.invoices.tables import ISSUED, Invoice, InvoiceFile
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.settlement import Status

LONGEST = timedelta(days=400)
MOST_INVOICES = 1000

_E, _F, _I, _P = (table_of(table).c for table in (JournalEntry, InvoiceFile, Invoice, Posting))
_MONEY = (EntryKind.PAYMENT_RECEIVED.value, EntryKind.SURPLUS_APPLIED.value, EntryKind.MONEY_RETURNED.value)
_PAID = (
    select(func.coalesce(-func.sum(_P.cents), 0))
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .where(_P.invoice_id == _I.id, _P.ledger_account == LedgerAccount.RECEIVABLE.value, _E.kind.in_(_MONEY))
    .scalar_subquery()
)
_ISSUED = (
    select(*IN_LIST, _I.net_cents, _I.vat_cents, _I.buyer, _F.id.label("file_id"), _PAID.label("paid_cents"))
    .join_from(
        table_of(Invoice), table_of(InvoiceFile), and_(_F.invoice_id == _I.id, _F.version == _I.version), isouter=True
    )
    .where(
        _I.account_id == bindparam("account_id"), _I.state == ISSUED,
        _I.issued_on.between(bindparam("first"), bindparam("last")),
    )
    .order_by(_I.issued_at, _I.id)
    .limit(MOST_INVOICES + 1)
)  # fmt: skip
_FILES = (
    select(_F.id, _F.content)
    .join_from(table_of(InvoiceFile), table_of(Invoice), _I.id == _F.invoice_id)
    .where(_I.account_id == bindparam("account_id"), _F.id.in_(bindparam("files", expanding=True)))
)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class PeriodInvoice:
    """One invoice as bookkeeping needs it; total = paid + settled + open.

    buyer: the name on the document. paid_cents: received, less what went back. settled_cents: settled with credits or
    a credit note. file_id: the printed file as the invoice stands now; None while it is being printed.
    """

    number: str
    issued_on: date
    due_on: date
    buyer: str
    net_cents: int
    vat_cents: int
    total_cents: int
    paid_cents: int
    settled_cents: int
    open_cents: int
    status: Status
    file_id: int | None


@dataclass(frozen=True)
class Invoiced:
    """What was invoiced to a customer in a period, the oldest first."""

    customer: str
    invoices: tuple[PeriodInvoice, ...]


def invoiced(work: Work, actor: Actor, account_id: int, period: Period) -> Invoiced:
    """Everything that was issued to an account in a period. Raises NotFound, NotAllowed or PeriodRefused."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    if period.first > period.last:
        raise PeriodRefused(reason="order")
    if period.last - period.first >= LONGEST:
        raise PeriodRefused(reason="long")
    invoices = _invoices(work, allowed, period)
    if not 0 < len(invoices) <= MOST_INVOICES:
        raise PeriodRefused(reason="full" if invoices else "empty")
    return Invoiced(work.session.get_one(Account, allowed).name, invoices)


def printed_files(work: Work, actor: Actor, account_id: int, file_ids: Sequence[int]) -> tuple[bytes, ...]:
    """The contents of printed files of an account, in the order asked. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    contents = {row.id: row.content for row in work.plain(_FILES, account_id=allowed, files=list(file_ids))}
    if contents.keys() != set(file_ids):
        raise NotFound()
    return tuple(contents[file_id] for file_id in file_ids)


def _invoices(work: Work, account: AllowedAccount, period: Period) -> tuple[PeriodInvoice, ...]:
    today = local_day(work.now)
    return tuple(
        PeriodInvoice(
            number=row.number, issued_on=row.issued_on, due_on=row.due_on, buyer=row.buyer["name"],
            net_cents=row.net_cents, vat_cents=row.vat_cents, total_cents=row.total_cents,
            paid_cents=int(row.paid_cents), open_cents=row.open_cents,
            settled_cents=row.total_cents + row.brought_cents - int(row.paid_cents) - row.open_cents,
            status=status_of(row, today), file_id=row.file_id,
        )
        for row in work.plain(_ISSUED, account_id=account, first=period.first, last=period.last)
    )  # fmt: skip
