"""Receipts that came in, or went back, through the gateway: those we know, and those that only the gateway knows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from billing import inbox
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.lights import clearing, in_books, rules
from billing.lights.in_books import Settled
from billing.lights.receipts import Receipt, Span, Terms, lit
from billing.lights.rules import AtGateway, Found, Source
from billing.lights.tables import GatewaySeen
from billing.payments.tables import BOOKED, PARKED, GatewayRecord, Payment, PaymentShare
from billing.ports import Outcome, TransactionKind

_MONEY = [kind.value for kind in (TransactionKind.PAYMENT, TransactionKind.REFUND, TransactionKind.REVERSAL,
                                  TransactionKind.CHARGEBACK)]  # fmt: skip
# So many tries of a message that can be understood are never needed.
STUCK_AFTER = 3


@dataclass(frozen=True)
class _Facts:
    """Everything about some transactions, by their keys. there: journal keys that are not paid out yet; since: from
    which day on the bank is known."""

    booked: dict[str, int]
    waiting: dict[str, tuple[int, str]]
    payments: dict[int, tuple[Payment, str]]
    settled: dict[int, Settled]
    meant_for: dict[int, tuple[str, ...]]
    there: dict[str, date]
    since: date | None
    today: date


def receipts(work: Work, span: Span, terms: Terms) -> list[Receipt]:
    """All of some days, by the day on which the gateway says that it happened."""
    days = (span.first, span.last)
    known = select(GatewayRecord.provider_key).where(
        col(GatewayRecord.received_on).between(*days), col(GatewayRecord.verdict).in_([BOOKED, PARKED]),
        col(GatewayRecord.kind).in_(_MONEY),
    )  # fmt: skip
    seen = select(GatewaySeen.provider_key).where(
        col(GatewaySeen.changed_on).between(*days), GatewaySeen.outcome == Outcome.SUCCEEDED.value,
        col(GatewaySeen.kind).in_(_MONEY),
    )  # fmt: skip
    found = _of_keys(work, {*work.session.exec(known), *work.session.exec(seen)}, terms)
    return [receipt for receipt in found if span.first <= receipt.day <= span.last]


def receipt(work: Work, key: str, terms: Terms) -> Receipt | None:
    """One transaction; None when neither we nor the gateway have ever spoken of it."""
    return next(iter(_of_keys(work, {key}, terms)), None)


def _of_keys(work: Work, keys: Collection[str], terms: Terms) -> list[Receipt]:
    records = {one.provider_key: one for one in work.session.exec(
        select(GatewayRecord).where(col(GatewayRecord.provider_key).in_(keys)))}  # fmt: skip
    seen = {one.provider_key: one for one in work.session.exec(
        select(GatewaySeen).where(col(GatewaySeen.provider_key).in_(keys)))}  # fmt: skip
    of_seen = {one.payment_id for one in seen.values() if one.payment_id}
    ids = of_seen | {one.payment_id for one in records.values() if one.payment_id}
    facts = _facts(work, keys, ids, terms)
    return [
        _receipt(key, records.get(key), seen.get(key), facts) for key in keys if key in records or key in seen
    ]  # fmt: skip


def _receipt(key: str, record: GatewayRecord | None, seen: GatewaySeen | None, facts: _Facts) -> Receipt:
    told = record or seen
    assert told is not None
    payment_id = told.payment_id or (seen.payment_id if seen else None)
    payment, account = facts.payments.get(payment_id or 0, (None, ""))
    settled = facts.settled.get(payment_id or 0, in_books.NOTHING)
    day = record.received_on if record else seen.changed_on if seen else facts.today
    tries, trouble = facts.waiting.get(key, (-1, ""))
    both = AtGateway(
        cents=told.amount_cents, said=seen.outcome if seen else "", said_cents=seen.amount_cents if seen else 0,
        verdict=record.verdict if record else "", reason=trouble or (record.reason if record else ""),
        booked_cents=facts.booked.get(f"gateway:{key}"), waits=tries >= 0, is_stuck=tries > STUCK_AFTER,
    )  # fmt: skip
    is_booked = both.booked_cents is not None
    found = {
        Source.BANK: _at_bank(key, day, facts, is_booked=is_booked),
        Source.GATEWAY: rules.gateway(both),
        Source.BOOKS: settled.found if is_booked else rules.NOTHING,
        Source.DASHBOARD: rules.dashboard(both),
    }
    meant_for = facts.meant_for.get(payment_id or 0, ())
    return Receipt(
        key=f"gateway:{key}", day=day, cents=told.amount_cents if told.kind == TransactionKind.PAYMENT else
        -told.amount_cents, kind=payment.method if payment and told.kind == TransactionKind.PAYMENT else told.kind,
        who=account or told.payer_name, payment_id=payment_id, entry_ids=settled.entry_ids,
        numbers=settled.numbers or meant_for or tuple(filter(None, [told.invoice_number])), **lit(found),
    )  # fmt: skip


def _at_bank(key: str, day: date, facts: _Facts, *, is_booked: bool) -> Found:
    if facts.since is None or day < facts.since:
        return rules.NOTHING
    return rules.bank(
        is_paid_out=is_booked and f"gateway:{key}" not in facts.there, expected_on=clearing.expected_on(day),
        last_on=clearing.late_after(day), today=facts.today,
    )  # fmt: skip


def _facts(work: Work, keys: Collection[str], ids: Collection[int], terms: Terms) -> _Facts:
    since = clearing.bank_since(work)
    return _Facts(
        booked=_booked(work, keys), waiting=_waiting(work, keys), payments=_payments(work, ids),
        settled=in_books.of_payments(work, terms.administration, ids), meant_for=_meant_for(work, ids),
        there=clearing.still_there(work, since) if since else {}, since=since, today=local_day(work.now),
    )  # fmt: skip


def _booked(work: Work, keys: Collection[str]) -> dict[str, int]:
    """What moved on the clearing account, by journal key."""
    statement = (
        select(JournalEntry.source_key, func.sum(Posting.cents))
        .join(Posting, col(Posting.entry_id) == col(JournalEntry.id))
        .where(
            col(JournalEntry.source_key).in_([f"gateway:{key}" for key in keys]),
            Posting.ledger_account == LedgerAccount.GATEWAY_CLEARING.value,
        )
        .group_by(col(JournalEntry.source_key))
    )
    return {key: int(cents) for key, cents in work.session.exec(statement)}


def _waiting(work: Work, keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """Messages that have not been dealt with: how often they were tried, and what came of it."""
    statement = select(InboxMessage.key, InboxMessage.tries, InboxMessage.verdict).where(
        InboxMessage.state == inbox.NEW, col(InboxMessage.key).in_(keys)
    )
    return {key: (tries, verdict) for key, tries, verdict in work.session.exec(statement)}


def _payments(work: Work, ids: Collection[int]) -> dict[int, tuple[Payment, str]]:
    statement = select(Payment, Account.name).join(Account, col(Account.id) == col(Payment.account_id))
    found = work.session.exec(statement.where(col(Payment.id).in_(ids)))
    return {payment.id or 0: (payment, name) for payment, name in found}


def _meant_for(work: Work, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The invoices that attempts were made for."""
    statement = (
        select(PaymentShare.payment_id, Invoice.number)
        .join(Invoice, col(Invoice.id) == col(PaymentShare.invoice_id))
        .where(col(PaymentShare.payment_id).in_(ids))
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    numbers: dict[int, tuple[str, ...]] = {}
    for payment_id, number in work.session.exec(statement):
        numbers[payment_id] = (*numbers.get(payment_id, ()), number or "")
    return numbers
