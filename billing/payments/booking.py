"""What the gateway says of its transactions, turned into attempt states and journal entries.

Direction comes first, status second; each transaction is booked at most once; what fits nothing is parked for a
person, never dropped.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, or_, select

from billing import audit, steps
from billing.access import SYSTEM
from billing.clock import local_day
from billing.credits.tables import Payout
from billing.db import Work, table_of
from billing.inserting import insert_rows
from billing.invoices import service as invoices
from billing.invoices.tables import Invoice
from billing.ledger import rules
from billing.ledger.rules import EntryKind
from billing.money import MAX_CENTS
from billing.outbox import Task
from billing.payments import returns, service
from billing.payments.attempts import ASK_ONCE_MORE_AFTER, Attempt, advance, lock_attempts
from billing.payments.returns import RETURNS
from billing.payments.tables import BOOKED, ENDED, PARKED, WAITING, GatewayRecord, Payment, PaymentShare
from billing.ports import GatewayTransaction, Method, Outcome, TransactionKind
from billing.settlement import allocate
from billing.states import PaymentState

NO_MONEY = {TransactionKind.GROUP, TransactionKind.AUTHORIZATION}
_COLUMNS = tuple(column.name for column in table_of(GatewayRecord).columns if not column.primary_key)
UNDECIDED = {Outcome.AWAITING_CUSTOMER, Outcome.PENDING, Outcome.UNKNOWN}


@dataclass
class Known:
    """What we have on a batch of transactions, with everything that may change locked.

    attempts, payouts: by the key of the transaction. paid: invoices this batch settled, with the journal entry that
    did it, and the step that it was done in.
    """

    records: dict[str, GatewayRecord]
    attempts: dict[str, Attempt]
    payouts: dict[str, Payout]
    paid: list[tuple[Invoice, int, str | None]] = field(default_factory=list)


def record_transactions(
    work: Work, transactions: Sequence[GatewayTransaction], *, expects_test: bool, again: bool = False
) -> dict[str, str]:
    """Apply a batch of authenticated answers; returns a verdict per transaction key.

    expects_test: whether this installation's payments are test payments; the flag of each must agree. again: judge anew
    what is parked, as a person asked for.
    """
    ordered = sorted(transactions, key=lambda t: (t.kind in RETURNS, t.key))
    known = _lock_all(work, ordered)
    final = {BOOKED} if again else {BOOKED, PARKED}
    verdicts = {one.key: _record(work, known, one, expects_test, final) for one in ordered}
    for invoice, entry_id, led_by in known.paid:
        if not invoice.open_cents:
            with steps.resumed(led_by):
                about = (invoice.id or 0, invoice.account_id, f"paid:{entry_id}")
                invoices.ask_for_mails(work, Task.MAIL_PAID, [about])
    return verdicts


def _record(work: Work, known: Known, transaction: GatewayTransaction, expects_test: bool, final: Set[str]) -> str:
    record = known.records.get(transaction.key)
    is_new = record is None
    if record is None:
        record = known.records[transaction.key] = _new_record(work, known, transaction)
    elif record.verdict in final:
        return record.verdict
    else:
        for name, value in _may_differ(work, transaction).items():
            setattr(record, name, value)
        attempt = known.attempts.get(transaction.key)
        if record.payment_id is None and attempt is not None:
            record.payment_id = attempt.payment.id
    payment = known.attempts[transaction.key].payment if transaction.key in known.attempts else None
    with steps.step(
        "booking",
        after=payment.traceparent if payment else None,
        payment_id=record.payment_id,
        gateway_key=transaction.key,
    ):
        record.verdict, record.reason = _decide(work, known, record, transaction, expects_test)
    if is_new:
        work.defer(_write_records, record)
    if record.verdict == PARKED:
        _park(work, known, record)
    return record.verdict


def _decide(
    work: Work, known: Known, record: GatewayRecord, transaction: GatewayTransaction, expects_test: bool
) -> tuple[str, str]:
    """Verdict and reason; books when there is something to book."""
    if transaction.kind in NO_MONEY:
        return ENDED, transaction.kind.value
    if transaction.outcome is not Outcome.SUCCEEDED:
        return _without_money(work, known, transaction)
    problem = _mismatch(transaction, expects_test)
    if problem:
        return PARKED, problem
    attempt = known.attempts.get(transaction.key)
    if attempt is None:
        return PARKED, "unknown_payment"
    if transaction.kind in RETURNS:
        return returns.book_return(work, record, attempt, transaction, known.payouts.get(transaction.key))
    return _book_payment(work, known, record, attempt, transaction)


def _without_money(work: Work, known: Known, transaction: GatewayTransaction) -> tuple[str, str]:
    attempt, payout = known.attempts.get(transaction.key), known.payouts.get(transaction.key)
    if payout is not None and transaction.kind in RETURNS:
        undecided = transaction.outcome in UNDECIDED
        target = PaymentState.PENDING if undecided else service.STATE_OF[transaction.outcome]
        returns.hear(work, payout, transaction, target)
    if attempt is not None and transaction.kind is TransactionKind.PAYMENT and _is_own(attempt.payment, transaction):
        advance(
            work, attempt, service.STATE_OF[transaction.outcome], status_code=transaction.status_code,
            sub_code=transaction.sub_code,
        )  # fmt: skip
    if transaction.outcome is Outcome.UNKNOWN:
        return WAITING, "unknown_status"
    return (WAITING, "") if transaction.outcome in UNDECIDED else (ENDED, "")


def _mismatch(transaction: GatewayTransaction, expects_test: bool) -> str:
    if transaction.is_test != expects_test:
        return "test_flag"
    if transaction.currency != "EUR":
        return "currency"
    if not 0 < transaction.amount_cents <= MAX_CENTS:
        return "amount"
    return "unknown_kind" if transaction.kind is TransactionKind.UNKNOWN else ""


def _book_payment(
    work: Work, known: Known, record: GatewayRecord, attempt: Attempt, transaction: GatewayTransaction
) -> tuple[str, str]:
    payment = attempt.payment
    parts, rest_cents = allocate(transaction.amount_cents, [invoice.open_cents for invoice in attempt.invoices])
    shares = [(invoice, cents) for invoice, cents in zip(attempt.invoices, parts, strict=True) if cents]
    lines = rules.payment_received(
        account_id=payment.account_id, payment_id=payment.id,
        shares=[(invoice.id or 0, cents) for invoice, cents in shares], rest_cents=rest_cents,
    )  # fmt: skip
    entry_id = returns.post(work, EntryKind.PAYMENT_RECEIVED, record, lines)
    for invoice, cents in shares:
        invoices.settle(work, invoice, cents, on=record.received_on)
        if invoice.open_cents == 0:
            known.paid.append((invoice, entry_id, steps.current()))
    if _is_own(payment, transaction) or all(invoice.open_cents == 0 for invoice in attempt.invoices):
        advance(
            work, attempt, PaymentState.SUCCEEDED, status_code=transaction.status_code, sub_code=transaction.sub_code
        )
    if payment.collect_on is not None and returns.waiting(work, payment):
        payment.next_check_at = work.now
    if not _is_own(payment, transaction):
        # Paid by a copy of another amount; what was asked for may still arrive as well.
        payment.next_check_at = work.now + ASK_ONCE_MORE_AFTER
    returns.note(work, payment, "payment.booked", transaction, unallocated_cents=rest_cents)
    return BOOKED, "overpaid" if rest_cents else ""


def _park(work: Work, known: Known, record: GatewayRecord) -> None:
    attempt = known.attempts.get(record.provider_key)
    if attempt is None:
        return
    payment = attempt.payment
    if record.kind == TransactionKind.PAYMENT and payment.provider_key == record.provider_key:
        advance(work, attempt, PaymentState.PARKED, status_code=record.status_code, note=record.reason)
    chain = audit.of_account(payment.account_id)
    audit.record(work, SYSTEM, "payment.parked", chain=chain, subject=record.provider_key, reason=record.reason)


def _new_record(work: Work, known: Known, transaction: GatewayTransaction) -> GatewayRecord:
    attempt = known.attempts.get(transaction.key)
    payment = attempt.payment if attempt else None
    if payment is not None and payment.provider_key is None and transaction.attempt == payment.token:
        payment.provider_key = transaction.key
        work.session.add(payment)
    return GatewayRecord(
        provider_key=transaction.key, payment_id=payment.id if payment else None,
        original_key=transaction.original_key, invoice_number=transaction.invoice_number, recorded_at=work.now,
        verdict=WAITING, **_may_differ(work, transaction),
    )  # fmt: skip


def _may_differ(work: Work, transaction: GatewayTransaction) -> dict[str, Any]:
    """What may differ from what the gateway said of the same transaction before."""
    return {
        "kind": transaction.kind.value, "status_code": transaction.status_code,
        "amount_cents": transaction.amount_cents, "currency": transaction.currency, "is_test": transaction.is_test,
        "payer_name": transaction.payer_name, "reason_code": transaction.reason_code,
        "received_on": local_day(transaction.changed_at or work.now),
    }  # fmt: skip


def _write_records(work: Work, records: list[GatewayRecord]) -> None:
    insert_rows(work, GatewayRecord, [{name: getattr(record, name) for name in _COLUMNS} for record in records])


def _is_own(payment: Payment, transaction: GatewayTransaction) -> bool:
    """Whether this is the attempt's own transaction, not a copy that the gateway made for a wrong amount."""
    return payment.provider_key == transaction.key or payment.token == transaction.attempt


