"""Reading who did what in an account: its own story, and how its members look after their log-ins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import union_all
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from billing import access, audit
from billing.access import Actor, Permission
from billing.accounts.tables import Membership
from billing.audit import AuditEvent
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound

PAGE_SIZE = 25
OWN_ACTS = 10
LAST_PAGE = 1000
# What a seller prepares is nobody's business until it is issued.
_UNTOLD = "invoice.drafted"
# What an account is told of its members' log-ins: how they are protected, not where somebody logs in from.
SECURITY_ACTS = (
    "second_factor.on", "second_factor.off", "second_factor.lost", "passkey.added", "passkey.removed",
    "password.changed",
)  # fmt: skip


@dataclass(frozen=True)
class LogRow:
    """One act. is_self: the reader's own. subject and facts: as the act was recorded."""

    at: datetime
    actor: str
    is_self: bool
    action: str
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class LogPage:
    """One page of the log, newest first. has_more: older acts follow."""

    rows: tuple[LogRow, ...]
    page: int
    has_more: bool


def log(work: Work, actor: Actor, account_id: int, page: int = 1) -> LogPage:
    """Who did what in an account; without the right to see all of it, only what one did oneself. Raises NotFound."""
    rights = access.permissions(work, actor, account_id)
    if not rights:
        raise NotFound()
    page = min(max(page, 1), LAST_PAGE)
    parts = [_acts(account_id), _security_acts(work, account_id)]
    if Permission.AUDIT_VIEW not in rights:
        parts = [part.where(AuditEvent.user_id == actor.user_id) for part in parts]
    rows = _newest(work, parts, PAGE_SIZE + 1, skipped=(page - 1) * PAGE_SIZE)
    return LogPage(tuple(_row(event, actor) for event in rows[:PAGE_SIZE]), page, has_more=len(rows) > PAGE_SIZE)


def own_log(work: Work, actor: Actor, account_id: int) -> LogPage:
    """The last few things that somebody did in an account and about the own log-in, newest first."""
    in_account = _acts(account_id).where(AuditEvent.user_id == actor.user_id)
    own_chain = AuditEvent.chain == audit.of_user(actor.user_id or 0)
    about_log_in = (
        select(AuditEvent.id)
        .where(own_chain, AuditEvent.user_id == actor.user_id)
        .order_by(col(AuditEvent.sequence).desc())
    )
    newest = _newest(work, (in_account, about_log_in), OWN_ACTS)
    return LogPage(tuple(_row(event, actor) for event in newest), 1, has_more=False)


def _newest(work: Work, parts: Iterable[SelectOfScalar[Any]], count: int, *, skipped: int = 0) -> Sequence[AuditEvent]:
    """The newest of several parts. Each is read no further than that, by its own index."""
    ids = union_all(*(select(part.limit(skipped + count).subquery().c.id) for part in parts))
    found = select(AuditEvent).where(col(AuditEvent.id).in_(ids)).order_by(col(AuditEvent.id).desc())
    return work.session.exec(found.offset(skipped).limit(count)).all()


def _acts(account_id: int) -> SelectOfScalar[Any]:
    told = (AuditEvent.chain == audit.of_account(account_id), AuditEvent.action != _UNTOLD)
    return select(AuditEvent.id).where(*told).order_by(col(AuditEvent.sequence).desc())


def _security_acts(work: Work, account_id: int) -> SelectOfScalar[Any]:
    today = local_day(work.now)
    members = select(Membership.user_id).where(
        Membership.account_id == account_id,
        or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
    )
    chains = [audit.of_user(user_id) for user_id in work.session.exec(members)]
    return (
        select(AuditEvent.id)
        .where(col(AuditEvent.chain).in_(chains), col(AuditEvent.action).in_(SECURITY_ACTS))
        .order_by(col(AuditEvent.id).desc())
    )


def _row(event: AuditEvent, reader: Actor) -> LogRow:
    is_self = event.user_id is not None and event.user_id == reader.user_id
    return LogRow(event.at, event.actor, is_self, event.action, event.subject, event.facts)
