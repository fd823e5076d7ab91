"""The second factor by an app: six digits that change every half minute (TOTP), and backup codes for when it is lost.

Source: RFC 6238, through passlib.
"""

import secrets
from dataclasses import dataclass

from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import delete, update
from sqlmodel import col, func, select

from billing import audit, locks
from billing.access import Actor, require_proof
from billing.accounts import notices
from billing.accounts.notices import Facts
from billing.accounts.tables import User
from billing.db import Work, rows_changed
from billing.errors import CodeRefused, Conflict
from billing.logins import factors
from billing.logins.sessions import digest
from billing.logins.tables import Authenticator, BackupCode
from billing.ports import AccountMailKind
from billing.vault import Vault

BACKUP_CODES = 10
# Six groups of four of 31 letters are 118 bits: who has the digest can't try them all, and a fast one will do for what
# the server has to look up (ASVS 6.5.2 asks for 112 bits).
_GROUPS, _GROUP = 6, 4
# Letters and digits that are not mistaken for each other when read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Setup:
    """What the app needs: the secret to type, or the same as an address in a QR code."""

    secret: str
    uri: str


def begin(work: Work, actor: Actor, vault: Vault, issuer: str) -> Setup:
    """Prepare an app; it counts only once it has shown a right code. Raises CheckNeeded, or Conflict when one is on."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    known = work.session.get(Authenticator, actor.user_id)
    if known is not None and known.confirmed_at is not None:
        raise Conflict()
    app = TOTP.new()
    row = known or Authenticator(user_id=actor.user_id or 0, secret="", created_at=work.now)
    row.secret, row.created_at, row.last_counter = vault.encrypt(app.base32_key), work.now, 0
    work.session.add(row)
    return Setup(secret=app.pretty_key(), uri=app.to_uri(label=user.email, issuer=issuer.replace(":", " ")))


def confirm(work: Work, actor: Actor, vault: Vault, code: str) -> tuple[str, ...]:
    """Switch the app on with a code that it shows; returns fresh backup codes. Raises CodeRefused, CheckNeeded."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    app = work.session.get(Authenticator, actor.user_id)
    if app is None or app.confirmed_at is not None:
        raise Conflict()
    _use_code(work, app, vault, code)
    app.confirmed_at = work.now
    work.session.add(app)
    _told(work, actor, user, "second_factor.on", AccountMailKind.SECOND_FACTOR_ON)
    return _fresh_codes(work, user)


def switch_off(work: Work, actor: Actor) -> None:
    """Do without the app and its backup codes. Raises CheckNeeded, LastSecondFactor."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    gone = rows_changed(work.session.execute(delete(Authenticator).where(col(Authenticator.user_id) == user.id)))
    work.session.execute(delete(BackupCode).where(col(BackupCode.user_id) == user.id))
    factors.require_one_left(work, user)
    if gone:
        _told(work, actor, user, "second_factor.off", AccountMailKind.SECOND_FACTOR_OFF)


def renew_codes(work: Work, actor: Actor) -> tuple[str, ...]:
    """New backup codes; the old ones no longer work. Raises CheckNeeded, or Conflict without an app."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    app = work.session.get(Authenticator, actor.user_id)
    if app is None or app.confirmed_at is None:
        raise Conflict()
    _told(work, actor, user, "backup_codes.renewed", AccountMailKind.BACKUP_CODES_RENEWED)
    return _fresh_codes(work, user)


def prove(work: Work, user_id: int, vault: Vault, code: str) -> None:
    """Take a code of the app, or a backup code; each works once. Raises CodeRefused."""
    user = locks.user(work, user_id)
    app = work.session.get(Authenticator, user_id)
    if app is None or app.confirmed_at is None:
        raise CodeRefused()
    plain = _plain(code)
    if plain.isdecimal() and len(plain) == 6:
        _use_code(work, app, vault, plain)
    else:
        _use_backup_code(work, user, plain)


def _use_code(work: Work, app: Authenticator, vault: Vault, code: str) -> None:
    """Only the code of this half minute counts (ASVS 6.5.5). Raises CodeRefused."""
    try:
        match = TOTP(vault.decrypt(app.secret)).match(
            code, time=int(work.now.timestamp()), window=0, last_counter=app.last_counter or None
        )
    except (TokenError, ValueError, TypeError):
        raise CodeRefused() from None
    app.last_counter = match.counter
    work.session.add(app)


def _use_backup_code(work: Work, user: User, plain: str) -> None:
    used = (
        update(BackupCode)
        .where(
            col(BackupCode.user_id) == user.id, col(BackupCode.code_sha256) == digest(plain),
            col(BackupCode.used_at).is_(None),
        )
        .values(used_at=work.now)
    )  # fmt: skip
    if rows_changed(work.session.execute(used)) != 1:
        raise CodeRefused()
    left = select(func.count()).where(BackupCode.user_id == user.id, col(BackupCode.used_at).is_(None))
    actor = Actor(name=user.name, user_id=user.id)
    facts = {"left": str(work.session.exec(left).one())}
    _told(work, actor, user, "backup_code.used", AccountMailKind.BACKUP_CODE_USED, facts)


def _fresh_codes(work: Work, user: User) -> tuple[str, ...]:
    work.session.execute(delete(BackupCode).where(col(BackupCode.user_id) == user.id))
    codes = tuple("-".join(_group() for _ in range(_GROUPS)) for _ in range(BACKUP_CODES))
    work.session.add_all(BackupCode(user_id=user.id or 0, code_sha256=digest(_plain(code))) for code in codes)
    return codes


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))


def _plain(code: str) -> str:
    """A code without what people put between its letters, and in the case in which it was given out."""
    return "".join(code.split()).replace("-", "").lower()


def _told(work: Work, actor: Actor, user: User, action: str, kind: AccountMailKind, facts: Facts | None = None) -> None:
    audit.record(work, actor, action, chain=audit.of_user(user.id or 0), subject=user.name)
    notices.to_user(work, user.id or 0, kind, facts or {})
