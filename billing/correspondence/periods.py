"""All that was invoiced to one account in a period, and what of it was taken back: the facts of each document, and
where its printed file is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, func, select

from billing import access
from billing.access import Actor, AllowedAccount, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.credits.tables import CreditNote, CreditNoteFile
from billing.db import Work, table_of
from billing.errors import NotFound, PeriodRefused
from billing.invoices.queries import IN_LIST, status_of
from billing.invoices.tables import ISSUED, Invoice, InvoiceFile
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.settlement import Status

LONGEST = timedelta(days=400)
MOST_DOCUMENTS = 1000

_E, _F, _I, _P = (table_of(table).c for table in (JournalEntry, InvoiceFile, Invoice, Posting))
_C, _CF = (table_of(table).c for table in (CreditNote, CreditNoteFile))
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
    .limit(MOST_DOCUMENTS + 1)
)  # fmt: skip
_NOTES = (
    select(
        _C.number, _C.issued_on, _C.invoice_number, _C.buyer, _C.net_cents, _C.vat_cents, _C.total_cents,
        _CF.id.label("file_id"),
    )
    .join_from(table_of(CreditNote), table_of(CreditNoteFile), _CF.credit_note_id == _C.id, isouter=True)
    .where(_C.account_id == bindparam("account_id"), _C.issued_on.between(bindparam("first"), bindparam("last")))
    .order_by(_C.issued_at, _C.id)
    .limit(MOST_DOCUMENTS + 1)
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
class PeriodNote:
    """One credit note of the invoice invoice_number; amounts are below zero, as they count in the customer's books.

    buyer, file_id: as of an invoice.
    """

    number: str
    issued_on: date
    invoice_number: str
    buyer: str
    net_cents: int
    vat_cents: int
    total_cents: int
    file_id: int | None


@dataclass(frozen=True)
class Invoiced:
    """What was invoiced to a customer in a period and what was taken back, the oldest first."""

    customer: str
    invoices: tuple[PeriodInvoice, ...]
    notes: tuple[PeriodNote, ...]

    @property
    def documents(self) -> tuple[PeriodInvoice | PeriodNote, ...]:
        """All of them, invoices first."""
        return *self.invoices, *self.notes

    @property
    def is_printed(self) -> bool:
        """Whether every document has its file."""
        return all(document.file_id for document in self.documents)


def invoiced(work: Work, actor: Actor, account_id: int, period: Period) -> Invoiced:
    """Every document that was issued to an account in a period. Raises NotFound, NotAllowed or PeriodRefused."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    if period.first > period.last:
        raise PeriodRefused(reason="order")
    if period.last - period.first >= LONGEST:
        raise PeriodRefused(reason="long")
    customer = work.session.get_one(Account, allowed).name
    found = Invoiced(customer, _invoices(work, allowed, period), _notes(work, allowed, period))
    if not 0 < len(found.documents) <= MOST_DOCUMENTS:
        raise PeriodRefused(reason="full" if found.documents else "empty")
    return found


def printed_files(work: Work, actor: Actor, account_id: int, file_ids: Sequence[int]) -> tuple[bytes, ...]:
    """The contents of printed invoices of an account, in the order asked. Raises NotFound or NotAllowed."""
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


def _notes(work: Work, account: AllowedAccount, period: Period) -> tuple[PeriodNote, ...]:
    return tuple(
        PeriodNote(
            number=row.number, issued_on=row.issued_on, invoice_number=row.invoice_number, buyer=row.buyer["name"],
            net_cents=-row.net_cents, vat_cents=-row.vat_cents, total_cents=-row.total_cents, file_id=row.file_id,
        )
        for row in work.plain(_NOTES, account_id=account, first=period.first, last=period.last)
    )  # fmt: skip
