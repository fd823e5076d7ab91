"""How fresh everything is that the lights are told from, and what holds back what can hurt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select

from billing import outbox
from billing.accounts.tables import Account
from billing.bank.tables import Statement, StatementState
from billing.bookkeeping.report import standing as books_standing
from billing.bookkeeping.tables import BookEntry
from billing.clock import local_day
from billing.db import Work
from billing.deliveries.reports import DeliveryState
from billing.deliveries.tables import MailDelivery
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.ledger.tables import JournalEntry, Posting
from billing.lights.receipts import Span, Terms
from billing.lights.tables import BookSeen
from billing.mandates import switches
from billing.outbox import OutboxMessage
from billing.reminders import facts, planning, volume
from billing.reminders.gates import Gate
from billing.reminders.rules import MAILED, ReminderRules
from billing.reminders.service import Run
from billing.reminders.tables import ReminderStep, StepResult
from billing.runs.rules import RunRules
from billing.stops.tables import OrderState, StopOrder
from billing.taxes.queries import unknown_numbers

A_WEEK = timedelta(days=7)
_MAILS = ("mail_invoice", "mail_paid", "mail_account", "mail_credit_note", "mail_reminder")
_UNDELIVERED = (DeliveryState.BOUNCED.value, DeliveryState.REFUSED.value)


@dataclass(frozen=True)
class Fresh:
    """When each feed was last heard, None for never. stale: those that the gates find too old. books_trouble: why
    nothing goes to the bookkeeping, books_is_connected: whether one is there at all. mails_…: of the last week."""

    bank: datetime | None
    gateway: datetime | None
    books: datetime | None
    books_is_connected: bool
    books_trouble: str
    stale: tuple[str, ...]
    mails_waiting: int
    mails_undelivered: int


@dataclass(frozen=True)
class Brakes:
    """reminders_held: names of what keeps every reminder back. sent, postponed: of today. low, high: the band round the
    usual size, None when there is nothing to compare with or it is too small to matter. is_held: today's run waits for
    a person. vat_tasks: customers who moved out of the Union, or whose VAT number is not known. stops_asked,
    stops_approved: services that one, or two people want to stop. entries, balanced: of the journal in these days."""

    reminders_held: tuple[str, ...]
    is_quiet: bool
    sent: int
    postponed: int
    low: int | None
    high: int | None
    is_held: bool
    vat_tasks: int
    stops_asked: int
    stops_approved: int
    entries: int
    balanced: int


@dataclass(frozen=True)
class Standing:
    fresh: Fresh
    brakes: Brakes


def standing(work: Work, span: Span, terms: Terms, limits: RunRules, rules: ReminderRules) -> Standing:
    """Both, as things are now."""
    return Standing(_fresh(work, terms), _brakes(work, span, Run(rules, limits)))


def _fresh(work: Work, terms: Terms) -> Fresh:
    books = books_standing(work, terms.administration)
    imported = select(func.max(Statement.imported_at)).where(Statement.state == StatementState.BOOKED.value)
    since = work.now - A_WEEK
    waiting = select(func.count()).where(
        OutboxMessage.state == outbox.WAITING, col(OutboxMessage.task).in_(_MAILS), col(OutboxMessage.due_at) < work.now
    )
    undelivered = select(func.count()).where(col(MailDelivery.state).in_(_UNDELIVERED), MailDelivery.at > since)
    return Fresh(
        bank=work.session.exec(imported).one(), gateway=feeds.fresh_at(work, Feed.GATEWAY),
        books=_books_heard(work, terms.administration), books_is_connected=bool(terms.administration),
        books_trouble=books.trouble, stale=feeds.stale(work), mails_waiting=work.session.exec(waiting).one(),
        mails_undelivered=work.session.exec(undelivered).one(),
    )  # fmt: skip


def _books_heard(work: Work, administration: str) -> datetime | None:
    """When the bookkeeping last answered: as a document was handed over, or looked at."""
    ours = BookEntry.administration == administration
    handed = work.session.exec(select(func.max(BookEntry.handed_over_at)).where(ours)).one()
    seen = select(func.max(BookSeen.seen_at)).join(BookEntry, col(BookEntry.id) == col(BookSeen.entry_id)).where(ours)
    return max(filter(None, [handed, work.session.exec(seen).one()]), default=None)


def _brakes(work: Work, span: Span, run: Run) -> Brakes:
    measured = volume.measured(work, run, [])
    sent = measured.volume.invoices if measured.volume else 0
    usual = measured.usual.invoices if measured.usual else 0
    is_small = max(sent, usual) < run.limits.small
    orders = dict(work.session.exec(select(StopOrder.state, func.count()).group_by(col(StopOrder.state))).all())
    postponed, is_held = _postponed(work)
    return Brakes(
        reminders_held=_held(work), is_quiet=not planning.may_mail_now(work), sent=sent, postponed=postponed,
        low=None if is_small or not usual else usual // run.limits.factor,
        high=None if is_small or not usual else usual * run.limits.factor, is_held=is_held, vat_tasks=_vat_tasks(work),
        stops_asked=orders.get(OrderState.PROPOSED.value, 0), stops_approved=orders.get(OrderState.APPROVED.value, 0),
        **_journal(work, span),
    )  # fmt: skip


def _vat_tasks(work: Work) -> int:
    moving = work.session.exec(select(func.count()).where(col(Account.moving_to).is_not(None))).one()
    return moving + len(unknown_numbers(work))


def _held(work: Work) -> tuple[str, ...]:
    """What keeps everybody's reminders back at once: the same facts that the gates look at."""
    frozen = ("frozen",) if switches.is_frozen(work) else ()
    pushes = ("pushes",) if facts.unread_pushes(work) else ()
    return (*(f"stale_{name}" for name in feeds.stale(work)), *pushes, *frozen)


def _postponed(work: Work) -> tuple[int, bool]:
    """How many mails of today wait, and whether any of them does because the run is too large."""
    statement = select(ReminderStep).where(
        ReminderStep.decided_on == local_day(work.now), ReminderStep.result == StepResult.POSTPONED.value,
        col(ReminderStep.kind).in_([kind.value for kind in MAILED]),
    )  # fmt: skip
    steps = work.session.exec(statement).all()
    closed = {gate["gate"] for step in steps for gate in step.gates if not gate["open"]}
    return len(steps), Gate.VOLUME.value in closed


def _journal(work: Work, span: Span) -> dict[str, int]:
    balances = (
        select(func.coalesce(func.sum(Posting.cents), 1))
        .join_from(JournalEntry, Posting, col(Posting.entry_id) == col(JournalEntry.id), isouter=True)
        .where(col(JournalEntry.occurred_on).between(span.first, span.last))
        .group_by(col(JournalEntry.id))
    )
    found = [int(cents) for cents in work.session.exec(balances)]
    return {"entries": len(found), "balanced": found.count(0)}
