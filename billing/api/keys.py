"""Keys of the API: made and withdrawn by staff, shown once, kept as a digest, and looked up with every request."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import col
from sqlmodel import select as select_rows

from billing import access, audit, locks
from billing.access import Actor, Key, Scope
from billing.accounts.people import one_line
from billing.accounts.tables import Account
from billing.api.refusals import KeyInvalid, KeyRefused
from billing.api.tables import ApiKey
from billing.db import Work, table_of

PREFIX = "vdk_"
LONGEST_NAME = 60
HINT_LETTERS = len(PREFIX) + 4
USED_EVERY = timedelta(minutes=5)

# Asked with every request, so built once and run past the object layer.
_K, _A = table_of(ApiKey).c, table_of(Account).c
_BY_DIGEST = select(
    _K.id, _K.name, _K.scopes, _K.account_id, _K.expires_at, _K.withdrawn_at, _K.used_at, _A.erased_at
).outerjoin(table_of(Account), _A.id == _K.account_id).where(_K.sha256 == bindparam("sha256"))  # fmt: skip


@dataclass(frozen=True)
class AddKey:
    """A key to be. account_id: the one customer that it is for; None for all. expires_at: None for never."""

    name: str
    scopes: Collection[str]
    account_id: int | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class KeyRow:
    """A key in a list. hint: how it begins."""

    key_id: int
    name: str
    hint: str
    scopes: str
    account: str
    expires_at: datetime | None
    withdrawn_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True)
class Bearer:
    """The machine that a key stands for. idle: its use should be written down again."""

    actor: Actor
    key: Key
    idle: bool


def add(work: Work, actor: Actor, command: AddKey) -> str:
    """Make a key and return it, this once. Raises NotAllowed, KeyInvalid, NotFound or AccountErased."""
    user_id = access.require_finance(work, actor)
    row = _checked(work, command)
    token = PREFIX + secrets.token_urlsafe(32)
    row.sha256, row.hint, row.created_by = digest(token), token[:HINT_LETTERS], user_id
    work.session.add(row)
    work.flush()
    chain = audit.of_key(row.id or 0)
    audit.record(work, actor, "api_key.made", chain=chain, subject=row.name, scopes=row.scopes)
    return token


def withdraw(work: Work, actor: Actor, key_id: int) -> None:
    """Let a key work no more, at once and for good; doing so again changes nothing. Raises NotAllowed or NotFound."""
    access.require_finance(work, actor)
    key = locks.api_key(work, key_id)
    if key.withdrawn_at is None:
        key.withdrawn_at = work.now
        work.session.add(key)
        audit.record(work, actor, "api_key.withdrawn", chain=audit.of_key(key_id), subject=key.name)


def listed(work: Work, actor: Actor) -> Sequence[KeyRow]:
    """All keys, the oldest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    rows = select_rows(ApiKey, Account.name).outerjoin(Account, col(Account.id) == col(ApiKey.account_id))
    return [
        KeyRow(key.id or 0, key.name, key.hint, key.scopes, account or "", key.expires_at, key.withdrawn_at,
               key.used_at)
        for key, account in work.session.exec(rows.order_by(col(ApiKey.id)))
    ]  # fmt: skip


def bearer(work: Work, token: str) -> Bearer:
    """Who comes with this key. Raises KeyRefused."""
    row = work.plain(_BY_DIGEST, sha256=digest(token)).first()
    if row is None or row.withdrawn_at is not None or row.erased_at is not None:
        raise KeyRefused()
    if row.expires_at is not None and row.expires_at <= work.now:
        raise KeyRefused()
    key = Key(row.id, frozenset(scope for scope in Scope if scope.value in row.scopes.split()), row.account_id)
    idle = row.used_at is None or row.used_at < work.now - USED_EVERY
    return Bearer(Actor(name=f"API {row.name}", key=key), key, idle)


def note_use(work: Work, key_id: int) -> None:
    """Write down that a key was used."""
    work.session.execute(update(ApiKey).where(col(ApiKey.id) == key_id).values(used_at=work.now))


def digest(token: str) -> str:
    """What is kept of a key. It is long and random, so that a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _checked(work: Work, command: AddKey) -> ApiKey:
    name, known = one_line(command.name, longest=LONGEST_NAME), {scope.value for scope in Scope}
    if not name:
        raise KeyInvalid(reason="name")
    if not command.scopes or not set(command.scopes) <= known:
        raise KeyInvalid(reason="scopes")
    if command.expires_at is not None and command.expires_at <= work.now:
        raise KeyInvalid(reason="expires")
    if command.account_id is not None:
        locks.living_account(work, command.account_id)
    return ApiKey(
        name=name, scopes=" ".join(sorted(set(command.scopes))), account_id=command.account_id,
        expires_at=command.expires_at, created_at=work.now, sha256="", hint="", created_by=0,
    )  # fmt: skip
