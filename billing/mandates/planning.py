"""Putting collections on the calendar and telling of them in time. One account and one transaction each."""

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from billing import audit, locks
from billing.access import SYSTEM
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import ISSUED, Invoice
from billing.mandates import plans, rules, switches, telling
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments import debits
from billing.states import LIVE_COLLECTIONS, CollectionState, MandateState
from billing.workdays import ONE_DAY

# Nothing was debited, so it may be planned again.
_OFF = (CollectionState.WITHDRAWN.value, CollectionState.RECALLED.value)
_UNSENT = [state.value for state in plans.UNSENT]


def accounts_to_plan(work: Work, limit: int) -> list[int]:
    """Accounts with an invoice to be put on the calendar; a look that takes no lock.

    An invoice that was tried, or of which the customer could not be told, is not planned again by itself: that takes a
    retry of the one kind there is, or a choice of the customer.
    """
    due = select(Invoice.account_id).join(Mandate, col(Mandate.account_id) == col(Invoice.account_id))
    due = due.where(Mandate.state == MandateState.ACTIVE.value, *_plannable()).distinct().limit(limit)
    return list(work.session.exec(due))


def plan(work: Work, account_id: int, limits: MandateRules) -> int:
    """Put an account's open invoices on the calendar; returns how many."""
    if not locks.free_account(work, account_id):
        return 0
    mandate = plans.active_mandate(work, account_id)
    if mandate is None:
        return 0
    found = select(Invoice).join(Mandate, col(Mandate.id) == mandate.id)
    found = found.where(Invoice.account_id == account_id, *_plannable()).order_by(col(Invoice.due_on), col(Invoice.id))
    invoices = work.session.exec(found).all()
    for invoice in invoices:
        plans.new_plan(work, mandate, invoice, limits, wished=invoice.due_on or local_day(work.now))
    return len(invoices)


def accounts_to_settle(work: Work, limit: int) -> list[int]:
    """Accounts with a plan for an invoice of which nothing is open any more; a look that takes no lock."""
    due = select(Collection.account_id).join(Invoice, col(Invoice.id) == col(Collection.invoice_id))
    due = due.where(col(Collection.state).in_(_UNSENT), Invoice.open_cents == 0)
    return list(work.session.exec(due.distinct().limit(limit)))


def drop_settled(work: Work, account_id: int) -> int:
    """Withdraw the plans for what was paid or credited meanwhile; returns how many."""
    if not locks.free_account(work, account_id):
        return 0
    settled = select(Collection).join(Invoice, col(Invoice.id) == col(Collection.invoice_id))
    settled = settled.where(
        Collection.account_id == account_id, col(Collection.state).in_(_UNSENT), Invoice.open_cents == 0
    )
    return sum(plans.withdraw(work, collection, plans.SETTLED) for collection in work.session.exec(settled).all())


def accounts_to_tell(work: Work, limits: MandateRules, limit: int) -> list[int]:
    """Accounts with a collection to be announced; a look that takes no lock."""
    due = select(Collection.account_id).where(
        Collection.state == CollectionState.PLANNED.value,
        col(Collection.collect_on) <= local_day(work.now) + limits.notice_days * ONE_DAY,
    )
    return list(work.session.exec(due.distinct().limit(limit)))


def announce(work: Work, account_id: int, limits: MandateRules) -> int:
    """Tell a customer of the collections that are near enough; returns of how many.

    Nothing is announced while all collections are frozen, or for an invoice for which other money is on its way.
    """
    if switches.is_frozen(work) or not locks.free_account(work, account_id):
        return 0
    mandate = plans.active_mandate(work, account_id)
    if mandate is None:
        return 0
    latest = local_day(work.now) + limits.notice_days * ONE_DAY
    due = [
        one
        for one in plans.unsent_by(work, mandate)
        if one.state == CollectionState.PLANNED and one.collect_on <= latest
    ]
    return sum(_announce(work, collection, mandate, limits.creditor_id) for collection in due)


def reference_for(work: Work, invoice: Invoice) -> str:
    """Reference of the mandate by which an invoice is collected, or will be or was; empty when the customer pays it."""
    collected = (CollectionState.COLLECTED.value, *(state.value for state in LIVE_COLLECTIONS))
    by_plan = select(Mandate.reference).join(Collection, col(Collection.mandate_id) == col(Mandate.id))
    by_plan = by_plan.where(Collection.invoice_id == invoice.id, col(Collection.state).in_(collected))
    to_plan = select(Mandate.reference).join(Invoice, col(Invoice.account_id) == col(Mandate.account_id))
    to_plan = to_plan.where(Invoice.id == invoice.id, Mandate.state == MandateState.ACTIVE.value, *_plannable())
    return work.session.exec(by_plan).first() or work.session.exec(to_plan).first() or ""


def _announce(work: Work, collection: Collection, mandate: Mandate, creditor_id: str) -> bool:
    invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
    if not invoice.open_cents:
        return plans.withdraw(work, collection, plans.SETTLED)
    if plans.is_too_much(mandate, invoice.open_cents):
        return plans.withdraw(work, collection, plans.OVER_MAXIMUM)
    if debits.is_under_way(work, invoice):
        return False
    readers = telling.readers(work, collection.account_id)
    if readers is None:
        # Nobody there to be told, so nothing may be collected.
        return False
    if not readers.ids:
        collection.for_staff = True
        return plans.withdraw(work, collection, plans.UNTOLD)
    # The worker may have stood still since it was planned: the customer gets the whole term all the same.
    day = plans.first_day(work, mandate, wished=collection.collect_on, notice_days=collection.notice_days)
    telling.announce(
        work, collection, invoice, readers, collect_on=day.isoformat(), reference=mandate.reference,
        iban=mandate.iban_mask, creditor=creditor_id,
    )  # fmt: skip
    collection.collect_on, collection.submit_on = day, rules.submit_on(day)
    collection.announced_cents, collection.announced_at = invoice.open_cents, work.now
    audit.record(
        work, SYSTEM, "collection.announced", chain=audit.of_account(collection.account_id),
        subject=invoice.number or "", cents=invoice.open_cents, on=day.isoformat(),
    )  # fmt: skip
    return plans.advance(work, collection, CollectionState.ANNOUNCED)


def _plannable() -> tuple[ColumnElement[bool], ...]:
    """What an invoice beside its mandate needs to be put on the calendar."""
    is_over = or_(col(Collection.state).not_in(_OFF), col(Collection.reason) == plans.UNTOLD)
    tried = exists().where(col(Collection.invoice_id) == col(Invoice.id), is_over)
    allowed = or_(col(Mandate.maximum_cents).is_(None), col(Invoice.open_cents) <= col(Mandate.maximum_cents))
    return col(Invoice.state) == ISSUED, col(Invoice.open_cents) > 0, allowed, ~tried
