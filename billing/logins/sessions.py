"""Log-in sessions: starting and ending them, which account they look at, and through whose eyes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor, Permission
from billing.accounts import people
from billing.accounts.tables import Membership, Role, User
from billing.db import Work, rows_changed
from billing.errors import NotFound, ReasonNeeded
from billing.logins.tables import LoginSession

SESSION_MAX = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
LONGEST_REASON = 160
HALF_SESSION_MAX = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Visitor:
    """Where a log-in comes from: the network address, and what the browser says it is."""

    address: str = ""
    device: str = ""


def start(work: Work, user_id: int, visitor: Visitor) -> str:
    """Log a user in: returns the token for the cookie, of which only the digest is kept."""
    first = select(Membership.account_id).where(Membership.user_id == user_id).order_by(col(Membership.id)).limit(1)
    user = locks.user(work, user_id)
    user.last_login_at = work.now
    work.session.add(user)
    actor = Actor(name=user.name, user_id=user_id)
    audit.record(work, actor, "user.logged_in", chain=audit.of_user(user_id), subject=user.name)
    return _new(work, user_id, visitor, account_id=work.session.exec(first).first(), checked_at=work.now)


def start_half(work: Work, user_id: int, visitor: Visitor) -> str:
    """The password was right; the token is good for giving the second factor and for nothing else."""
    return _new(work, user_id, visitor, is_half=True)


def half(work: Work, token: str) -> LoginSession:
    """The session that waits for its second factor. Raises NotFound when there is none, or no longer."""
    session = work.session.exec(select(LoginSession).where(LoginSession.token_sha256 == digest(token))).first()
    if session is None or not session.is_half or session.ended_at is not None:
        raise NotFound()
    if session.created_at < work.now - HALF_SESSION_MAX:
        raise NotFound()
    return session


def end(work: Work, token: str) -> None:
    """Log out; an unknown token is already logged out."""
    _end(work, col(LoginSession.token_sha256) == digest(token))


def end_one(work: Work, actor: Actor, session_id: int) -> None:
    """Log one of one's own sessions out. Raises NotFound for anybody else's."""
    if not _end(work, col(LoginSession.user_id) == actor.user_id, col(LoginSession.id) == session_id):
        raise NotFound()


def end_others(work: Work, actor: Actor, token: str) -> int:
    """Log out everywhere but here; returns how many sessions that were. An empty token: everywhere."""
    return _end(work, col(LoginSession.user_id) == actor.user_id, col(LoginSession.token_sha256) != digest(token))


def end_all_of(work: Work, actor: Actor, email: str) -> int:
    """Log somebody out everywhere, by hand of finance; half log-ins end too. Returns how many sessions that were.

    Raises NotAllowed, CheckNeeded, and NotFound when nobody logs in with this address.
    """
    access.require_finance_checked(work, actor)
    user_id = work.session.exec(select(User.id).where(User.email == email.strip().lower())).first()
    if user_id is None:
        raise NotFound()
    return _end_and_tell(work, actor, user_id)


def end_everybodys(work: Work, actor: Actor) -> int:
    """Log everybody out, whoever asks for it included. Returns how many sessions that were.

    Raises NotAllowed, CheckNeeded.
    """
    access.require_finance_checked(work, actor)
    open_ones = col(LoginSession.ended_at).is_(None), col(LoginSession.created_at) >= work.now - SESSION_MAX
    there = select(LoginSession.user_id).where(*open_ones).distinct().order_by(col(LoginSession.user_id))
    return sum(_end_and_tell(work, actor, user_id) for user_id in work.session.exec(there).all())


def keep_alive(work: Work, token: str) -> None:
    """Note that a session is in use, so that it does not go idle."""
    _change(work, token, seen_at=work.now)


def carry_on(work: Work, before: datetime) -> None:
    """Time was moved on from an instant, in which nobody sat still: whoever was logged in then is so now."""
    alive = col(LoginSession.created_at) >= before - SESSION_MAX, col(LoginSession.seen_at) >= before - SESSION_IDLE
    goes_on = update(LoginSession).where(*alive, col(LoginSession.ended_at).is_(None))
    work.session.execute(goes_on.values(created_at=work.now, seen_at=work.now))


def note_proof(work: Work, token: str) -> None:
    """The person at this session has just proven an identity again."""
    _change(work, token, checked_at=work.now)


def choose_account(work: Work, actor: Actor, token: str, account_id: int) -> None:
    """Look at another of one's accounts from now on. Raises NotFound for one that is not."""
    if not access.permissions(work, actor, account_id):
        raise NotFound()
    work.session.execute(
        update(LoginSession)
        .where(col(LoginSession.token_sha256) == digest(token), col(LoginSession.user_id) == actor.user_id)
        .values(account_id=account_id)
    )


