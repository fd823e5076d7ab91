"""Giving an announced collection to the gateway, once: what still holds is looked at again under lock, right before."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from billing import locks
from billing.clock import AMSTERDAM, local_day
from billing.db import Work
from billing.errors import PaymentUnderWay
from billing.invoices.tables import Invoice
from billing.mandates import following, notices, plans, rules, switches
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments import debits
from billing.payments.service import OpenedPayment
from billing.payments.tables import Payment
from billing.ports import Method
from billing.states import CollectionState, PaymentState

# A line to the gateway that just swallowed an order is given a rest: the next one might be swallowed as well.
REST_AFTER_SILENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Submission:
    """An order for the gateway, and the attempt behind it. mandate_id, original_key: as DebitOrder has them."""

    opened: OpenedPayment
    collect_on: date
    mandate_id: str
    original_key: str


def due(work: Work, limit: int) -> list[int]:
    """Collections that the gateway is to have by now, the most urgent first; a look that takes no lock."""
    if switches.is_frozen(work) or line_rests(work):
        return []
    found = select(Collection.id).where(
        Collection.state == CollectionState.ANNOUNCED.value, col(Collection.submit_on) <= local_day(work.now)
    )
    return [one or 0 for one in work.session.exec(found.order_by(col(Collection.submit_on)).limit(limit))]


def account_of(work: Work, collection_id: int) -> int:
    """Whose collection it is."""
    return work.session.exec(select(Collection.account_id).where(Collection.id == collection_id)).one()


def claim(work: Work, collection_id: int, limits: MandateRules) -> Submission | None:
    """Write down that a collection is being submitted, for what is open now and never for more than was announced.

    None when it is not to be submitted, now or at all: frozen, paid meanwhile, more to pay than was announced, too late
    for the announced day, other money on its way, or no mandate any more. A new plan then tells the customer anew.
    """
    account_id = account_of(work, collection_id)
    if not locks.free_account(work, account_id):
        return None
    # What became of earlier collections may stop the mandate, or everything: nothing goes out before it is dealt with.
    following.catch_up(work, account_id, limits)
    if switches.is_frozen(work):
        return None
    collection = work.session.get_one(Collection, collection_id, populate_existing=True)
    mandate = plans.active_mandate(work, account_id)
    if collection.state != CollectionState.ANNOUNCED or mandate is None or mandate.id != collection.mandate_id:
        return None
    invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
    why_not = _why_not(work, collection, mandate, invoice) or notices.why_untold(work, collection)
    if why_not:
        notices.call_off(work, collection, mandate, invoice, why_not, limits)
        return None
    if mandate.debits_from is None or mandate.debits_from > work.now or not notices.has_left(work, collection):
        return None
    return _submit(work, collection, mandate, invoice)


def _why_not(work: Work, collection: Collection, mandate: Mandate, invoice: Invoice) -> str:
    if not invoice.open_cents:
        return plans.SETTLED
    if invoice.open_cents > (collection.announced_cents or 0):
        return plans.GREW
    if plans.is_too_much(mandate, invoice.open_cents):
        return plans.OVER_MAXIMUM
    earliest = rules.earliest_debit(work.now.astimezone(AMSTERDAM))
    return plans.MISSED if earliest > collection.collect_on else ""


def _submit(work: Work, collection: Collection, mandate: Mandate, invoice: Invoice) -> Submission | None:
    try:
        opened = debits.open_debit(work, invoice, cents=invoice.open_cents, collect_on=collection.collect_on)
    except PaymentUnderWay:
        return None
    collection.payment_id, collection.submitted_at = opened.payment_id, work.now
    mandate.last_used_on = collection.collect_on
    work.session.add(mandate)
    plans.advance(work, collection, CollectionState.SUBMITTED)
    signed = mandate.payment_id is None
    return Submission(
        opened, collection.collect_on, mandate_id=mandate.reference if signed else "",
        original_key="" if signed else mandate.provider_key or "",
    )  # fmt: skip


def line_rests(work: Work) -> bool:
    """Whether the gateway swallowed an order a moment ago, so that it is given none for now."""
    silent = select(Payment.id).where(
        Payment.method == Method.DIRECT_DEBIT.value, Payment.state == PaymentState.UNKNOWN.value,
        col(Payment.next_check_at).is_not(None), col(Payment.created_at) > work.now - REST_AFTER_SILENCE,
    )  # fmt: skip
    return work.session.exec(silent.limit(1)).first() is not None
