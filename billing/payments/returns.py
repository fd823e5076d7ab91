"""Booking money that goes back: what we sent back ourselves, and what the gateway or a bank took by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from billing import audit
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.credits import lots, payouts
from billing.credits.tables import CreditLot, CreditNote, Payout
from billing.db import Work
from billing.invoices import service as invoices
from billing.invoices.tables import Invoice
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import Posting
from billing.payments.attempts import Attempt, tell_mandates
from billing.payments.tables import BOOKED, ENDED, PARKED, WAITING, GatewayRecord, Payment, PaymentShare
from billing.ports import GatewayTransaction, TransactionKind
from billing.settlement import allocate
from billing.states import OPEN_STATES, PaymentState, may_move


@dataclass(frozen=True)
class Taken:
    """How money went back. key: names the entry once and for all. through: where it went out; unallocated when it only
    turned out to be nobody's. is_returned: whether it left us, which its customer is to see."""

    key: str
    kind: EntryKind
    on: date
    through: LedgerAccount = LedgerAccount.GATEWAY_CLEARING

    @property
    def is_returned(self) -> bool:
        return self.kind is EntryKind.MONEY_RETURNED


RETURNS = frozenset({TransactionKind.REFUND, TransactionKind.REVERSAL, TransactionKind.CHARGEBACK})
_WITH_MONEY = {PaymentState.SUCCEEDED, PaymentState.PARKED}


def payouts_of(work: Work, transactions: Sequence[GatewayTransaction]) -> dict[str, Payout]:
    """Our own payout behind each transaction: by its key, else by our token when it had none yet.

    Read under the lock of their accounts.
    """
    if not transactions:
        return {}
    tokens = [t.attempt for t in transactions if t.attempt]
    keys = [t.key for t in transactions]
    wanted = select(Payout).where(or_(col(Payout.token).in_(tokens), col(Payout.provider_key).in_(keys)))
    found = work.session.exec(wanted.execution_options(populate_existing=True)).all()
    by_token = {payout.token: payout for payout in found if payout.provider_key is None}
    by_key = {payout.provider_key: payout for payout in found if payout.provider_key}
    matched = {t.key: by_key.get(t.key) or by_token.get(t.attempt) for t in transactions}
    return {key: payout for key, payout in matched.items() if payout is not None}


def hear(work: Work, payout: Payout, transaction: GatewayTransaction, state: PaymentState) -> None:
    """What the gateway says of a payout that has not succeeded."""
    if payout.provider_key is None:
        payout.provider_key = transaction.key
        work.session.add(payout)
    if may_move(PaymentState(payout.state), state):
        payouts.advance(work, payout, state, reason=transaction.reason_code)


def book_return(
    work: Work, record: GatewayRecord, attempt: Attempt, transaction: GatewayTransaction, payout: Payout | None
) -> tuple[str, str]:
    """Verdict and reason. A payout takes what was set apart for it; all else undoes the payment."""
    payment = attempt.payment
    held_cents = ledger.balance(work, LedgerAccount.GATEWAY_CLEARING, payment_id=payment.id or 0)
    if not held_cents and payout is None and attempt.state not in _WITH_MONEY:
        # A bank may take money back before it says that it gave any: what was not booked can't be undone yet.
        return (WAITING if attempt.state in OPEN_STATES else ENDED), "nothing_received"
    if transaction.amount_cents > held_cents:
        return PARKED, "returns_more_than_received"
    if payout is None:
        return _undo(work, record, attempt, transaction)
    hear(work, payout, transaction, PaymentState.PENDING)
    if payout.amount_cents != transaction.amount_cents:
        return PARKED, "pays_out_another_amount"
    if not payouts.is_open(payout) and not payouts.take_again(work, payout):
        # It was believed lost, and the customer has spent the money since: then it is as if the bank had taken it.
        return _undo(work, record, attempt, transaction)
    lines = rules.payout_made(account_id=payment.account_id, payment_id=payment.id or 0, cents=transaction.amount_cents)
    post(work, EntryKind.MONEY_RETURNED, record, lines)
    payouts.advance(work, payout, PaymentState.SUCCEEDED)
    note(work, payment, "payout.made", transaction, unallocated_cents=0)
    return BOOKED, "payout"


def waiting(work: Work, payment: Payment) -> list[str]:
    """Keys of returns that were heard of while there was nothing to return, and of those that are on their way."""
    known = select(GatewayRecord.provider_key).where(
        GatewayRecord.payment_id == payment.id, col(GatewayRecord.kind).in_(RETURNS),
        col(GatewayRecord.verdict).in_([WAITING, ENDED]),
    )  # fmt: skip
    return list(work.session.exec(known.order_by(col(GatewayRecord.id))))


def post(work: Work, kind: EntryKind, record: GatewayRecord, lines: Sequence[rules.Line]) -> int:
    """Book a transaction of the gateway, once."""
    return ledger.post(work, kind, _key(record), lines, occurred_on=record.received_on)


