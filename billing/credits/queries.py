"""Reading credits: the balance of an account and every move that made it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.credits.service import balance_cents
from billing.credits.tables import CreditLot, CreditNote
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting

MOVES_LIMIT = 200


@dataclass(frozen=True)
class CreditMove:
    """Credits that came in (cents above zero) or were used (below). balance_cents: what was left after it.

    label: the lot's document. invoice_number: the invoice that used it, or that the credit note takes back.
    why: the reason of the credit note, or the subject of the invoice.
    """

    on: date
    cents: int
    balance_cents: int
    label: str
    invoice_number: str
    why: str


@dataclass(frozen=True)
class CreditStatement:
    """The balance, and the newest moves first."""

    balance_cents: int
    moves: tuple[CreditMove, ...]


def statement(work: Work, actor: Actor, account_id: int) -> CreditStatement:
    """The credits of an account. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.CREDITS_VIEW, account_id)
    rows = work.session.exec(
        select(Posting, JournalEntry, CreditLot.label, CreditNote)
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .join(CreditLot, col(CreditLot.id) == col(Posting.credit_lot_id))
        .outerjoin(CreditNote, col(CreditNote.id) == col(CreditLot.credit_note_id))
        .where(CreditLot.account_id == allowed, Posting.ledger_account == LedgerAccount.CUSTOMER_CREDIT.value)
        .order_by(col(Posting.id).desc())
        .limit(MOVES_LIMIT)
    ).all()
    users = _invoices_of(work, [entry.id or 0 for _, entry, _, _ in rows])
    balance = left = balance_cents(work, allowed)
    moves = []
    for posting, entry, label, note in rows:
        number, subject = users.get(entry.id or 0, ("", ""))
        gained = entry.kind != EntryKind.CREDIT_APPLIED
        why = note.reason if gained and note else subject
        moves.append(CreditMove(entry.occurred_on, -posting.cents, left, label, number, why))
        left += posting.cents
    return CreditStatement(balance, tuple(moves))


def _invoices_of(work: Work, entry_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and subject of the invoice that each entry touched."""
    statement = (
        select(Posting.entry_id, Invoice.number, Invoice.subject)
        .join(Invoice, col(Invoice.id) == col(Posting.invoice_id))
        .where(col(Posting.entry_id).in_(entry_ids))
    )
    return {entry_id: (number or "", subject) for entry_id, number, subject in work.session.exec(statement)}
