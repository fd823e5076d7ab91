"""Asking the tax authorities about VAT numbers, always between two transactions."""

from collections.abc import Iterable, Sequence

from billing import outbox
from billing.access import SYSTEM
from billing.clock import local_day
from billing.db import Work
from billing.errors import ProviderUnclear
from billing.outbox import OutboxMessage, Task
from billing.ports import VatReply, VatVerdict
from billing.runtime import Billing
from billing.taxes import queries, service
from billing.taxes.queries import Question


def check_number(billing: Billing, message: OutboxMessage) -> None:
    """Ask what the outbox wants to know, unless there is another number by now, of which a later row knows.

    Raises ProviderUnclear while nobody answers; a state that was silent a moment ago is not asked again.
    """
    asked = billing.ask(queries.question, message.payload["account_id"])
    if asked is None or asked.number != message.payload["number"]:
        return
    if billing.ask(queries.is_silent, asked.state):
        billing.do(service.not_answered, asked.account_id, asked.number)
        raise ProviderUnclear(reason="silent")
    reply = _ask(billing, asked, message.payload["asked_by"])
    if reply.verdict is VatVerdict.UNAVAILABLE:
        raise ProviderUnclear(reason=reply.reason)


def keep_numbers_checked(billing: Billing) -> int:
    """Have every answer renewed before it is too old, each number once a day; returns how many are now to be asked
    about that were not."""
    aging = billing.ask(_to_put)
    return billing.do(_put, aging) if aging else 0


def check_stale(billing: Billing, accounts: Sequence[int] | None = None) -> None:
    """Ask now about the numbers, of these accounts or of all, without which a document could not be issued.

    A member state that does not answer is not asked again: its customers keep their last answer as long as
    `vat_treatment.is_stale` lets it count, and nothing is issued to the others.
    """
    _ask_all(billing, billing.ask(queries.stale, accounts))


def _ask_all(billing: Billing, questions: Iterable[Question]) -> None:
    silent: set[str] = set()
    for asked in questions:
        if asked.state in silent:
            billing.do(service.not_answered, asked.account_id, asked.number)
        elif _ask(billing, asked, SYSTEM.name).verdict is VatVerdict.UNAVAILABLE:
            silent.add(asked.state)


def _ask(billing: Billing, asked: Question, asked_by: str) -> VatReply:
    requester = billing.policy.seller.vat_number
    reply = billing.vat_register.check(asked.number, requester)
    billing.do(_record, asked, asked_by, requester, reply)
    return reply


def _record(work: Work, asked: Question, asked_by: str, requester: str, reply: VatReply) -> None:
    service.record(work, asked.account_id, asked.number, asked_by, requester, reply)


def _to_put(work: Work) -> list[Question]:
    """What is to be asked about today and is not in the outbox yet."""
    aging = queries.aging(work)
    there = outbox.known(work, [_key(work, asked) for asked in aging])
    return [asked for asked in aging if _key(work, asked) not in there]


def _put(work: Work, questions: Sequence[Question]) -> int:
    for asked in questions:
        outbox.put(
            work, Task.CHECK_VAT_NUMBER, _key(work, asked), account_id=asked.account_id, number=asked.number,
            asked_by=SYSTEM.name,
        )  # fmt: skip
    return len(questions)


def _key(work: Work, asked: Question) -> str:
    return f"vat_number:{asked.account_id}:{asked.number}:{local_day(work.now).isoformat()}"