def note(work: Work, payment: Payment, action: str, transaction: GatewayTransaction, *, unallocated_cents: int) -> None:
    """Write in the log what was booked, and let open screens look again."""
    audit.record(
        work, SYSTEM, action, chain=audit.of_account(payment.account_id), subject=transaction.key,
        cents=transaction.amount_cents, unallocated_cents=unallocated_cents,
    )  # fmt: skip
    accounts.bump_version(work, payment.account_id)


def take_back(work: Work, attempt: Attempt, cents: int, taken: Taken) -> int | None:
    """Book that money of a payment went back, and return what of it had had no purpose; None, and nothing is booked,
    when there is less of it than that.

    What had no purpose goes first, then credits that were made of it and are left, then the invoices it paid.
    """
    payment = attempt.payment
    loose_cents = min(payouts.unallocated_cents(work, payment.id or 0), cents)
    kept, paid = _kept_of(work, attempt), _paid_by(work, payment)
    parts, missing = allocate(cents - loose_cents, [*(lot.left_cents for lot in kept), *(part for _, part in paid)])
    if missing:
        return None
    from_lots = [(lot, part) for lot, part in zip(kept, parts, strict=False) if part]
    shares = [(invoice_id, part) for (invoice_id, _), part in zip(paid, parts[len(kept) :], strict=True) if part]
    lines = rules.money_returned(
        account_id=payment.account_id, payment_id=payment.id, shares=shares, unallocated_cents=loose_cents,
        lots=[(lot.id or 0, part) for lot, part in from_lots], through=taken.through,
    )  # fmt: skip
    ledger.post(work, taken.kind, taken.key, lines, occurred_on=taken.on)
    for lot, part in from_lots:
        lots.change(work, lot, -part)
    by_id = {invoice.id: invoice for invoice in attempt.invoices}
    for invoice_id, part in shares:
        invoices.reopen(work, by_id[invoice_id], part, on=taken.on if taken.is_returned else None)
        _use_surplus(work, taken, payment, by_id[invoice_id])
    return loose_cents


def _undo(work: Work, record: GatewayRecord, attempt: Attempt, transaction: GatewayTransaction) -> tuple[str, str]:
    payment = attempt.payment
    taken = Taken(_key(record), EntryKind.MONEY_RETURNED, record.received_on)
    loose_cents = take_back(work, attempt, transaction.amount_cents, taken)
    if loose_cents is None:
        return PARKED, "returns_more_than_received"
    note(work, payment, "payment.returned", transaction, unallocated_cents=loose_cents)
    tell_mandates(work, payment, record.provider_key)
    return BOOKED, transaction.reason_code


def _use_surplus(work: Work, taken: Taken, returned: Payment, invoice: Invoice) -> None:
    """Who paid an invoice twice, of which one came back, has paid it once: what was too much pays for it now."""
    others = select(PaymentShare.payment_id).where(
        PaymentShare.invoice_id == invoice.id, PaymentShare.payment_id != returned.id
    )
    for payment_id in work.session.exec(others.order_by(col(PaymentShare.payment_id))).all():
        cents = min(invoice.open_cents, payouts.unallocated_cents(work, payment_id))
        if cents > 0:
            lines = rules.surplus_applied(
                account_id=invoice.account_id, payment_id=payment_id, invoice_id=invoice.id or 0, cents=cents
            )
            key = f"surplus:{taken.key.removeprefix('gateway:')}:{payment_id}:{invoice.id}"
            ledger.post(work, EntryKind.SURPLUS_APPLIED, key, lines, occurred_on=taken.on)
            invoices.settle(work, invoice, cents, on=taken.on)


def _key(record: GatewayRecord) -> str:
    return f"gateway:{record.provider_key}"


def _kept_of(work: Work, attempt: Attempt) -> list[CreditLot]:
    """Credits with something left that were made of this payment's money: kept, or of a note on what it paid."""
    work.flush()
    notes = select(CreditNote.id).where(
        col(CreditNote.invoice_id).in_([invoice.id for invoice in attempt.invoices]),
    )
    kept = select(CreditLot).where(
        or_(CreditLot.payment_id == attempt.payment.id, col(CreditLot.credit_note_id).in_(notes)),
        CreditLot.left_cents > 0,
    )
    in_order = kept.order_by(col(CreditLot.credit_note_id).is_not(None), col(CreditLot.id))
    return list(work.session.exec(in_order.execution_options(populate_existing=True)))


def _paid_by(work: Work, payment: Payment) -> list[tuple[int, int]]:
    """What this payment still pays of which invoice, the last first: that is the order in which it is undone."""
    statement = select(Posting.invoice_id, Posting.cents).where(
        Posting.payment_id == payment.id, Posting.ledger_account == LedgerAccount.RECEIVABLE.value
    )
    paid: dict[int, int] = {}
    for invoice_id, cents in work.session.exec(statement.order_by(col(Posting.id))):
        paid[invoice_id or 0] = paid.get(invoice_id or 0, 0) - cents
    return list(reversed(paid.items()))
