"""Who did what to what, and when: append-only, and chained by hashes so that a changed or missing row shows."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text, tuple_
from sqlmodel import Column, Field, SQLModel, col, func, select

from billing.access import Actor
from billing.db import UtcDateTime, Work
from billing.inserting import insert_rows

GENESIS = "0" * 64
HEAD = "end of chain"

_HASHED = ("chain", "sequence", "actor", "user_id", "action", "subject", "facts", "previous_hash")


class AuditEvent(SQLModel, table=True):
    """One act. chain: the account, user or key of the API whose story it belongs to; each is numbered without gaps."""

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("chain", "sequence"),
        # What one person did; the many acts of the system itself are no part of it.
        Index("ix_audit_event_person", "chain", "user_id", "sequence", sqlite_where=text("user_id IS NOT NULL"),
              postgresql_where=text("user_id IS NOT NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    chain: str
    sequence: int
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    user_id: int | None = None
    action: str
    subject: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    previous_hash: str
    hash: str


def record(work: Work, actor: Actor, action: str, *, chain: str, subject: str, **facts: Any) -> None:
    """Append an act to a chain whose account, user or key the caller has locked."""
    load_chains(work, [chain])
    sequence, previous_hash = work.memo[HEAD, chain]
    if actor.acts_for is not None:
        facts["on_behalf"] = True
    event = {
        "chain": chain, "sequence": sequence + 1, "at": work.now, "actor": actor.name, "user_id": actor.user_id,
        "action": action, "subject": subject, "facts": facts, "previous_hash": previous_hash,
    }  # fmt: skip
    event["hash"] = digest(event)
    work.memo[HEAD, chain] = (sequence + 1, event["hash"])
    work.defer(_write, event)


def load_chains(work: Work, chains: Sequence[str]) -> None:
    """Look up where these chains end, all at once, unless this transaction knows already."""
    chains = [chain for chain in chains if (HEAD, chain) not in work.memo]
    if not chains:
        return
    ends = select(AuditEvent.chain, func.max(AuditEvent.sequence)).where(work.among(col(AuditEvent.chain), chains))
    newest = select(AuditEvent.chain, AuditEvent.sequence, AuditEvent.hash).where(
        tuple_(col(AuditEvent.chain), col(AuditEvent.sequence)).in_(ends.group_by(col(AuditEvent.chain)))
    )
    work.memo.update({(HEAD, chain): (0, GENESIS) for chain in chains})
    work.memo.update({(HEAD, chain): (number, hash_) for chain, number, hash_ in work.session.exec(newest)})


def of_account(account_id: int) -> str:
    """The chain of an account."""
    return f"account:{account_id}"


def of_user(user_id: int) -> str:
    """The chain of a user's log-ins."""
    return f"user:{user_id}"


def of_key(key_id: int) -> str:
    """The chain of a key of the API."""
    return f"api_key:{key_id}"


def digest(event: Mapping[str, Any]) -> str:
    """The hash an event (its columns by name) must carry: over its own content and the hash before it."""
    content = [event[name] for name in _HASHED] + [event["at"].astimezone(UTC).isoformat()]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _write(work: Work, events: list[dict[str, Any]]) -> None:
    insert_rows(work, AuditEvent, events)
