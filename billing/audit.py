"""Who did what to what, and when: append-only, and chained by hashes so that a changed or missing row shows."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, desc
from sqlmodel import Column, Field, SQLModel, col, select

from billing.access import Actor
from billing.db import UtcDateTime, Work

GENESIS = "0" * 64


class AuditEvent(SQLModel, table=True):
    """One act. chain: the account (or user) whose story it belongs to; each chain is numbered without gaps."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("chain", "sequence"),)

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
    """Append an act to a chain whose account or user the caller has locked."""
    newest = select(AuditEvent.sequence, AuditEvent.hash).where(AuditEvent.chain == chain)
    last = work.session.exec(newest.order_by(desc(col(AuditEvent.sequence))).limit(1)).first()
    event = AuditEvent(
        chain=chain, sequence=last[0] + 1 if last else 1, at=work.now, actor=actor.name, user_id=actor.user_id,
        action=action, subject=subject, facts=facts, previous_hash=last[1] if last else GENESIS, hash="",
    )  # fmt: skip
    event.hash = digest(event)
    work.session.add(event)


def of_account(account_id: int) -> str:
    """The chain of an account."""
    return f"account:{account_id}"


def of_user(user_id: int) -> str:
    """The chain of a user's log-ins."""
    return f"user:{user_id}"


def digest(event: AuditEvent) -> str:
    """The hash an event must carry: over its own content and the hash before it."""
    content = [
        event.chain, event.sequence, event.at.astimezone(UTC).isoformat(), event.actor, event.user_id, event.action, event.subject,
        event.facts, event.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
