"""Making accounts, users and memberships; log-in sessions."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor
from billing.accounts.tables import Account, LoginSession, LoginThrottle, Membership, Role, User
from billing.db import Work, table_of
from billing.errors import LoginThrottled, NotFound

SESSION_MAX = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)
FREE_TRIES = 5
FORGET_AFTER = timedelta(hours=1)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class OpenAccount:
    """A new customer with its billing details."""

    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""


def open_account(work: Work, actor: Actor, command: OpenAccount) -> int:
    """Add a customer and return its id."""
    account = Account(**vars(command), created_at=work.now)
    work.session.add(account)
    work.flush()
    account_id = account.id or 0
    audit.record(work, actor, "account.opened", chain=audit.of_account(account_id), subject=command.name)
    return account_id


def add_user(
    work: Work, actor: Actor, *, email: str, name: str, password_hash: str, language: str = "nl", staff_role: str = ""
) -> int:
    """Add a person with a log-in and return the id."""
    user = User(
        email=email.strip().lower(), name=name, password_hash=password_hash, language=language, staff_role=staff_role,
        created_at=work.now,
    )  # fmt: skip
    work.session.add(user)
    work.flush()
    audit.record(work, actor, "user.added", chain=audit.of_user(user.id or 0), subject=name)
    return user.id or 0


def add_member(
    work: Work, actor: Actor, *, account_id: int, user_id: int, role: Role, receives_billing_mail: bool,
    ends_on: date | None = None,
) -> None:  # fmt: skip
    """Give a user rights in an account, until the end of `ends_on` when given. Raises NotFound."""
    locks.account(work, account_id)
    work.session.add(
        Membership(
            account_id=account_id, user_id=user_id, role=role.value, receives_billing_mail=receives_billing_mail,
            ends_on=ends_on,
        )
    )  # fmt: skip
    work.flush()
    audit.record(
        work, actor, "member.added", chain=audit.of_account(account_id), subject=f"user:{user_id}", role=role.value
    )


def bump_version(work: Work, account_id: int) -> None:
    """Let every open screen of this account know that it should look again."""
    work.defer(_bump_versions, account_id)


def require_tries_left(work: Work, keys: list[str]) -> None:
    """Raises LoginThrottled with the seconds to wait when one of the keys has failed too often."""
    for throttle in work.session.exec(select(LoginThrottle).where(col(LoginThrottle.key).in_(keys))):
        if throttle.failures < FREE_TRIES:
            continue
        wait = min(timedelta(seconds=2 ** min(throttle.failures - FREE_TRIES, 20)), LONGEST_WAIT)
        left = (throttle.last_failed_at + wait - work.now).total_seconds()
        if left > 0:
            raise LoginThrottled(retry_after=int(left) + 1)


def note_failure(work: Work, keys: list[str]) -> None:
    """Count a failed log-in under each key; old failures are forgotten."""
    table = table_of(LoginThrottle)
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    first = insert(table).values([{"key": key, "failures": 1, "last_failed_at": work.now} for key in sorted(keys)])
    forgotten = table.c.last_failed_at < work.now - FORGET_AFTER
    again = {"failures": case((forgotten, 1), else_=table.c.failures + 1), "last_failed_at": work.now}
    work.session.execute(first.on_conflict_do_update(index_elements=["key"], set_=again))


def start_session(work: Work, *, user_id: int, forget_failures: list[str]) -> str:
    """Log a user in: returns the token for the cookie, of which only the digest is kept."""
    for key in forget_failures:
        throttle = work.session.get(LoginThrottle, key)
        if throttle is not None:
            work.session.delete(throttle)
    token = secrets.token_urlsafe(32)
    first = select(Membership.account_id).where(Membership.user_id == user_id).order_by(col(Membership.id)).limit(1)
    work.session.add(
        LoginSession(
            token_sha256=digest(token), user_id=user_id, account_id=work.session.exec(first).first(),
            created_at=work.now, seen_at=work.now,
        )
    )  # fmt: skip
    user = locks.user(work, user_id)
    actor = Actor(name=user.name, user_id=user_id)
    audit.record(work, actor, "user.logged_in", chain=audit.of_user(user_id), subject=user.name)
    return token


def end_session(work: Work, token: str) -> None:
    """Log out; an unknown token is already logged out."""
    work.session.execute(
        update(LoginSession)
        .where(col(LoginSession.token_sha256) == digest(token), col(LoginSession.ended_at).is_(None))
        .values(ended_at=work.now)
    )


def keep_alive(work: Work, token: str) -> None:
    """Note that a session is in use, so that it does not go idle."""
    work.session.execute(
        update(LoginSession).where(col(LoginSession.token_sha256) == digest(token)).values(seen_at=work.now)
    )


def choose_account(work: Work, actor: Actor, token: str, account_id: int) -> None:
    """Look at another of one's accounts from now on. Raises NotFound for one that is not."""
    if actor.user_id is None or not access.permissions(work, actor.user_id, account_id):
        raise NotFound()
    work.session.execute(
        update(LoginSession)
        .where(col(LoginSession.token_sha256) == digest(token), col(LoginSession.user_id) == actor.user_id)
        .values(account_id=account_id)
    )


def _bump_versions(work: Work, account_ids: list[int]) -> None:
    table = table_of(Account)
    touched = table.c.id.in_(sorted(set(account_ids)))
    work.session.execute(update(table).where(touched).values(version=table.c.version + 1))


def digest(token: str) -> str:
    """What is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()
