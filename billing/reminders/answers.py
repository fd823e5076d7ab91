"""What a customer answers to a reminder without logging in: it has been paid already, or it will be on a day.

The link of a mail shows numbers and amounts and nothing else. Each link places each kind of hold once: telling it again
changes nothing, so nobody can put a payment off for ever.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from billing import tokens
from billing.access import Actor
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound, NothingToPay, PromiseRefused
from billing.invoices.tables import Invoice
from billing.money import require_payable
from billing.reminders import holds, service, tasks
from billing.reminders.tables import HoldKind, ReminderStep, TaskKind
from billing.tokens import Purpose

# So long we look for what a customer says was paid, and so late a promise may be.
SEARCH = timedelta(days=7)
LONGEST_PROMISE = timedelta(days=14)
LONG_AGO = timedelta(days=400)
BEARER = Actor(name="Herinnering")
HOW = ("transfer", "ideal", "card", "bancontact", "direct_debit", "other")


@dataclass(frozen=True)
class Asked:
    """What a link is about, as it stands now. numbers: only of what is still open. last_day: of a promise.

    paid_until, promised_until: how long we wait since this link was answered so; None when it was not.
    """

    numbers: tuple[str, ...]
    open_cents: int
    today: date
    last_day: date
    paid_until: date | None = None
    promised_until: date | None = None


@dataclass(frozen=True)
class SaysPaid:
    """What a customer says of a payment. how: one of HOW. cents: what was paid."""

    paid_on: date
    how: str
    cents: int


def asked(work: Work, token: str, signing_key: str) -> Asked:
    """What the bearer of a link may know. Raises NotFound."""
    step = _step(work, token, signing_key)
    still_open = _still_open(work, step)
    today = local_day(work.now)
    given = holds.by_links(work, [_key(step, kind) for kind in (HoldKind.SAYS_PAID, HoldKind.PROMISE)])
    until = {hold.kind: hold.until for hold in given}
    return Asked(
        numbers=tuple(invoice.number or "" for invoice in still_open),
        open_cents=sum(invoice.open_cents for invoice in still_open), today=today, last_day=today + LONGEST_PROMISE,
        paid_until=until.get(HoldKind.SAYS_PAID), promised_until=until.get(HoldKind.PROMISE),
    )  # fmt: skip


def says_paid(work: Work, token: str, signing_key: str, told: SaysPaid) -> None:
    """Look for money that a customer says was paid, and send no reminder meanwhile.

    Raises NotFound, NothingToPay, InvalidAmount, or PromiseRefused for a day or a way to pay that can't be.
    """
    step, today = _step_that_is_owed(work, token, signing_key), local_day(work.now)
    if not today - LONG_AGO <= told.paid_on <= today:
        raise PromiseRefused(reason="paid_on")
    if told.how not in HOW:
        raise PromiseRefused(reason="how")
    said = {"cents": require_payable(told.cents), "paid_on": told.paid_on.isoformat(), "how": told.how}
    key = _key(step, HoldKind.SAYS_PAID)
    holds.place(work, BEARER, step.account_id, HoldKind.SAYS_PAID, until=today + SEARCH, said=said, link_key=key)
    numbers = [one["number"] for one in step.invoices]
    tasks.add(work, step.account_id, TaskKind.PAID, key, said | {"invoices": numbers}, case_id=step.case_id)


def promises(work: Work, token: str, signing_key: str, pay_on: date) -> None:
    """Wait for a payment through a day that a customer names, within two weeks.

    Raises NotFound, NothingToPay, PromiseRefused.
    """
    step, today = _step_that_is_owed(work, token, signing_key), local_day(work.now)
    if not today <= pay_on <= today + LONGEST_PROMISE:
        raise PromiseRefused(reason="pay_on")
    key = _key(step, HoldKind.PROMISE)
    holds.place(work, BEARER, step.account_id, HoldKind.PROMISE, until=pay_on, link_key=key)


def _step(work: Work, token: str, signing_key: str) -> ReminderStep:
    [step_id] = tokens.read(Purpose.REMINDER, signing_key, token, 1)
    step = work.session.get(ReminderStep, step_id)
    if step is None:
        raise NotFound()
    return step


def _step_that_is_owed(work: Work, token: str, signing_key: str) -> ReminderStep:
    step = _step(work, token, signing_key)
    if not _still_open(work, step):
        raise NothingToPay()
    return step


def _still_open(work: Work, step: ReminderStep) -> list[Invoice]:
    return [one for one in service.invoices_of(work, [one["id"] for one in step.invoices]) if one.open_cents]


def _key(step: ReminderStep, kind: HoldKind) -> str:
    return f"{kind.value}:{step.id}"
