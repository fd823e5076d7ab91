"""The journal of a period, a row a posting; turnover and VAT of a document a row a rate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, String, and_, bindparam, cast, func, select

from billing.accounts.tables import Account
from billing.bookkeeping.documents import vat_code
from billing.credits.tables import CreditNote, CreditNoteVat
from billing.db import Work, table_of
from billing.invoices.tables import Invoice, InvoiceVat
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting

_E, _P, _A, _I, _C = (table_of(table).c for table in (JournalEntry, Posting, Account, Invoice, CreditNote))
_IN_PERIOD = _E.occurred_on.between(bindparam("first"), bindparam("last"))
_OF_NOTE = and_(
    _E.kind == EntryKind.CREDIT_NOTE_ISSUED.value, _E.source_key == "credit_note:" + cast(_C.id, String)
)  # fmt: skip
_POSTINGS = (
    select(
        _E.id.label("entry_id"), _E.kind, _E.source_key, _E.occurred_on, _P.ledger_account, _P.cents,
        _P.account_id, _A.name.label("customer"), _P.invoice_id, _I.number.label("invoice"), _I.vat_treatment,
        _I.buyer,
        _C.id.label("note_id"), _C.number.label("note"),
    )
    .join_from(table_of(JournalEntry), table_of(Posting), _P.entry_id == _E.id)
    .outerjoin(table_of(Account), _A.id == _P.account_id)
    .outerjoin(table_of(Invoice), _I.id == _P.invoice_id)
    .outerjoin(table_of(CreditNote), _OF_NOTE)
    .where(_IN_PERIOD)
    .order_by(_E.occurred_on, _E.id, _P.id)
)  # fmt: skip
_BEFORE = (
    select(_P.ledger_account, _P.account_id, func.sum(_P.cents).label("cents"))
    .join_from(table_of(Posting), table_of(JournalEntry), _P.entry_id == _E.id)
    .where(_E.occurred_on < bindparam("first"))
    .group_by(_P.ledger_account, _P.account_id)
    .order_by(_P.ledger_account, _P.account_id)
)
# An invoice credits turnover and VAT, a credit note debits them.
_SIGNS = {EntryKind.INVOICE_ISSUED.value: -1, EntryKind.CREDIT_NOTE_ISSUED.value: 1}


@dataclass(frozen=True)
class Rate:
    """The VAT of one rate on a document. vat_rate: per cent, decimal text."""

    vat_rate: str
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class JournalRow:
    """One row: debit above zero, credit below. document: number of the invoice or credit note, or what names the event.

    vat_code, vat_cents: of turnover, its rate and the VAT on it, which has a row of its own as well.
    """

    entry_id: int
    kind: str
    on: date
    ledger_account: str
    cents: int
    customer_id: int | None
    customer: str
    document: str
    invoice: str
    vat_code: str = ""
    vat_cents: int = 0


@dataclass(frozen=True)
class Balance:
    """What stood on an account, of one customer or of none, when the period began."""

    ledger_account: str
    customer_id: int | None
    cents: int


@dataclass(frozen=True)
class PeriodJournal:
    """The rows of a period in order, and the balances before it."""

    first: date
    last: date
    rows: tuple[JournalRow, ...]
    before: tuple[Balance, ...]


def period_journal(work: Work, first: date, last: date) -> PeriodJournal:
    """The journal from the first day to the last, both included."""
    invoice_vat, note_vat = _rates(work, InvoiceVat, first, last), _rates(work, CreditNoteVat, first, last)
    rows: list[JournalRow] = []
    for posting in work.plain(_POSTINGS, first=first, last=last):
        rates = note_vat[posting.note_id] if posting.note_id else invoice_vat[posting.invoice_id]
        rows += _by_rate(_row(posting), rates, posting.vat_treatment or "", (posting.buyer or {}).get("country", ""))
    before = (Balance(row.ledger_account, row.account_id, int(row.cents)) for row in work.plain(_BEFORE, first=first))
    return PeriodJournal(first, last, tuple(rows), tuple(one for one in before if one.cents))


def _row(posting: Row[Any]) -> JournalRow:
    document = posting.note or posting.invoice or posting.source_key
    return JournalRow(
        posting.entry_id, posting.kind, posting.occurred_on, posting.ledger_account, posting.cents, posting.account_id,
        posting.customer or "", document, posting.invoice or "",
    )  # fmt: skip


def _rates(work: Work, model: type[InvoiceVat | CreditNoteVat], first: date, last: date) -> dict[int, list[Rate]]:
    """The VAT of each document that was issued in the period, by its id."""
    is_note = model is CreditNoteVat
    document, vat = table_of(CreditNote if is_note else Invoice), table_of(model)
    key = vat.c.credit_note_id if is_note else vat.c.invoice_id
    statement = (
        select(key.label("document_id"), vat.c.vat_rate, vat.c.base_cents, vat.c.vat_cents)
        .join_from(vat, document, document.c.id == key)
        .where(document.c.issued_on.between(first, last))
        .order_by(vat.c.id)
    )
    found: dict[int, list[Rate]] = defaultdict(list)
    for row in work.plain(statement):
        found[row.document_id].append(Rate(format(row.vat_rate, "f"), row.base_cents, row.vat_cents))
    return found


def _by_rate(row: JournalRow, rates: Sequence[Rate], treatment: str, country: str) -> Iterator[JournalRow]:
    """A posting of turnover or VAT as a row a rate; any other as it is."""
    is_turnover, sign = row.ledger_account == LedgerAccount.DEFERRED_REVENUE, _SIGNS.get(row.kind, 0)
    if not sign or not (is_turnover or row.ledger_account == LedgerAccount.VAT):
        yield row
        return
    for rate in rates:
        cents = sign * (rate.base_cents if is_turnover else rate.vat_cents)
        if cents:
            code = vat_code(rate.vat_rate, treatment, country)
            yield replace(row, cents=cents, vat_code=code, vat_cents=sign * rate.vat_cents if is_turnover else 0)
