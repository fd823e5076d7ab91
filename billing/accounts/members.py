"""Who may do what in an account: changing and ending memberships."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor, AllowedAccount, Permission, Rights
from billing.accounts import notices, people
from billing.accounts.service import bump_version
from billing.accounts.tables import Account, MailTopic, Membership, Role, User
from billing.clock import local_day
from billing.db import Work, rows_changed
from billing.errors import NotAllowed, NotFound, OwnerStays
from billing.ports import AccountMailKind

WARN_BEFORE_END = timedelta(days=14)


@dataclass(frozen=True)
class ChangeMember:
    """A member as it should be. scopes, topics: names of rights and mail topics, as a client sent them."""

    user_id: int
    role: str
    scopes: tuple[str, ...]
    topics: tuple[str, ...]
    ends_on: date | None = None


@dataclass(frozen=True)
class Chosen:
    """Role, rights, topics and last day, proven to be possible and the actor's to give."""

    role: Role
    rights: Rights
    topics: frozenset[MailTopic]
    ends_on: date | None


def choose(
    work: Work, actor: Actor, account: AllowedAccount, *, role: str, scopes: tuple[str, ...], topics: tuple[str, ...],
    ends_on: date | None,
) -> Chosen:  # fmt: skip
    """Check what somebody gets. Raises ScopeNotPossible, EndsInPast, or NotAllowed for more than one has oneself."""
    chosen = Chosen(
        _role(role), people.chosen_rights(_role(role), scopes), people.chosen_topics(_role(role), topics), ends_on
    )
    people.require_future(ends_on, local_day(work.now))
    if not chosen.rights <= access.permissions(work, actor, account):
        raise NotAllowed(permission=access.scopes_text(chosen.rights), account_id=account)
    return chosen


def change_member(work: Work, actor: Actor, account_id: int, command: ChangeMember) -> None:
    """Give a member another role, other rights, mails or last day. The owner's role stays; only mails can change.

    Raises NotFound, NotAllowed, CheckNeeded, ScopeNotPossible, EndsInPast, OwnerStays.
    """
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    membership, user = locked_member(work, allowed, command.user_id)
    chosen = choose(
        work, actor, allowed, role=command.role, scopes=command.scopes, topics=command.topics, ends_on=command.ends_on
    )
    _require_within_reach(work, actor, allowed, membership)
    if (membership.role == Role.OWNER) != (chosen.role is Role.OWNER):
        raise OwnerStays()
    if chosen.role is Role.OWNER and (chosen.rights != access.DEFAULTS[Role.OWNER] or chosen.ends_on is not None):
        raise OwnerStays()
    if fill(membership, chosen):
        work.session.add(membership)
        _told(work, actor, allowed, "member.changed", user, AccountMailKind.USER_CHANGED, membership)


def remove_member(work: Work, actor: Actor, account_id: int, user_id: int) -> None:
    """Take somebody's access away, from the next click on. Raises NotFound, NotAllowed, CheckNeeded, OwnerStays."""
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    membership, user = locked_member(work, allowed, user_id)
    if membership.role == Role.OWNER:
        raise OwnerStays()
    _require_within_reach(work, actor, allowed, membership)
    _told(work, actor, allowed, "member.removed", user, AccountMailKind.USER_REMOVED, membership)
    work.session.delete(membership)


def choose_own_mails(work: Work, actor: Actor, account_id: int, topics: tuple[str, ...]) -> None:
    """Say what one wants to be mailed about oneself. Raises NotFound, ScopeNotPossible."""
    if not access.permissions(work, actor, account_id):
        raise NotFound()
    membership, user = locked_member(work, AllowedAccount(account_id), actor.user_id or 0)
    chosen = people.topics_text(people.chosen_topics(Role(membership.role), topics))
    if chosen != membership.mail_topics:
        membership.mail_topics = chosen
        work.session.add(membership)
        audit.record(work, actor, "mails.chosen", chain=audit.of_account(account_id), subject=user.name, topics=chosen)
        bump_version(work, account_id)


