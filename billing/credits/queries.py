"""Reading credits: the balance of an account and every move that made it, credit notes, and what is on its way back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import col, select

from billing import access
from billing.access import Actor, AllowedAccount, Permission
from billing.credits.choices import payable_cents
from billing.credits.service import balance_cents
from billing.credits.tables import CreditLot, CreditNote, LotSource, Payout
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.queries import NOBODY
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.states import PaymentState

MOVES_LIMIT = 200
PAYOUTS_LIMIT = 10


class MoveKind(StrEnum):
    """Why credits came or went."""

    CREDIT_NOTE = "credit_note"
    OVERPAYMENT = "overpayment"
    GOODWILL = "goodwill"
    GIVEN_BACK = "given_back"
    USED = "used"
    PAID_OUT = "paid_out"
    PAYOUT_UNDONE = "payout_undone"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class CreditMove:
    """Credits that came in (cents above zero) or went (below). balance_cents: what was left after it.

    label: the credit note, of the lot or the one that gave back. invoice_number: the invoice that used the credits, or
    that the credit note takes back. why: the reason of the credits, or the subject of the invoice.
    """

    on: date
    kind: MoveKind
    cents: int
    balance_cents: int
    label: str
    invoice_number: str
    why: str


@dataclass(frozen=True)
class NoteRow:
    """A credit note in a list; the last three amounts say what happened with the total."""

    number: str
    issued_on: date
    invoice_number: str
    reason: str
    total_cents: int
    vat_treatment: str
    offset_cents: int
    credit_cents: int
    payout_cents: int


@dataclass(frozen=True)
class LotRow:
    """Credits with something left. payable_cents: how much of that can go back the way it came in; 0 for none."""

    lot_id: int
    source: LotSource
    label: str
    reason: str
    left_cents: int
    payable_cents: int
    created_at: datetime


@dataclass(frozen=True)
class PayoutRow:
    """Money on its way back, or that was. from_credits: it was taken from the credits, else it was overpaid."""

    cents: int
    state: PaymentState
    asked_at: datetime
    asked_by: str
    from_credits: bool


@dataclass(frozen=True)
class CreditStatement:
    """The balance, the newest moves first, and the newest notes and payouts."""

    balance_cents: int
    moves: tuple[CreditMove, ...]
    notes: tuple[NoteRow, ...] = ()
    lots: tuple[LotRow, ...] = ()
    payouts: tuple[PayoutRow, ...] = ()


def statement(work: Work, actor: Actor, account_id: int) -> CreditStatement:
    """The credits of an account. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.CREDITS_VIEW, account_id)
    balance = balance_cents(work, allowed)
    return CreditStatement(
        balance, _moves(work, allowed, balance), _notes(work, allowed), _lots(work, allowed), _payouts(work, allowed)
    )


def visible_notes(work: Work, actor: Actor, numbers: Sequence[str]) -> list[CreditNote]:
    """The credit notes with these numbers, in the order asked, when the actor may see invoices of their accounts.

    Raises NotFound when one does not exist or is somebody else's: the same answer, the same work.
    """
    statement = select(CreditNote).where(col(CreditNote.number).in_(numbers))
    by_number = {note.number: note for note in work.session.exec(statement)}
    for number in numbers:
        found = by_number.get(number)
        access.require(work, actor, Permission.INVOICES_VIEW, found.account_id if found else NOBODY)
        if found is None:
            raise NotFound()
    return [by_number[number] for number in numbers]


def note_numbers(work: Work, numbers: Collection[str]) -> set[str]:
    """Which of these numbers are credit notes, whoever's they are."""
    return set(work.session.exec(select(CreditNote.number).where(col(CreditNote.number).in_(numbers))))


def notes_of(work: Work, invoice_id: int) -> tuple[NoteRow, ...]:
    """The credit notes of an invoice that the caller may see, the first first."""
    found = select(CreditNote).where(CreditNote.invoice_id == invoice_id).order_by(col(CreditNote.id))
    return tuple(note_row(note) for note in work.session.exec(found))


