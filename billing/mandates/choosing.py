"""A customer chooses the day on which an invoice is collected, after a return or just so."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor, Permission
from billing.clock import local_day
from billing.db import Work
from billing.errors import DateRefused, MandateRefused, NothingToPay, PaymentUnderWay
from billing.invoices.queries import visible_invoices
from billing.invoices.tables import Invoice
from billing.mandates import plans, service
from billing.mandates.rules import LONGEST_CHOICE, MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments import debits
from billing.states import CollectionState, MandateState
from billing.workdays import is_bank_day

_TRIED = (CollectionState.COLLECTED.value, CollectionState.FAILED.value, CollectionState.RETURNED.value)


@dataclass(frozen=True)
class Choice:
    """From which day to which one may be chosen; only bank days."""

    first: date
    last: date


def choose_new_date(work: Work, actor: Actor, number: str, day: date, limits: MandateRules) -> Collection:
    """Plan to collect an invoice on a day of the customer's choice, announced anew; a paused mandate is resumed by it.

    Raises NotFound, NotAllowed, CheckNeeded, NothingToPay, PaymentUnderWay, MandateRefused (no_mandate, maximum), or
    DateRefused for a day that is no bank day, too early to tell the customer in time, or more than 30 days ahead.
    """
    account_id = visible_invoices(work, actor, [number])[0].account_id
    access.require_checked(work, actor, Permission.MANDATE_MANAGE, account_id)
    locks.account(work, account_id)
    invoice = _invoice(work, number)
    mandate = _mandate_for(work, invoice)
    _require_possible(work, mandate, day, limits)
    old = plans.live_plan(work, invoice.id or 0)
    if old is not None:
        plans.withdraw(work, old, plans.NEW_DATE)
    if mandate.state == MandateState.PAUSED:
        service.resume_now(work, actor, mandate)
    again = 2 if _was_tried(work, invoice) else 1
    made = plans.new_plan(work, mandate, invoice, limits, wished=day, round_=again, chosen_by=actor.name)
    audit.record(
        work, actor, "collection.date_chosen", chain=audit.of_account(account_id), subject=number, on=day.isoformat()
    )
    return made


def choice(work: Work, mandate: Mandate, limits: MandateRules) -> Choice:
    """The days that may be chosen today."""
    today = local_day(work.now)
    first = plans.first_day(work, mandate, wished=today, notice_days=limits.notice_days)
    return Choice(first, max(first, today + LONGEST_CHOICE))


def _invoice(work: Work, number: str) -> Invoice:
    invoice_id = work.session.exec(select(Invoice.id).where(Invoice.number == number)).one() or 0
    invoice = locks.invoices(work, [invoice_id])[invoice_id]
    if not invoice.open_cents:
        raise NothingToPay()
    if debits.is_under_way(work, invoice):
        raise PaymentUnderWay()
    return invoice


def _mandate_for(work: Work, invoice: Invoice) -> Mandate:
    mandate = service.live_mandate(work, invoice.account_id)
    if mandate is None:
        raise MandateRefused(reason="no_mandate")
    if plans.is_too_much(mandate, invoice.open_cents):
        raise MandateRefused(reason="maximum", maximum_cents=mandate.maximum_cents)
    return mandate


def _require_possible(work: Work, mandate: Mandate, day: date, limits: MandateRules) -> None:
    days = choice(work, mandate, limits)
    reason = "early" if day < days.first else "late" if day > days.last else "" if is_bank_day(day) else "no_bank_day"
    if reason:
        raise DateRefused(reason=reason, first=days.first.isoformat(), last=days.last.isoformat())


def _was_tried(work: Work, invoice: Invoice) -> bool:
    tried = select(Collection.id).where(Collection.invoice_id == invoice.id, col(Collection.state).in_(_TRIED))
    return work.session.exec(tried.limit(1)).first() is not None
