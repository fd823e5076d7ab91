"""The push recorder: every message that the gateway sent, with what became of it, for somebody of finance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_
from sqlmodel import col, func, select

from billing import access, audit, inbox, locks
from billing.access import Actor
from billing.db import Work
from billing.errors import NotFound
from billing.inbox import InboxMessage, RefusedPush
from billing.invoices.tables import Invoice
from billing.ledger.tables import JournalEntry
from billing.lights.scrubbing import scrubbed
from billing.payments.returns import RETURNS
from billing.payments.tables import PARKED, GatewayRecord, PaymentShare

PAGE_SIZE = 25
MOST_REFUSALS = 20


class Verdict(StrEnum):
    """What became of a message. APPLIED: it led to what the gateway then said. LATE: what it told was known already,
    from a later message or by asking. WAITING: it is dealt with in a moment. STUCK: in several tries it could not be.
    PARKED: a person has to look. UNKNOWN: about nothing that the gateway knows by our own question. OTHER: nothing of
    money, such as a mandate. FORGED: a signature that is not right, or no sense at all."""

    APPLIED = "applied"
    LATE = "late"
    WAITING = "waiting"
    STUCK = "stuck"
    PARKED = "parked"
    UNKNOWN = "unknown"
    OTHER = "other"
    FORGED = "forged"


# What can be asked for in a list. TWICE: messages that were sent more than once.
TWICE = "twice"
FILTERS = ("", *(v.value for v in Verdict if v is not Verdict.FORGED), TWICE)
STUCK_TRIES = 3
_UNKNOWN = "unknown to the gateway"


@dataclass(frozen=True)
class Message:
    """One message. told: the status code in it. repeats: how often it came again. reason: why it is parked or stuck.

    kind: of the transaction; empty when it is unknown. cents: below zero when money went back.
    """

    message_id: int
    received_at: datetime
    key: str
    subject: str
    verdict: Verdict
    reason: str
    told: str
    kind: str
    number: str
    cents: int | None
    repeats: int
    repeated_at: datetime | None
    tries: int


@dataclass(frozen=True)
class Refusal:
    """Messages of one hour that were refused for one reason; count: at least so many."""

    reason: str
    count: int
    last_at: datetime


@dataclass(frozen=True)
class Recorded:
    """One page of messages, the newest first. counts: of all messages, by filter. refusals: the newest."""

    rows: tuple[Message, ...]
    page: int
    pages: int
    count: int
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Detail:
    """One message with its content, in which nothing is left that names or pays anybody; and all about the same thing,
    the oldest first."""

    message: Message
    content: tuple[tuple[str, str], ...]
    others: tuple[Message, ...]


def recorded(work: Work, actor: Actor, which: str = "", search: str = "", page: int = 1) -> Recorded:
    """Messages of one verdict, or all; search: the beginning of a key, or an invoice number. Raises NotAllowed."""
    access.require_finance(work, actor)
    wanted = [*_matching(which), *_searched(search)]
    total = work.session.exec(_joined(func.count(col(InboxMessage.id))).where(*wanted)).one()
    pages = max(-(-total // PAGE_SIZE), 1)
    page = min(max(page, 1), pages)
    rows = _messages().where(*wanted).order_by(col(InboxMessage.id).desc())
    found = work.session.exec(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    refused = select(RefusedPush).order_by(col(RefusedPush.last_at).desc()).limit(MOST_REFUSALS)
    return Recorded(
        rows=tuple(_message(*row) for row in found), page=page, pages=pages, count=total,
        refusals=tuple(Refusal(one.reason, one.count, one.last_at) for one in work.session.exec(refused)),
    )  # fmt: skip


def detail(work: Work, actor: Actor, message_id: int) -> Detail:
    """One message. Raises NotAllowed or NotFound."""
    access.require_finance(work, actor)
    found = work.session.exec(_messages().where(InboxMessage.id == message_id)).first()
    if found is None:
        raise NotFound()
    same = _messages().where(InboxMessage.key == found[0].key, InboxMessage.id != message_id)
    others = work.session.exec(same.order_by(col(InboxMessage.id)).limit(PAGE_SIZE)).all() if found[0].key else []
    return Detail(_message(*found), scrubbed(found[0].body), tuple(_message(*row) for row in others))


def key_of(work: Work, actor: Actor, message_id: int) -> str:
    """What a message is about, written down as being replayed by somebody. Raises NotAllowed or NotFound."""
    user_id = access.require_finance(work, actor)
    message = work.session.get(InboxMessage, message_id)
    if message is None:
        raise NotFound()
    locks.user(work, user_id)
    audit.record(work, actor, "push.replayed", chain=audit.of_user(user_id), subject=str(message_id), key=message.key)
    return message.key


def is_of_money(work: Work, message_id: int) -> bool:
    """Whether a message is about a transaction, and not about a mandate or anything else."""
    message = work.session.get(InboxMessage, message_id)
    return message is not None and message.subject == "transaction"


def _messages() -> Any:
    return _joined(InboxMessage, GatewayRecord, _verdict())


def _joined(*what: Any) -> Any:
    about = col(GatewayRecord.provider_key) == col(InboxMessage.key)
    return select(*what).select_from(InboxMessage).outerjoin(GatewayRecord, about)


def _verdict() -> ColumnElement[str]:
    """What became of a message, the first that fits: by its own state, and by what was done with what it is about."""
    is_new, said = col(InboxMessage.state) == inbox.NEW, col(InboxMessage.verdict)
    known_before = (
        select(JournalEntry.id)
        .where(
            col(JournalEntry.source_key) == literal("gateway:") + col(InboxMessage.key),
            col(JournalEntry.booked_at) < col(InboxMessage.received_at),
        )
        .exists()
    )
    return case(
        (and_(is_new, col(InboxMessage.tries) > STUCK_TRIES), Verdict.STUCK.value),
        (is_new, Verdict.WAITING.value),
        (col(InboxMessage.subject) != "transaction", Verdict.OTHER.value),
        (said == _UNKNOWN, Verdict.UNKNOWN.value),
        (col(GatewayRecord.verdict) == PARKED, Verdict.PARKED.value),
        (known_before, Verdict.LATE.value),
        else_=Verdict.APPLIED.value,
    )


def _matching(which: str) -> list[ColumnElement[bool]]:
    if which == TWICE:
        return [col(InboxMessage.repeats) > 0]
    return [_verdict() == which] if which in FILTERS and which else []


def _searched(search: str) -> list[ColumnElement[bool]]:
    """The beginning of a key, or an invoice number: of the transaction itself or of what its attempt was for."""
    text = search.strip()
    if not text:
        return []
    of_invoice = (
        select(PaymentShare.payment_id)
        .join(Invoice, col(Invoice.id) == col(PaymentShare.invoice_id))
        .where(Invoice.number == text)
    )
    return [
        or_(
            col(InboxMessage.key).startswith(text.upper(), autoescape=True),
            col(GatewayRecord.invoice_number) == text, col(GatewayRecord.payment_id).in_(of_invoice),
        )
    ]  # fmt: skip


def _cents(record: GatewayRecord) -> int:
    return -record.amount_cents if record.kind in RETURNS else record.amount_cents


def _message(message: InboxMessage, record: GatewayRecord | None, verdict: str) -> Message:
    facts: Mapping[str, str] = dict(scrubbed(message.body))
    parked = record is not None and verdict == Verdict.PARKED
    return Message(
        message_id=message.id or 0, received_at=message.received_at, key=message.key, subject=message.subject,
        verdict=Verdict(verdict), reason=record.reason if record and parked else message.verdict,
        told=facts.get("Transaction.Status.Code.Code", facts.get("brq_statuscode", "")),
        number=record.invoice_number if record else facts.get("Transaction.Invoice", ""),
        kind=record.kind if record else "", cents=_cents(record) if record else None,
        repeats=message.repeats, repeated_at=message.repeated_at, tries=message.tries,
    )  # fmt: skip
