"""What operators watch: whether the tables fit this version of the program, and how much work is waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import col, func, select, text

from billing import inbox, outbox, pulse
from billing.bookkeeping.tables import BookEntry, EntryState
from billing.db import Work
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.inbox import InboxMessage
from billing.invoices.tables import NumberSeries
from billing.listeners.tables import Delivery, DeliveryState, Listener
from billing.outbox import OutboxMessage
from billing.payments.tables import NOT_OVER, GatewayRecord, Payment
from billing.renewals.tables import DomainRenewal, RenewalState
from billing.troubles.tables import Trouble

SERIES = "F"
# The lanes without which nobody's payment is seen and no mail leaves.
LANES = ("money", "paper")
SILENT_AFTER = timedelta(minutes=2)
# Rows that are tried again later are due only then, so that these are rows that nobody takes.
STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Counts:
    """Rows by what they wait for. parked, renewals_held: gateway transactions, and renewals of domains, that a person
    has to look at. webhooks_…: messages to systems of the host, and those systems that take none. books_…: documents on
    their way to the bookkeeping, refused by it, or with money there that is unknown here. troubles: what the worker
    tries in vain, again and again. …_oldest_seconds: how long the one that was put first has been waiting. …_ages: in
    seconds, by name. invariants_broken: when they were last looked at."""

    inbox_waiting: int
    inbox_oldest_seconds: int
    outbox_waiting: int
    outbox_oldest_seconds: int
    outbox_given_up: int
    parked: int
    renewals_held: int
    webhooks_waiting: int
    webhooks_failing: int
    books_waiting: int
    books_held: int
    books_foreign: int
    troubles: int
    invoices_issued: int
    invariants_broken: int
    feed_ages: Mapping[str, int]
    pulse_ages: Mapping[str, int]
    payments_by_state: Mapping[str, int]


def schema_is_current(work: Work) -> bool:
    """Whether the database has what this program needs: the migrations that it knows, or also later ones, which only
    add, so that a version can go on beside the next one."""
    there = MigrationContext.configure(work.session.connection()).get_current_heads()
    return there == _known_heads() or all(one.isdecimal() and one > max(_known_heads()) for one in there or ("",))


def counts(work: Work) -> Counts:
    """How much is waiting, and how old what is known is. payments_by_state: of attempts that are not over."""
    arrived = select(func.count(), func.min(InboxMessage.received_at)).where(col(InboxMessage.state) == inbox.NEW)
    # Each by its own index, of which a row drops out when it is over: what is over are millions.
    put = select(func.count(), func.min(OutboxMessage.created_at)).where(OutboxMessage.state == outbox.WAITING)
    given_up = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == outbox.GIVEN_UP)
    parked = select(func.count()).where(col(GatewayRecord.verdict) == "parked")
    held = select(func.count()).where(col(DomainRenewal.state) == RenewalState.HELD.value)
    told = select(func.count()).where(col(Delivery.state) == DeliveryState.WAITING.value)
    failing = select(func.count()).where(col(Listener.failing_since).is_not(None), col(Listener.off_at).is_(None))
    books = dict(work.session.exec(select(BookEntry.state, func.count()).group_by(BookEntry.state)).all())
    foreign = select(func.count()).where(col(BookEntry.foreign_cents) != 0)
    payments = select(Payment.state, func.count()).where(text(NOT_OVER))
    issued = select(func.coalesce(func.sum(NumberSeries.last), 0)).where(NumberSeries.series == SERIES)
    inbox_waiting, inbox_oldest = work.session.exec(arrived).one()
    outbox_waiting, outbox_oldest = work.session.exec(put).one()
    pulses = pulse.everything(work)
    return Counts(
        inbox_waiting=inbox_waiting,
        inbox_oldest_seconds=_age(work, inbox_oldest),
        outbox_waiting=outbox_waiting,
        outbox_oldest_seconds=_age(work, outbox_oldest),
        outbox_given_up=work.session.exec(given_up).one(),
        parked=work.session.exec(parked).one(),
        renewals_held=work.session.exec(held).one(),
        webhooks_waiting=work.session.exec(told).one(),
        webhooks_failing=work.session.exec(failing).one(),
        books_waiting=books.get(EntryState.WAITING, 0),
        books_held=books.get(EntryState.HELD, 0),
        books_foreign=work.session.exec(foreign).one(),
        troubles=work.session.exec(select(func.count()).select_from(Trouble)).one(),
        invoices_issued=work.session.exec(issued).one(),
        invariants_broken=pulses[pulse.INVARIANTS].found if pulse.INVARIANTS in pulses else 0,
        feed_ages={feed.value: _age(work, heard) for feed in Feed if (heard := feeds.fresh_at(work, feed)) is not None},
        pulse_ages={name: _age(work, one.at) for name, one in pulses.items()},
        payments_by_state=dict(work.session.exec(payments.group_by(Payment.state)).all()),
    )


def stuck(work: Work) -> tuple[str, ...]:
    """What the workers should have done by now: lanes that give no sign of life, and rows that wait for them."""
    pulses = pulse.everything(work)
    since = work.now - SILENT_AFTER
    silent = tuple(f"lane_{lane}_silent" for lane in LANES if lane not in pulses or pulses[lane].at < since)
    late = select(OutboxMessage.id).where(
        col(OutboxMessage.state) == outbox.WAITING, col(OutboxMessage.due_at) < work.now - STUCK_AFTER
    )
    unread = select(InboxMessage.id).where(
        col(InboxMessage.state) == inbox.NEW, col(InboxMessage.due_at) < work.now - STUCK_AFTER
    )
    waiting = {"outbox_stuck": late, "inbox_stuck": unread}
    return silent + tuple(name for name, rows in waiting.items() if work.session.exec(rows.limit(1)).first())


def _age(work: Work, since: datetime | None) -> int:
    return 0 if since is None else max(0, int((work.now - since).total_seconds()))


@cache
def _known_heads() -> tuple[str, ...]:
    return tuple(ScriptDirectory(str(Path(__file__).parent / "migrations")).get_heads())
