"""What the journal says of one invoice: every posting on what is owed for it, with where it came from."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, case, cast, or_, select
from sqlmodel import col

from billing.credits.tables import CreditLot, CreditNote
from billing.db import Work
from billing.invoices.tables import CarryForward, CarryState
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.payments.tables import Payment


@dataclass(frozen=True)
class OwedPosting:
    """One change of what is owed. cents: below zero lowers it.

    origin: payment method, a credit note's number, or the other invoice's of a small rest; empty while there is none.
    """

    kind: EntryKind
    on: date
    at: datetime
    cents: int
    origin: str


def owed_postings(work: Work, invoice_id: int) -> list[OwedPosting]:
    """Every change of what is owed for an invoice, in the order it was booked; not a small rest that was taken back."""
    carried = "carried:" + cast(col(CarryForward.id), String)
    brought = "brought:" + cast(col(CarryForward.id), String)
    taken_back = "taken_back:" + cast(col(CarryForward.id), String)
    statement = (
        select(
            col(JournalEntry.kind), col(JournalEntry.occurred_on), col(JournalEntry.booked_at), col(Posting.cents),
            col(Payment.method), col(CreditLot.label), col(CreditNote.number),
            case((col(JournalEntry.source_key) == brought, col(CarryForward.from_number)),
                 else_=col(CarryForward.into_number)),
        )
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .outerjoin(Payment, col(Payment.id) == col(Posting.payment_id))
        .outerjoin(CreditLot, col(CreditLot.id) == col(Posting.credit_lot_id))
        .outerjoin(CreditNote, col(JournalEntry.source_key) == "credit_note:" + cast(col(CreditNote.id), String))
        .outerjoin(CarryForward, col(JournalEntry.source_key).in_([carried, brought, taken_back]))
        .where(or_(col(CarryForward.id).is_(None), col(CarryForward.state) != CarryState.TAKEN_BACK.value))
        .where(col(Posting.invoice_id) == invoice_id, col(Posting.ledger_account) == LedgerAccount.RECEIVABLE.value)
        .order_by(col(Posting.id))
    )  # fmt: skip
    return [
        OwedPosting(EntryKind(kind), on, at, cents, method or lot or note or other or "")
        for kind, on, at, cents, method, lot, note, other in work.session.execute(statement)
    ]