def locked_member(work: Work, account: AllowedAccount, user_id: int) -> tuple[Membership, User]:
    """Lock the account and read one of its members. Raises NotFound, also for somebody of another account."""
    locks.account(work, account)
    statement = (
        select(Membership, User)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(Membership.account_id == account, Membership.user_id == user_id)
        .execution_options(populate_existing=True)
    )
    found = work.session.exec(statement).first()
    if found is None:
        raise NotFound()
    return found


def fill(membership: Membership, chosen: Chosen) -> bool:
    """Write what was chosen into a membership; whether that changed anything."""
    before = (membership.role, membership.scopes, membership.mail_topics, membership.ends_on)
    membership.role = chosen.role.value
    membership.scopes = access.scopes_text(chosen.rights)
    membership.mail_topics = people.topics_text(chosen.topics)
    if membership.ends_on != chosen.ends_on:
        membership.ends_on, membership.warned_of_end = chosen.ends_on, False
    return before != (membership.role, membership.scopes, membership.mail_topics, membership.ends_on)


def gains_by(membership: Membership, chosen: Chosen) -> bool:
    """Whether a member loses nothing by taking another place."""
    return access.rights_of(membership.role, membership.scopes) <= chosen.rights


def warn_of_endings(work: Work, limit: int = 100) -> int:
    """Two weeks before somebody's access ends, tell this person and the owner; returns how many were told of."""
    coming = (
        select(Membership, User, Account)
        .join(User, col(User.id) == col(Membership.user_id))
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(*_ends_soon(work))
        .limit(limit)
    )
    told = 0
    for membership, user, account in work.session.exec(coming).all():
        if not _mark_warned(work, membership):
            continue
        facts = {"name": user.name, "ends_on": membership.ends_on.isoformat() if membership.ends_on else ""}
        kind, account_id = AccountMailKind.ACCESS_ENDS_SOON, account.id or 0
        notices.to_user(work, membership.user_id, kind, facts, account_id=account_id)
        notices.to_owner(work, account_id, kind, facts)
        told += 1
    return told


def any_ends_soon(work: Work) -> bool:
    """Whether there is an end to warn of; a look that takes no lock."""
    return work.session.exec(select(Membership.id).where(*_ends_soon(work)).limit(1)).first() is not None


def _ends_soon(work: Work) -> tuple[ColumnElement[bool], ...]:
    today = local_day(work.now)
    return col(Membership.ends_on).between(today, today + WARN_BEFORE_END), col(Membership.warned_of_end).is_(False)


def _mark_warned(work: Work, membership: Membership) -> bool:
    mark = update(Membership).where(col(Membership.id) == membership.id, col(Membership.warned_of_end).is_(False))
    return rows_changed(work.session.execute(mark.values(warned_of_end=True))) == 1


def _require_within_reach(work: Work, actor: Actor, account: AllowedAccount, membership: Membership) -> None:
    """Nobody touches a member who may do more than they may themselves."""
    held = access.rights_of(membership.role, membership.scopes)
    if not held <= access.permissions(work, actor, account):
        raise NotAllowed(permission=Permission.USERS_MANAGE.value, account_id=account)


def _told(
    work: Work, actor: Actor, account: AllowedAccount, action: str, user: User, kind: AccountMailKind,
    membership: Membership,
) -> None:  # fmt: skip
    audit.record(
        work, actor, action, chain=audit.of_account(account), subject=user.name, user=membership.user_id,
        role=membership.role, scopes=membership.scopes, topics=membership.mail_topics,
        ends_on=membership.ends_on.isoformat() if membership.ends_on else "",
    )  # fmt: skip
    rights = membership.scopes.replace(" ", ",")
    facts = {"by": actor.name, "name": user.name, "role": membership.role, "rights": rights}
    notices.to_owner(work, account, kind, facts)
    bump_version(work, account)


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise NotFound() from None
