"""Credit lots: where credits come from, what they are used for, and how they come back. Oldest first, never below zero.

The caller has locked the account, and so all its lots.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from billing.credits.tables import CreditLot, CreditNote, LotSource
from billing.db import Work
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import Posting


def add(
    work: Work, *, account_id: int, source: LotSource, cents: int, label: str = "", reason: str = "",
    credit_note_id: int | None = None, payment_id: int | None = None,
) -> CreditLot:  # fmt: skip
    """A new lot with all of it left to spend."""
    lot = CreditLot(
        account_id=account_id, source=source.value, credit_note_id=credit_note_id, payment_id=payment_id, label=label,
        reason=reason, original_cents=cents, left_cents=cents, created_at=work.now,
    )  # fmt: skip
    work.session.add(lot)
    work.flush()
    return lot


def to_spend(work: Work, account_id: int) -> Sequence[CreditLot]:
    """Lots with something left, the oldest first: the order in which they are used."""
    work.flush()
    lots = select(CreditLot).where(CreditLot.account_id == account_id, CreditLot.left_cents > 0)
    return work.session.exec(lots.order_by(col(CreditLot.id)).execution_options(populate_existing=True)).all()


def get(work: Work, lot_id: int) -> CreditLot:
    """A lot as it is now."""
    work.flush()
    lot = select(CreditLot).where(CreditLot.id == lot_id)
    return work.session.exec(lot.execution_options(populate_existing=True)).one()


def change(work: Work, lot: CreditLot, cents: int) -> None:
    """Keep the cached rest of a lot in step with what was just booked: above zero came back, below was used."""
    lot.left_cents += cents
    work.session.add(lot)


def give_back(work: Work, invoice_id: int, cents: int) -> list[tuple[CreditLot, int]]:
    """Which lots get back what an invoice was settled with, up to `cents`: the one used last comes first.

    A credit note gives credits back before it makes new ones, so that they stay what they were: paid with that payment.
    """
    parts = []
    for lot_id, used_cents in reversed(_used(work, invoice_id).items()):
        part = min(used_cents, cents)
        if part > 0:
            parts.append((get(work, lot_id), part))
            cents -= part
    return parts


def origin(work: Work, lot: CreditLot) -> tuple[int, int] | None:
    """The payment that a lot's money came in with, and how much of it is still there; None when there is none.

    Of several payments of one invoice it is the one with the most. What was settled with other credits has no payment
    of its own.
    """
    found = [(work_left, payment_id) for payment_id, work_left in _paid_with(work, lot).items() if work_left > 0]
    if not found:
        return None
    left_cents, payment_id = max(found)
    return payment_id, left_cents


def _paid_with(work: Work, lot: CreditLot) -> dict[int, int]:
    if lot.payment_id is not None:
        return {lot.payment_id: held_cents(work, lot.payment_id)}
    if lot.credit_note_id is None:
        return {}
    invoice_id = work.session.get_one(CreditNote, lot.credit_note_id).invoice_id
    paid: dict[int, int] = {}
    statement = select(Posting.payment_id, Posting.cents).where(
        Posting.invoice_id == invoice_id, Posting.ledger_account == LedgerAccount.RECEIVABLE.value,
        col(Posting.payment_id).is_not(None),
    )  # fmt: skip
    for payment_id, cents in work.session.exec(statement):
        paid[payment_id or 0] = paid.get(payment_id or 0, 0) - cents
    return {payment_id: min(cents, held_cents(work, payment_id)) for payment_id, cents in paid.items()}


def held_cents(work: Work, payment_id: int) -> int:
    """What came in with a payment and has not gone back, nor is on its way back."""
    work.flush()
    accounts = [LedgerAccount.GATEWAY_CLEARING.value, LedgerAccount.PAYOUT.value]
    statement = select(Posting.cents).where(Posting.payment_id == payment_id, col(Posting.ledger_account).in_(accounts))
    return sum(work.session.exec(statement))


def came_by_gateway(work: Work, payment_id: int) -> bool:
    """Whether the money of a payment came in at the gateway, and not straight to our bank."""
    work.flush()
    statement = select(Posting.id).where(
        Posting.payment_id == payment_id, Posting.ledger_account == LedgerAccount.GATEWAY_CLEARING.value
    )
    return work.session.exec(statement.limit(1)).first() is not None


def _used(work: Work, invoice_id: int) -> dict[int, int]:
    """By lot, the first used first: what it settled of an invoice, less what credit notes gave back of that."""
    work.flush()
    statement = select(Posting.credit_lot_id, Posting.ledger_account, Posting.cents).where(
        Posting.invoice_id == invoice_id, col(Posting.credit_lot_id).is_not(None)
    )
    used: dict[int, int] = {}
    for lot_id, ledger_account, cents in work.session.exec(statement.order_by(col(Posting.id))):
        # On what is owed the use of a lot stands below zero, on the lot itself what came back does.
        settled_cents = -cents if ledger_account == LedgerAccount.RECEIVABLE else cents
        used[lot_id or 0] = used.get(lot_id or 0, 0) + settled_cents
    return used
