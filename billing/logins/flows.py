"""Logging in and proving oneself: the slow password check happens between two short transactions, never inside one.

A refused proof is counted in a transaction of its own, because the one it was refused in is undone.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import select

from billing.access import Actor
from billing.accounts.tables import User
from billing.db import Work
from billing.errors import CodeRefused, LoginFailed, PasskeyRefused
from billing.logins import authenticator, credentials, factors, passkeys, recovery, sessions, throttle
from billing.logins.choosing import hash_chosen
from billing.logins.passkeys import Site
from billing.logins.passwords import Verdict, verify
from billing.logins.sessions import Visitor
from billing.runtime import Billing
from billing.vault import Vault

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LogIn:
    """What came out of the log-in form, and where it came from."""

    email: str
    password: str = field(repr=False)
    visitor: Visitor = field(default_factory=Visitor)


@dataclass(frozen=True)
class LoggedIn:
    """A token for the cookie. is_half: it is good only for giving the second factor. needs_factor: one is demanded of
    this person, who has none."""

    token: str = field(repr=False)
    is_half: bool = False
    needs_factor: bool = False


def site(billing: Billing) -> Site:
    """The site that passkeys of this installation belong to."""
    return Site(origin=billing.policy.public_url, name=billing.policy.seller.name or "Voldaan")


def log_in(billing: Billing, command: LogIn) -> LoggedIn:
    """Check a password. Raises LoginFailed with the same words for an unknown address and a wrong password, and
    LoginThrottled with `retry_after` in seconds."""
    email = command.email.strip().lower()
    keys = throttle.keys("login", email, command.visitor.address)
    user_id, password_hash = billing.ask(_credentials, email, keys)
    verdict = verify(command.password, password_hash)
    if not verdict.is_right or user_id is None:
        _count_failure(billing, keys, user_id, command.visitor.address)
        raise LoginFailed()
    return billing.do(_after_password, user_id, verdict, command.visitor, keys[:1])


def question_for_half(billing: Billing, token: str) -> str:
    """The question to the devices of whoever gave the password, as JSON. Raises NotFound."""
    return billing.do(passkeys.question, site(billing), billing.ask(sessions.half, token).user_id)


def give_code(billing: Billing, token: str, code: str, visitor: Visitor) -> str:
    """Finish a half log-in with a code of the app, or a backup code; returns the session's token.

    Raises NotFound when the half log-in is over, CodeRefused, LoginThrottled.
    """
    user_id = billing.ask(sessions.half, token).user_id
    return _counted(billing, user_id, visitor, _finish_with_code, token, code, visitor, billing.vault)


def give_passkey(billing: Billing, token: str, answer: str, visitor: Visitor) -> str:
    """Finish a half log-in with a passkey; returns the session's token. Raises as `give_code`, and PasskeyRefused."""
    user_id = billing.ask(sessions.half, token).user_id
    return _counted(billing, user_id, visitor, _finish_with_passkey, token, answer, visitor, site(billing))


def log_in_with_passkey(billing: Billing, answer: str, visitor: Visitor) -> str:
    """Log in with a passkey alone: something one has and the lock on it are two factors. Raises PasskeyRefused."""
    return _counted(billing, 0, visitor, _start_with_passkey, answer, visitor, site(billing))


def prove_with_password(billing: Billing, actor: Actor, token: str, password: str, visitor: Visitor) -> None:
    """Prove again who one is. Raises LoginFailed, LoginThrottled."""
    billing.do(_proven, actor, token, _tried(billing, actor, password, visitor.address)[:1])


def require_password(billing: Billing, actor: Actor, password: str) -> None:
    """Somebody at the command line is who they say. Raises LoginFailed, LoginThrottled."""
    billing.do(throttle.forget, _tried(billing, actor, password, "command line")[:1])


def prove_with_code(billing: Billing, actor: Actor, token: str, code: str, visitor: Visitor) -> None:
    """Prove again who one is, with a code. Raises CodeRefused, LoginThrottled."""
    _counted(billing, actor.user_id or 0, visitor, _proven_by_code, actor, token, code, billing.vault)


def prove_with_passkey(billing: Billing, actor: Actor, token: str, answer: str, visitor: Visitor) -> None:
    """Prove again who one is, with a passkey. Raises PasskeyRefused, LoginThrottled."""
    _counted(billing, actor.user_id or 0, visitor, _proven_by_passkey, actor, token, answer, site(billing))


def confirm_app(billing: Billing, actor: Actor, code: str, visitor: Visitor) -> tuple[str, ...]:
    """Switch the app on; returns backup codes. Raises CodeRefused, CheckNeeded, Conflict, LoginThrottled."""
    return _counted(billing, actor.user_id or 0, visitor, authenticator.confirm, actor, billing.vault, code)


