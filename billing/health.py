"""What operators watch: whether the tables fit this version of the program, and how much work is waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import col, func, select

from billing import inbox, outbox
from billing.bookkeeping.tables import BookEntry, EntryState
from billing.db import Work
from billing.inbox import InboxMessage
from billing.listeners.tables import Delivery, DeliveryState, Listener
from billing.outbox import OutboxMessage
from billing.payments.tables import GatewayRecord, Payment
from billing.renewals.tables import DomainRenewal, RenewalState
from billing.troubles.tables import Trouble


@dataclass(frozen=True)
class Counts:
    """Rows by what they wait for. parked, renewals_held: gateway transactions, and renewals of domains, that a person
    has to look at. webhooks_…: messages to systems of the host, and those systems that take none. books_…: documents on
    their way to the bookkeeping, refused by it, or with money there that is unknown here. troubles: what the worker
    tries in vain, again and again."""

    inbox_waiting: int
    outbox_waiting: int
    outbox_given_up: int
    parked: int
    renewals_held: int
    webhooks_waiting: int
    webhooks_failing: int
    books_waiting: int
    books_held: int
    books_foreign: int
    troubles: int
    payments_by_state: Mapping[str, int]


def schema_is_current(work: Work) -> bool:
    """Whether the database has had exactly the migrations that this program knows."""
    return MigrationContext.configure(work.session.connection()).get_current_heads() == _known_heads()


def counts(work: Work) -> Counts:
    """How much is waiting. Counts rows, so ask for it now and then and not with every click."""
    arrived = select(func.count()).where(col(InboxMessage.state) == inbox.NEW)
    messages = select(OutboxMessage.state, func.count()).where(col(OutboxMessage.state) != outbox.DONE)
    parked = select(func.count()).where(col(GatewayRecord.verdict) == "parked")
    held = select(func.count()).where(col(DomainRenewal.state) == RenewalState.HELD.value)
    told = select(func.count()).where(col(Delivery.state) == DeliveryState.WAITING.value)
    failing = select(func.count()).where(col(Listener.failing_since).is_not(None), col(Listener.off_at).is_(None))
    books = dict(work.session.exec(select(BookEntry.state, func.count()).group_by(BookEntry.state)).all())
    foreign = select(func.count()).where(col(BookEntry.foreign_cents) != 0)
    payments = select(Payment.state, func.count())
    waiting = dict(work.session.exec(messages.group_by(OutboxMessage.state)).all())
    return Counts(
        inbox_waiting=work.session.exec(arrived).one(),
        outbox_waiting=waiting.get(outbox.WAITING, 0),
        outbox_given_up=waiting.get(outbox.GIVEN_UP, 0),
        parked=work.session.exec(parked).one(),
        renewals_held=work.session.exec(held).one(),
        webhooks_waiting=work.session.exec(told).one(),
        webhooks_failing=work.session.exec(failing).one(),
        books_waiting=books.get(EntryState.WAITING, 0),
        books_held=books.get(EntryState.HELD, 0),
        books_foreign=work.session.exec(foreign).one(),
        troubles=work.session.exec(select(func.count()).select_from(Trouble)).one(),
        payments_by_state=dict(work.session.exec(payments.group_by(Payment.state)).all()),
    )


@cache
def _known_heads() -> tuple[str, ...]:
    return tuple(ScriptDirectory(str(Path(__file__).parent / "migrations")).get_heads())