def look_as(
    work: Work, actor: Actor, token: str, account_id: int, *, role: str, scopes: tuple[str, ...], name: str = ""
) -> None:
    """See the account as somebody with this role and these rights would, without being able to change anything.

    name: whose eyes these are, for people to read. Raises NotFound, NotAllowed, ScopeNotPossible.
    """
    allowed = access.require(work, actor, Permission.USERS_MANAGE, account_id)
    if role not in list(Role):
        raise NotFound()
    kept = access.scopes_text(people.chosen_rights(Role(role), scopes))
    whose = people.one_line(name, longest=people.LONGEST_NAME)
    locks.account(work, allowed)
    audit.record(work, actor, "user.looked_as", chain=audit.of_account(allowed), subject=whose, role=role, scopes=kept)
    _change(work, token, account_id=account_id, looks_as_name=whose, looks_as_role=role, looks_as_scopes=kept)


def act_for(work: Work, actor: Actor, token: str, account_id: int, reason: str) -> None:
    """Act on a customer's behalf from now on, at the customer's request; the customer sees who, when and why.

    reason: in a few words. Raises NotAllowed for everybody but the finance department, CheckNeeded without a fresh
    proof of identity, NotFound for no such customer, AccountErased, and ReasonNeeded for a reason that says nothing.
    """
    access.require_finance_checked(work, actor)
    why = people.one_line(reason, longest=LONGEST_REASON)
    if not why:
        raise ReasonNeeded()
    account = locks.living_account(work, account_id)
    audit.record(work, actor, "account.acted_for", chain=audit.of_account(account_id), subject=account.name, reason=why)
    _change(work, token, acts_for_id=account_id)


def stop_looking(work: Work, token: str) -> None:
    """Be oneself again."""
    _change(work, token, looks_as_name="", looks_as_role="", looks_as_scopes="", acts_for_id=None)


def digest(token: str) -> str:
    """What is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new(work: Work, user_id: int, visitor: Visitor, **values: Any) -> str:
    token = secrets.token_urlsafe(32)
    work.session.add(
        LoginSession(
            token_sha256=digest(token), user_id=user_id, address=visitor.address[:64], device=visitor.device[:200],
            created_at=work.now, seen_at=work.now, **values,
        )
    )  # fmt: skip
    return token


def _change(work: Work, token: str, **values: Any) -> None:
    work.session.execute(update(LoginSession).where(col(LoginSession.token_sha256) == digest(token)).values(**values))


def _end_and_tell(work: Work, actor: Actor, user_id: int) -> int:
    # Who is just logging in waits for this lock, or is waited for.
    user = locks.user(work, user_id)
    ended = _end(work, col(LoginSession.user_id) == user_id)
    audit.record(work, actor, "sessions.ended", chain=audit.of_user(user_id), subject=user.name, sessions=ended)
    return ended


def _end(work: Work, *which: ColumnElement[bool]) -> int:
    ended = update(LoginSession).where(*which, col(LoginSession.ended_at).is_(None)).values(ended_at=work.now)
    return rows_changed(work.session.execute(ended))
