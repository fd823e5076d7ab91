"""All documents of an account in one list: invoices and credit notes, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, func, or_, select

from billing import access
from billing.access import Actor, AllowedAccount, Permission
from billing.clock import local_day
from billing.credits.queries import NoteRow, note_row
from billing.credits.tables import CreditNote
from billing.db import Work
from billing.invoices.queries import PAGE_SIZE, Filter, InvoiceRow, list_row, matching
from billing.invoices.tables import Invoice

INVOICE, NOTE = "invoice", "note"


@dataclass(frozen=True)
class DocumentPage:
    """One page of a list; `total` counts all that match."""

    rows: tuple[InvoiceRow | NoteRow, ...]
    total: int
    page: int
    pages: int


def document_page(
    work: Work, actor: Actor, account_id: int, *, shown: Filter = Filter.ALL, search: str = "", page: int = 1
) -> DocumentPage:
    """One page of an account's documents. Open and paid are said of invoices; credit of credit notes.

    search: looks in numbers and subjects, of a credit note also in the number of its invoice. Raises NotFound or
    NotAllowed.
    """
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    found = _found(allowed, shown, search.strip())
    total = int(work.session.execute(sql_select(func.count()).select_from(found)).scalar_one())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    # A note comes after its invoice, also when both were made at one instant.
    newest = sql_select(found.c.kind, found.c.id).order_by(
        found.c.issued_at.desc(), found.c.kind.desc(), found.c.id.desc()
    )
    rows = work.session.execute(newest.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return DocumentPage(_rows(work, [(kind, row_id) for kind, row_id in rows]), total, page, pages)


def _found(account: AllowedAccount, shown: Filter, search: str) -> Any:
    invoices = matching(account, shown, search).with_only_columns(
        literal(INVOICE).label("kind"), col(Invoice.id), col(Invoice.issued_at)
    )
    notes = sql_select(literal(NOTE).label("kind"), col(CreditNote.id), col(CreditNote.issued_at)).where(
        col(CreditNote.account_id) == account
    )
    if search:
        fields = (CreditNote.number, CreditNote.invoice_number, CreditNote.reason)
        notes = notes.where(or_(*(col(field).icontains(search, autoescape=True) for field in fields)))
    match shown:
        case Filter.ALL:
            return union_all(invoices, notes).subquery()
        case Filter.CREDITED:
            return notes.subquery()
        case _:
            return invoices.subquery()


def _rows(work: Work, keys: Sequence[tuple[str, int]]) -> tuple[InvoiceRow | NoteRow, ...]:
    today = local_day(work.now)
    ids = {kind: [row_id for found, row_id in keys if found == kind] for kind in (INVOICE, NOTE)}
    invoices = work.session.exec(select(Invoice).where(col(Invoice.id).in_(ids[INVOICE])))
    notes = work.session.exec(select(CreditNote).where(col(CreditNote.id).in_(ids[NOTE])))
    rows: dict[tuple[str, int], InvoiceRow | NoteRow] = {
        (INVOICE, invoice.id or 0): list_row(invoice, today) for invoice in invoices
    }
    rows |= {(NOTE, note.id or 0): note_row(note) for note in notes}
    return tuple(rows[key] for key in keys)