def change_password(billing: Billing, actor: Actor, token: str, password: str) -> None:
    """Set a new password; every other session ends. Raises CheckNeeded, WeakPassword."""
    password_hash = hash_chosen(billing, password, billing.ask(_about, actor.user_id or 0))
    billing.do(credentials.set_password, actor, password_hash, token=token)


def forget_tries(billing: Billing) -> int:
    """Let go of failed tries that no longer count; returns 0, as there is never a hurry."""
    if billing.ask(throttle.any_old):
        billing.do(throttle.forget_old)
    return 0


def _tried(billing: Billing, actor: Actor, password: str, address: str) -> list[str]:
    """The names under which tries are counted, when this one was right."""
    keys = throttle.keys("proof", str(actor.user_id), address)
    password_hash = billing.ask(_hash_of, actor, keys)
    if not verify(password, password_hash).is_right:
        _count_failure(billing, keys, actor.user_id, address)
        raise LoginFailed()
    return keys


def _counted(billing: Billing, user_id: int, visitor: Visitor, proof: Callable[..., T], *args: Any) -> T:
    """Try a proof; a refused one counts against this person at this address until one is right."""
    keys = throttle.keys("proof", str(user_id), visitor.address)
    billing.ask(throttle.require_tries_left, keys)
    try:
        return billing.do(_right, keys[:1], proof, *args)
    except (CodeRefused, PasskeyRefused):
        _count_failure(billing, keys, user_id or None, visitor.address)
        raise


def _count_failure(billing: Billing, keys: Sequence[str], user_id: int | None, address: str) -> None:
    """Count a refused proof, and log whose it would have been and from where. Source: OWASP ASVS 5.0, 16.3.1."""
    billing.do(throttle.note_failure, keys)
    whose = "nobody we know" if user_id is None else f"user {user_id}"
    log.warning("refused: a proof of being %s, from %s", whose, address)


def _right(work: Work, keys: Sequence[str], proof: Callable[..., T], *args: Any) -> T:
    proven = proof(work, *args)
    throttle.forget(work, keys)
    return proven


def _credentials(work: Work, email: str, keys: Sequence[str]) -> tuple[int | None, str | None]:
    throttle.require_tries_left(work, keys)
    found = work.session.exec(select(User.id, User.password_hash).where(User.email == email)).first()
    return found if found is not None else (None, None)


def _hash_of(work: Work, actor: Actor, keys: Sequence[str]) -> str:
    throttle.require_tries_left(work, keys)
    return work.session.get_one(User, actor.user_id).password_hash


def _about(work: Work, user_id: int) -> tuple[str, str]:
    user = work.session.get_one(User, user_id)
    return user.name, user.email


def _after_password(work: Work, user_id: int, verdict: Verdict, visitor: Visitor, keys: Sequence[str]) -> LoggedIn:
    user = work.session.get_one(User, user_id)
    if verdict.new_hash:
        user.password_hash = verdict.new_hash
        work.session.add(user)
    throttle.forget(work, keys)
    if factors.has_any(work, user_id):
        return LoggedIn(sessions.start_half(work, user_id, visitor), is_half=True)
    needs_factor = factors.is_lacking(work, user_id, of_staff=bool(user.staff_role))
    return LoggedIn(sessions.start(work, user_id, visitor), needs_factor=needs_factor)


def _finish_with_code(work: Work, token: str, code: str, visitor: Visitor, vault: Vault) -> str:
    user_id = sessions.half(work, token).user_id
    authenticator.prove(work, user_id, vault, code)
    return _finish(work, token, user_id, visitor)


def _finish_with_passkey(work: Work, token: str, answer: str, visitor: Visitor, site: Site) -> str:
    user_id = sessions.half(work, token).user_id
    passkeys.prove(work, site, answer, user_id)
    return _finish(work, token, user_id, visitor)


def _finish(work: Work, token: str, user_id: int, visitor: Visitor) -> str:
    # A token that was seen before the log-in was complete is worth nothing after it.
    sessions.end(work, token)
    recovery.lapse(work, user_id)
    return sessions.start(work, user_id, visitor)


def _start_with_passkey(work: Work, answer: str, visitor: Visitor, site: Site) -> str:
    user_id = passkeys.prove(work, site, answer)
    recovery.lapse(work, user_id)
    return sessions.start(work, user_id, visitor)


def _proven(work: Work, actor: Actor, token: str, keys: Sequence[str]) -> None:
    throttle.forget(work, keys)
    sessions.note_proof(work, token)


def _proven_by_code(work: Work, actor: Actor, token: str, code: str, vault: Vault) -> None:
    authenticator.prove(work, actor.user_id or 0, vault, code)
    sessions.note_proof(work, token)


def _proven_by_passkey(work: Work, actor: Actor, token: str, answer: str, site: Site) -> None:
    passkeys.prove(work, site, answer, actor.user_id)
    sessions.note_proof(work, token)
