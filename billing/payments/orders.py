"""Orders to send money back: what may be sent, sent once, and what the gateway answered. One transaction each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from billing import locks
from billing.accounts.tables import Account
from billing.credits import payouts
from billing.credits.tables import CreditLot, Payout
from billing.db import Work
from billing.errors import NotFound
from billing.payments.service import SOON, STATE_OF
from billing.payments.tables import GatewayRecord
from billing.ports import Outcome, StartAnswer, TransactionKind
from billing.states import PaymentState

CHECK_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
# A refund that was sent and that nobody has heard of may still turn up: the money waits for it longer than a payment.
GIVE_UP_AFTER = timedelta(days=1)
ENDED = {Outcome.FAILED, Outcome.REJECTED, Outcome.CANCELLED}


@dataclass(frozen=True)
class Original:
    """A transaction that can be refunded: its key, the gateway's name of its service, and how much of it."""

    key: str
    service: str
    maximum_cents: int


@dataclass(frozen=True)
class PayoutOrder:
    """What to send. subject: the document or invoice that it is about. language: of the customer's documents."""

    payout_id: int
    token: str
    amount_cents: int
    original: Original
    invoice_number: str
    subject: str
    language: str


@dataclass(frozen=True)
class DueCheck:
    """A payout to ask about. key: empty while we have none."""

    payout_id: int
    account_id: int
    token: str
    key: str
    original_key: str


def originals(work: Work, payout_id: int) -> list[str]:
    """Keys of the gateway's transactions that brought the money of a payout, the newest first; none once it was sent.

    Raises NotFound.
    """
    payout = work.session.get(Payout, payout_id)
    if payout is None:
        raise NotFound()
    if payout.sent_at is not None or not payouts.is_open(payout):
        return []
    booked = select(GatewayRecord.provider_key).where(
        GatewayRecord.payment_id == payout.payment_id, GatewayRecord.kind == TransactionKind.PAYMENT.value,
        GatewayRecord.verdict == "booked",
    )  # fmt: skip
    return list(work.session.exec(booked.order_by(col(GatewayRecord.id).desc())))


def claim(work: Work, payout_id: int, original: Original | None) -> PayoutOrder | None:
    """Write down that a payout is being sent, and which way; None when there is nothing to send (any more).

    original: None when the gateway can refund nothing; then the money goes back to where it was.
    """
    payout = _lock(work, payout_id)
    if payout.sent_at is not None or not payouts.is_open(payout):
        return None
    if original is None:
        payouts.advance(work, payout, PaymentState.FAILED, reason="not_refundable")
        return None
    payouts.shrink(work, payout, original.maximum_cents)
    payout.sent_at, payout.original_key, payout.next_check_at = work.now, original.key, work.now + CHECK_AFTER[0]
    work.session.add(payout)
    record = work.session.exec(select(GatewayRecord).where(GatewayRecord.provider_key == original.key)).one()
    lot = work.session.get(CreditLot, payout.credit_lot_id) if payout.credit_lot_id else None
    number, language = record.invoice_number, work.session.get_one(Account, payout.account_id).language
    return PayoutOrder(
        payout_id, payout.token, payout.amount_cents, original, number, (lot.label if lot else "") or number, language
    )


def record_answer(work: Work, payout_id: int, answer: StartAnswer) -> None:
    """Keep what the gateway said at once. Only its answer to a question books money, never the answer to an order."""
    payout = _lock(work, payout_id)
    payout.provider_key = payout.provider_key or answer.key or None
    payout.next_check_at = work.now
    work.session.add(payout)
    if PaymentState(payout.state) in {PaymentState.CREATED, PaymentState.UNKNOWN}:
        state = STATE_OF[answer.outcome] if answer.outcome in ENDED else PaymentState.PENDING
        payouts.advance(work, payout, state, reason=answer.reason)


def record_unclear(work: Work, payout_id: int) -> None:
    """Nobody knows whether the order arrived: it is looked up, and never sent again."""
    payout = _lock(work, payout_id)
    if payout.state == PaymentState.CREATED:
        payouts.advance(work, payout, PaymentState.UNKNOWN)
        payout.next_check_at = work.now + SOON


def record_refusal(work: Work, payout_id: int, reason: str) -> None:
    """The gateway refused the order for certain: the money goes back to where it was."""
    payout = _lock(work, payout_id)
    if payouts.is_open(payout):
        payouts.advance(work, payout, PaymentState.FAILED, reason=reason)


def any_due(work: Work) -> bool:
    """Whether a payout is due for a question; a look that takes no lock."""
    due = select(Payout.id).where(col(Payout.next_check_at) <= work.now)
    return work.session.exec(due.limit(1)).first() is not None


def claim_due(work: Work, limit: int) -> list[DueCheck]:
    """Take payouts that are due for a question and put their next one on the calendar."""
    due = select(Payout).where(col(Payout.next_check_at) <= work.now).order_by(col(Payout.next_check_at)).limit(limit)
    checks = []
    for payout in work.session.scalars(locks.unclaimed(due)):
        payout.next_check_at = _next_check(payout, work.now)
        payout.checks += 1
        work.session.add(payout)
        checks.append(
            DueCheck(payout.id or 0, payout.account_id, payout.token, payout.provider_key or "", payout.original_key)
        )
    return checks


def expire_unheard(work: Work, unheard: list[DueCheck]) -> None:
    """Orders the gateway has never heard of end after a day: the money goes back to where it was."""
    for check in unheard:
        payout = _lock(work, check.payout_id)
        sent_at = payout.sent_at or work.now
        if payout.provider_key is None and payouts.is_open(payout) and sent_at < work.now - GIVE_UP_AFTER:
            payouts.advance(work, payout, PaymentState.EXPIRED, reason="the gateway never heard of it")


def _next_check(payout: Payout, now: datetime) -> datetime | None:
    if not payouts.is_open(payout):
        return None
    return now + CHECK_AFTER[min(payout.checks, len(CHECK_AFTER) - 1)]


def _lock(work: Work, payout_id: int) -> Payout:
    account_id = work.session.exec(select(Payout.account_id).where(Payout.id == payout_id)).one()
    locks.account(work, account_id)
    payout = select(Payout).where(Payout.id == payout_id).execution_options(populate_existing=True)
    return work.session.exec(payout).one()
