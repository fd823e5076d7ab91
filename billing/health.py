"""What operators watch: whether the tables fit this version of the program, and how much work is waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from billing import inbox, outbox
from billing.db import Work
from billing.inbox import InboxMessage
from billing.outbox import OutboxMessage
from billing.payments.tables import GatewayRecord, Payment


@dataclass(frozen=True)
class Counts:
    """Rows by what they wait for. parked: gateway transactions that a person has to look at."""

    inbox_waiting: int
    outbox_waiting: int
    outbox_given_up: int
    parked: int
    payments_by_state: Mapping[str, int]


def schema_is_current(work: Work) -> bool:
    """Whether the database has had exactly the migrations that this program knows."""
    return MigrationContext.configure(work.session.connection()).get_current_heads() == _known_heads()


def counts(work: Work) -> Counts:
    """How much is waiting. Counts rows, so ask for it now and then and not with every click."""
    records = select(func.count()).select_from(GatewayRecord)
    by_state = select(Payment.state, func.count()).group_by(Payment.state)
    messages = select(OutboxMessage.state, func.count()).where(OutboxMessage.state != outbox.DONE)
    waiting = {state: count for state, count in work.session.execute(messages.group_by(OutboxMessage.state))}
    arrived = select(func.count()).select_from(InboxMessage).where(InboxMessage.state == inbox.NEW)
    return Counts(
        inbox_waiting=work.session.execute(arrived).scalar_one(),
        outbox_waiting=waiting.get(outbox.WAITING, 0),
        outbox_given_up=waiting.get(outbox.GIVEN_UP, 0),
        parked=work.session.execute(records.where(GatewayRecord.verdict == "parked")).scalar_one(),
        payments_by_state={state: count for state, count in work.session.execute(by_state)},
    )


@cache
def _known_heads() -> tuple[str, ...]:
    return tuple(ScriptDirectory(str(Path(__file__).parent / "migrations")).get_heads())
