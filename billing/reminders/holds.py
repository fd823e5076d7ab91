"""Leaving an account in peace: disputes, complaints, promises to pay, and "I have paid already"."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from billing import access, audit, locks
from billing.access import Actor
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import EndsInPast
from billing.reminders.tables import AccountHold, HoldKind

_H = table_of(AccountHold).c
_COUNTS = (
    _H.account_id == bindparam("account_id"), _H.released_at.is_(None),
    or_(_H.until.is_(None), _H.until >= bindparam("today")),
)  # fmt: skip
_ACTIVE = select(_H.id).where(*_COUNTS)


def place(
    work: Work, actor: Actor, account_id: int, kind: HoldKind, *, until: date | None = None, why: str = "",
    said: Mapping[str, Any] | None = None, link_key: str | None = None,
) -> AccountHold:  # fmt: skip
    """Send an account no reminders, through a day or until it is released; a link places a kind of hold once.

    For the system, the finance department and the page of a link. Raises NotAllowed, NotFound, EndsInPast.
    """
    if not actor.is_system and link_key is None:
        access.require_finance(work, actor)
    if until is not None and until < local_day(work.now):
        raise EndsInPast()
    locks.account(work, account_id)
    for known in by_links(work, [link_key] if link_key else []):
        return known
    hold = AccountHold(
        account_id=account_id, kind=kind.value, until=until, why=why[:500], said=dict(said or {}), link_key=link_key,
        placed_by=actor.name, placed_at=work.now,
    )  # fmt: skip
    work.session.add(hold)
    audit.record(
        work, actor, "reminders.held", chain=audit.of_account(account_id), subject=kind.value,
        ends_on=until.isoformat() if until else "",
    )  # fmt: skip
    accounts.bump_version(work, account_id)
    work.flush()
    return hold


def release(work: Work, actor: Actor, hold_id: int) -> None:
    """End a hold; again changes nothing. For the system and the finance department. Raises NotAllowed, NotFound."""
    if not actor.is_system:
        access.require_finance(work, actor)
    hold = locks.owned(work, AccountHold, hold_id)
    if hold.released_at is not None:
        return
    hold.released_at, hold.released_by = work.now, actor.name
    work.session.add(hold)
    audit.record(work, actor, "reminders.resumed", chain=audit.of_account(hold.account_id), subject=hold.kind)
    accounts.bump_version(work, hold.account_id)


def by_links(work: Work, link_keys: Sequence[str]) -> Sequence[AccountHold]:
    """What was placed by these links."""
    statement = select(AccountHold).where(col(AccountHold.link_key).in_(link_keys)).order_by(col(AccountHold.id))
    return work.session.exec(statement).all()


def active(work: Work, account_id: int) -> list[AccountHold]:
    """The holds that count today, the first first."""
    counting = select(AccountHold).where(*_COUNTS).order_by(col(AccountHold.id))
    return list(work.session.exec(counting, params={"account_id": account_id, "today": local_day(work.now)}))


def is_held(work: Work, account_id: int) -> bool:
    """Whether any counts today."""
    return work.plain(_ACTIVE, account_id=account_id, today=local_day(work.now)).first() is not None


def kinds(work: Work, account_id: int) -> tuple[str, ...]:
    """The kinds of hold that count today."""
    return tuple(hold.kind for hold in active(work, account_id))
