"""Logging in: the slow password check happens between two short transactions, never inside one."""

import hashlib
from dataclasses import dataclass, field

from sqlmodel import select

from billing.accounts import passwords, service
from billing.accounts.tables import User
from billing.db import Work
from billing.errors import LoginFailed
from billing.runtime import Billing

MAX_PASSWORD = 1024


@dataclass(frozen=True)
class LogIn:
    """What came out of the log-in form, and the address it came from."""

    email: str
    password: str = field(repr=False)
    address: str


def log_in(billing: Billing, command: LogIn) -> str:
    """Check a password and return a session token.

    Raises LoginFailed with the same words for an unknown address and a wrong password, and LoginThrottled with
    `retry_after` in seconds.
    """
    email = command.email.strip().lower()
    keys = _throttle_keys(email, command.address)
    user_id, password_hash = billing.ask(_credentials, email, keys)
    if not passwords.verify(command.password[:MAX_PASSWORD], password_hash) or user_id is None:
        billing.do(service.note_failure, keys)
        raise LoginFailed()
    return billing.do(service.start_session, user_id=user_id, forget_failures=keys[:1])


def _credentials(work: Work, email: str, keys: list[str]) -> tuple[int | None, str | None]:
    service.require_tries_left(work, keys)
    found = work.session.exec(select(User.id, User.password_hash).where(User.email == email)).first()
    return found if found is not None else (None, None)


def _throttle_keys(email: str, address: str) -> list[str]:
    pair = hashlib.sha256(f"{email} {address}".encode()).hexdigest()
    return [f"login:{pair}", f"address:{address}"]
