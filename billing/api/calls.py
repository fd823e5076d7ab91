"""One request of a machine: who asks, and for what changes something, the same answer however often it is asked.

The answer is written in the transaction that does the work. So a request that died half-way has done nothing, one that
was done has an answer to give again, and of two that arrive at once the second waits for the first. What was refused
has changed nothing and is not kept: it is judged anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing.access import Actor
from billing.api import keys
from billing.api.refusals import RepeatKeyReused
from billing.api.tables import ApiAnswer
from billing.db import Work, rows_changed, table_of
from billing.runtime import Billing
from billing.vault import Vault

R = TypeVar("R")
UseCase = Callable[..., R]
KEPT_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Asked:
    """A request that changes something. repeat_key: the same for every try of it. fingerprint: of all that it asks."""

    repeat_key: str
    fingerprint: str


def read(billing: Billing, token: str, use_case: UseCase[R], *given: Any) -> R:
    """Answer a question. Raises KeyRefused, and what the use case raises."""
    bearer, answer = billing.ask(_read, token, use_case, given)
    if bearer.idle:
        billing.do(keys.note_use, bearer.key.key_id)
    return answer


def write(
    billing: Billing, token: str, asked: Asked, use_case: UseCase[R], *given: Any, shown: Callable[[R], str]
) -> str:
    """Do something once, and return its answer as `shown` writes it, now or when it was done before.

    Raises KeyRefused, RepeatKeyReused, and what the use case raises.
    """
    return billing.do(_write, token, asked, billing.vault, use_case, given, shown)


def remove(billing: Billing, token: str, use_case: UseCase[None], *given: Any) -> None:
    """Take something away, which is the same however often it is asked. Raises KeyRefused, and what it raises."""
    billing.do(_remove, token, use_case, given)


def forget(billing: Billing) -> int:
    """Let go of answers that nobody asks for any more; returns how many."""
    return billing.do(_forget)


def _read(work: Work, token: str, use_case: UseCase[R], given: tuple[Any, ...]) -> tuple[keys.Bearer, R]:
    bearer = keys.bearer(work, token)
    return bearer, use_case(work, bearer.actor, *given)


def _remove(work: Work, token: str, use_case: UseCase[None], given: tuple[Any, ...]) -> None:
    use_case(work, _entered(work, token), *given)


def _write(
    work: Work, token: str, asked: Asked, vault: Vault, use_case: UseCase[R], given: tuple[Any, ...],
    shown: Callable[[R], str],
) -> str:  # fmt: skip
    actor = _entered(work, token)
    key_id = actor.key.key_id if actor.key else 0
    if not _is_first(work, key_id, asked):
        return _given_before(work, key_id, asked, vault)
    content = shown(use_case(work, actor, *given))
    ours = (col(ApiAnswer.key_id) == key_id, col(ApiAnswer.repeat_key) == asked.repeat_key)
    work.session.execute(update(ApiAnswer).where(*ours).values(content=vault.encrypt(content)))
    return content


def _entered(work: Work, token: str) -> Actor:
    bearer = keys.bearer(work, token)
    if bearer.idle:
        keys.note_use(work, bearer.key.key_id)
    return bearer.actor


def _is_first(work: Work, key_id: int, asked: Asked) -> bool:
    """Take the place of this request; while another transaction has just done so, wait how that ends."""
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table_of(ApiAnswer)).values(
        key_id=key_id, repeat_key=asked.repeat_key, fingerprint=asked.fingerprint, content="", created_at=work.now
    )
    unless_there = insert.on_conflict_do_nothing(index_elements=["key_id", "repeat_key"])
    return work.session.execute(unless_there.returning(col(ApiAnswer.id))).first() is not None


def _given_before(work: Work, key_id: int, asked: Asked, vault: Vault) -> str:
    ours = (ApiAnswer.key_id == key_id, ApiAnswer.repeat_key == asked.repeat_key)
    answer = work.session.exec(select(ApiAnswer).where(*ours)).one()
    if answer.fingerprint != asked.fingerprint:
        raise RepeatKeyReused()
    return vault.decrypt(answer.content)


def _forget(work: Work) -> int:
    old = delete(ApiAnswer).where(col(ApiAnswer.created_at) < work.now - KEPT_FOR)
    return rows_changed(work.session.execute(old))