def _lock_all(work: Work, transactions: Sequence[GatewayTransaction]) -> Known:
    found = _payments_of(work, transactions)
    attempts = lock_attempts(work, [(payment.id or 0, payment.account_id) for payment in found.values()])
    audit.load_chains(work, [audit.of_account(payment.account_id) for payment in found.values()])
    # Read only now, under the locks: another worker may just have booked one of these.
    keys = [transaction.key for transaction in transactions]
    records = work.session.exec(select(GatewayRecord).where(work.among(col(GatewayRecord.provider_key), keys)))
    return Known(
        records={record.provider_key: record for record in records},
        attempts={key: attempts[payment.id or 0] for key, payment in found.items()},
        payouts=returns.payouts_of(work, [one for one in transactions if one.kind in RETURNS]),
    )


def _payments_of(work: Work, transactions: Sequence[GatewayTransaction]) -> dict[str, Payment]:
    """The attempt behind each transaction: by our token, by its key, or by the key of the one it undoes, which may come
    before it in the same batch."""
    tokens = [t.attempt for t in transactions if t.attempt]
    keys = [key for t in transactions for key in (t.key, t.original_key) if key]
    candidates = work.session.exec(
        select(Payment).where(or_(work.among(col(Payment.token), tokens), work.among(col(Payment.provider_key), keys)))
    ).all()
    by_token = {payment.token: payment for payment in candidates}
    by_key = {payment.provider_key: payment for payment in candidates if payment.provider_key}
    by_key |= _copies(work, keys, set(by_key))
    found: dict[str, Payment] = {}
    for transaction in transactions:
        payment = (
            found.get(transaction.original_key) or by_key.get(transaction.original_key)
            if transaction.kind in RETURNS
            else by_token.get(transaction.attempt) or by_key.get(transaction.key) or _transfer_for(work, transaction)
        )
        if payment is not None:
            found[transaction.key] = payment
    return found


def _copies(work: Work, keys: Sequence[str], seen: set[str]) -> dict[str, Payment]:
    """Attempts of transactions that we know only from their own records, such as a transfer of another amount."""
    statement = (
        select(GatewayRecord.provider_key, Payment)
        .join(Payment, col(Payment.id) == col(GatewayRecord.payment_id))
        .where(work.among(col(GatewayRecord.provider_key), [key for key in keys if key not in seen]))
    )
    return dict(work.session.exec(statement).all())


def _transfer_for(work: Work, transaction: GatewayTransaction) -> Payment | None:
    """A bank transfer of another amount comes as a transaction of its own, tied to us by the invoice alone."""
    if transaction.service.lower() != Method.TRANSFER or not transaction.invoice_number:
        return None
    return work.session.exec(
        select(Payment)
        .join(PaymentShare, col(PaymentShare.payment_id) == col(Payment.id))
        .join(Invoice, col(Invoice.id) == col(PaymentShare.invoice_id))
        .where(Invoice.number == transaction.invoice_number, Payment.method == Method.TRANSFER.value)
        .order_by(col(Payment.id).desc())
        .limit(1)
    ).first()
