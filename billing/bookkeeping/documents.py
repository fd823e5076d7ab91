"""How a document should stand in the bookkeeping: its contact, its lines, and all that settles it by the journal."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import String, bindparam, case, cast, func, select

from billing.accounts.tables import Account
from billing.bookkeeping.tables import BookContactRow, BookEntry, BookLink, DocumentKind
from billing.correspondence import credit_notes
from billing.correspondence.queries import invoice_document
from billing.db import Work, table_of
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.payments.tables import Payment
from billing.ports import (
    BookContact,
    BookDocument,
    BookLine,
    BookSettlement,
    Contra,
    CreditNoteDocument,
    DocumentLine,
    InvoiceDocument,
    Method,
)
from billing.vat_treatment import VatTreatment, is_untaxed

_E, _P = table_of(JournalEntry).c, table_of(Posting).c
_PAID = table_of(Payment).c
_CARRIED = (EntryKind.CARRIED_FORWARD.value, EntryKind.BROUGHT_FORWARD.value)
CONTRA = case(
    (_E.kind == EntryKind.CREDIT_NOTE_ISSUED.value, Contra.NOTES.value),
    (_E.kind.in_(_CARRIED), Contra.CARRIED.value),
    (_P.credit_lot_id.is_not(None), Contra.CREDITS.value),
    (_PAID.method == Method.BANK.value, Contra.BANK.value),
    else_=Contra.PAYMENTS.value,
)
# Money that goes back lowers the payment it came in with, and a rest that is taken back the rest that went on.
_SOURCE = case(
    (_E.kind.in_(_CARRIED), "carried"),
    (_P.credit_lot_id.is_not(None), "credits:" + cast(_P.credit_lot_id, String)),
    (_P.payment_id.is_not(None), "payment:" + cast(_P.payment_id, String)),
    else_=_E.source_key,
)
_SETTLED = (
    select(_SOURCE.label("source"), CONTRA.label("contra"), func.min(_E.occurred_on).label("on"),
           func.sum(-_P.cents).label("cents"))
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .outerjoin(table_of(Payment), _PAID.id == _P.payment_id)
    .where(_P.invoice_id == bindparam("invoice_id"), _P.ledger_account == LedgerAccount.RECEIVABLE.value,
           _E.kind != EntryKind.INVOICE_ISSUED.value)
    .group_by("source", "contra")
    .having(func.sum(_P.cents) != 0)
    .order_by(func.min(_E.id))
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """How a document should stand there. contact_id: of its customer there, as far as known; contact_is_known: with
    the details of now."""

    contact: BookContact
    contact_id: str
    contact_is_known: bool
    document: BookDocument
    settlements: tuple[BookSettlement, ...]


def wanted(work: Work, entry: BookEntry) -> Wanted:
    """How a document should stand in the bookkeeping, as things are now."""
    contact = _contact(work.session.get_one(Account, entry.account_id))
    known = work.session.get(BookContactRow, (entry.administration, entry.account_id))
    document, settlements = _invoice(work, entry) if entry.kind == DocumentKind.INVOICE else _note(work, entry)
    return Wanted(
        contact, known.remote_id if known else "", known is not None and known.digest == digest(contact), document,
        settlements,
    )  # fmt: skip


def customer_reference(account_id: int) -> str:
    """Our number of a customer, as others know it."""
    return f"K{account_id}"


def began(work: Work, administration: str) -> date:
    """The day on which an administration was connected, or that it was told to go by then."""
    return work.session.get_one(BookLink, administration).began


def contra(usual: str, issued_on: date, began: date) -> Contra:
    """What stands over against the debtor when an invoice of a day is settled. One of before `began` may be brought in
    later, when what settled it stands there as an entry; so it is settled over against what that entry has."""
    return Contra.EARLIER if issued_on < began else Contra(usual)


def digest(contact: BookContact) -> str:
    """Differs when anything about a contact does."""
    return hashlib.sha256(json.dumps(asdict(contact), sort_keys=True).encode()).hexdigest()


def vat_code(rate: str, treatment: str, country: str) -> str:
    """The code of a VAT rate, which is stored as decimal text in per cent, on a document that is treated so.

    Without VAT it is the treatment; of another country's VAT, `oss_DE_19`; else the rate.
    """
    short = rate.rstrip("0").rstrip(".") if "." in rate else rate
    if is_untaxed(treatment):
        return str(treatment)
    return f"{treatment}_{country}_{short}" if treatment == VatTreatment.OSS else short


def _contact(account: Account) -> BookContact:
    return BookContact(
        reference=customer_reference(account.id or 0), name=account.name, attention=account.attention,
        street=account.street, postal_code=account.postal_code, city=account.city, country=account.country,
        vat_number=account.vat_number,
    )  # fmt: skip


def _invoice(work: Work, entry: BookEntry) -> tuple[BookDocument, tuple[BookSettlement, ...]]:
    printed = invoice_document(work, work.session.get_one(Invoice, entry.invoice_id))
    document = BookDocument(printed.number, printed.issued_on, printed.due_on, _lines(printed, 1), printed.total_cents)
    first = began(work, entry.administration)
    return document, tuple(
        BookSettlement(row.source, row.on, int(row.cents), contra(row.contra, printed.issued_on, first))
        for row in work.plain(_SETTLED, invoice_id=entry.invoice_id)
    )


def _note(work: Work, entry: BookEntry) -> tuple[BookDocument, tuple[BookSettlement, ...]]:
    printed = credit_notes.to_render(work, entry.credit_note_id or 0).document
    on = printed.issued_on
    document = BookDocument(printed.number, on, on, _lines(printed, -1), -printed.total_cents)
    offset = contra(Contra.NOTES, printed.invoice_issued_on, began(work, entry.administration))
    parts = {offset: printed.offset_cents, Contra.CREDITS: printed.credit_cents + printed.payout_cents}
    settled = (BookSettlement(one.value, on, -cents, one) for one, cents in parts.items() if cents)
    return document, tuple(settled)


def _lines(printed: InvoiceDocument | CreditNoteDocument, sign: int) -> tuple[BookLine, ...]:
    return tuple(
        BookLine(
            _words(line), sign * line.net_cents, vat_code(line.vat_rate, printed.vat_treatment, printed.buyer.country)
        )
        for line in printed.lines
    )


def _words(line: DocumentLine) -> str:
    """What a line is for. The price is told for all of it at once: it may have parts of a cent."""
    words: Sequence[str] = [line.description, line.detail]
    amount = f"{line.quantity} x " if line.quantity not in {"1", ""} else ""
    return amount + ", ".join(word for word in words if word)