def note_row(note: CreditNote) -> NoteRow:
    """A credit note as lists show it."""
    return NoteRow(
        note.number, note.issued_on, note.invoice_number, note.reason, note.total_cents,
        note.vat_treatment, note.offset_cents, note.credit_cents, note.payout_cents,
    )  # fmt: skip


def _moves(work: Work, account: AllowedAccount, balance: int) -> tuple[CreditMove, ...]:
    rows = work.session.exec(
        select(Posting, JournalEntry, CreditLot)
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .join(CreditLot, col(CreditLot.id) == col(Posting.credit_lot_id))
        .where(CreditLot.account_id == account, Posting.ledger_account == LedgerAccount.CUSTOMER_CREDIT.value)
        .order_by(col(Posting.id).desc())
        .limit(MOVES_LIMIT)
    ).all()
    invoices = _invoices_of(work, [entry.id or 0 for _, entry, _ in rows])
    notes = {f"credit_note:{note.id}": note.number for note in _all_notes(work, account)}
    moves, left = [], balance
    for posting, entry, lot in rows:
        number, subject = invoices.get(entry.id or 0, ("", ""))
        kind = _kind_of(entry, lot, is_restored=posting.invoice_id is not None)
        moves.append(
            CreditMove(
                on=entry.occurred_on, kind=kind, cents=-posting.cents, balance_cents=left,
                label=notes.get(entry.source_key, lot.label), invoice_number=number,
                why=subject if kind is MoveKind.USED else lot.reason,
            )
        )  # fmt: skip
        left += posting.cents
    return tuple(moves)


_KINDS = {
    EntryKind.CREDIT_APPLIED: MoveKind.USED,
    EntryKind.PAYOUT_ASKED: MoveKind.PAID_OUT,
    EntryKind.PAYOUT_UNDONE: MoveKind.PAYOUT_UNDONE,
    EntryKind.MONEY_RETURNED: MoveKind.TAKEN_BACK,
}


def _kind_of(entry: JournalEntry, lot: CreditLot, *, is_restored: bool) -> MoveKind:
    if entry.kind == EntryKind.CREDIT_NOTE_ISSUED:
        return MoveKind.GIVEN_BACK if is_restored else MoveKind.CREDIT_NOTE
    return _KINDS.get(EntryKind(entry.kind), MoveKind(lot.source))


def _invoices_of(work: Work, entry_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and subject of the invoice that each entry touched."""
    statement = (
        select(Posting.entry_id, Invoice.number, Invoice.subject)
        .join(Invoice, col(Invoice.id) == col(Posting.invoice_id))
        .where(col(Posting.entry_id).in_(entry_ids))
    )
    return {entry_id: (number or "", subject) for entry_id, number, subject in work.session.exec(statement)}


def _all_notes(work: Work, account: AllowedAccount) -> Sequence[CreditNote]:
    notes = select(CreditNote).where(CreditNote.account_id == account).order_by(col(CreditNote.id).desc())
    return work.session.exec(notes.limit(MOVES_LIMIT)).all()


def _notes(work: Work, account: AllowedAccount) -> tuple[NoteRow, ...]:
    return tuple(note_row(note) for note in _all_notes(work, account))


def _lots(work: Work, account: AllowedAccount) -> tuple[LotRow, ...]:
    lots = select(CreditLot).where(CreditLot.account_id == account, CreditLot.left_cents > 0)
    return tuple(
        LotRow(
            lot.id or 0, LotSource(lot.source), lot.label, lot.reason, lot.left_cents, payable_cents(work, lot),
            lot.created_at,
        )
        for lot in work.session.exec(lots.order_by(col(CreditLot.id))).all()
    )  # fmt: skip


def _payouts(work: Work, account: AllowedAccount) -> tuple[PayoutRow, ...]:
    newest = select(Payout).where(Payout.account_id == account).order_by(col(Payout.id).desc()).limit(PAYOUTS_LIMIT)
    return tuple(
        PayoutRow(p.amount_cents, PaymentState(p.state), p.created_at, p.asked_by_name, p.credit_lot_id is not None)
        for p in work.session.exec(newest)
    )
