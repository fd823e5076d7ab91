"""How an account's next document is taxed, and keeping what that depends on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from billing import audit, locks
from billing.access import SYSTEM
from billing.accounts import notices
from billing.accounts.service import bump_version
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work
from billing.ports import AccountMailKind, VatReply, VatVerdict
from billing.taxes.tables import UnionTurnover, VatCheck
from billing.vat_treatment import AT_HOME, HOME, Taxation, VatAnswer, VatTreatment, decide

TO_CONSUMERS = frozenset({VatTreatment.UNION_CONSUMER, VatTreatment.OSS})


def taxation(work: Work, account: Any, net_cents: int = 0, *, issuing: bool = False) -> Taxation:
    """How a document of today over `net_cents` is taxed; account: anything with what `vat_treatment.Buyer` asks.

    issuing: nobody else may pass the threshold of sales to consumers before this transaction ends.
    """
    if account.country == HOME:
        return AT_HOME
    today = local_day(work.now)
    found = decide(account, today, work.vat, is_over=False)
    if found.treatment is VatTreatment.UNION_CONSUMER and _is_over(work, today, net_cents, issuing=issuing):
        return decide(account, today, work.vat, is_over=True)
    return found


def count(work: Work, treatment: VatTreatment, net_cents: int) -> None:
    """A document of today is going to be issued: those after it in this transaction are decided with it in mind."""
    if treatment not in TO_CONSUMERS:
        return
    year = local_day(work.now).year
    for key in (_key(year, issuing=False), _key(year, issuing=True)):
        if key in work.memo:
            cents, was_over = work.memo[key]
            work.memo[key] = (cents + net_cents, was_over)


def will_sell(work: Work, treatments: Iterable[VatTreatment]) -> None:
    """Documents of today are going to be numbered: what they sell is locked first, as it is for a single one, so that
    nobody who has it waits for their numbers."""
    if not TO_CONSUMERS.isdisjoint(treatments):
        locks.union_turnover(work, local_day(work.now).year)


def sold(work: Work, treatment: VatTreatment | str, year: int, net_cents: int) -> None:
    """Keep what a document that is issued changes about the turnover of a year; below zero for a credit note."""
    if treatment not in TO_CONSUMERS:
        return
    turnover = locks.union_turnover(work, year)
    turnover.net_cents += net_cents
    if turnover.net_cents > work.vat.threshold_cents and turnover.over_since is None:
        turnover.over_since = local_day(work.now)
    work.session.add(turnover)
    work.session.flush()


def record(work: Work, account_id: int, number: str, asked_by: str, requester: str, reply: VatReply) -> None:
    """Keep an answer, and let it count when it is about the number that the account has now."""
    account = locks.account(work, account_id)
    work.session.add(
        VatCheck(
            account_id=account_id, number=number, requester=requester, asked_by=asked_by, asked_at=work.now,
            verdict=reply.verdict.value, consultation=reply.consultation, name=reply.name, address=reply.address,
            reason=reply.reason,
        )
    )  # fmt: skip
    _apply(work, account, number, reply.verdict)


def not_answered(work: Work, account_id: int, number: str) -> None:
    """Nobody answers for the state of a number just now, so that this one was not even asked about."""
    _apply(work, locks.account(work, account_id), number, VatVerdict.UNAVAILABLE)


def _apply(work: Work, account: Account, number: str, verdict: VatVerdict) -> None:
    today = local_day(work.now)
    if account.vat_number != number:
        return
    if verdict is VatVerdict.INVALID and account.vat_answer != VatAnswer.INVALID:
        _tell_invalid(work, account)
    if verdict is VatVerdict.UNAVAILABLE:
        account.vat_tried_on = today
    else:
        account.vat_answer, account.vat_answered_on, account.vat_tried_on = verdict.value, today, None
    work.session.add(account)
    # Whoever locks it again in this transaction reads it anew.
    work.session.flush()
    bump_version(work, account.id or 0)


def _tell_invalid(work: Work, account: Account) -> None:
    """From the next invoice on there is VAT, which the customer can only set right when it knows."""
    account_id, number = account.id or 0, account.vat_number
    audit.record(work, SYSTEM, "vat_number.invalid", chain=audit.of_account(account_id), subject=number)
    notices.to_owner(work, account_id, AccountMailKind.VAT_NUMBER_INVALID, {"number": number})


def _is_over(work: Work, today: date, net_cents: int, *, issuing: bool) -> bool:
    """Source: article 59c of directive 2006/112/EC: this year's sales with this one, or all of last year's."""
    if work.vat.oss_since and work.vat.oss_since <= today:
        return True
    key = _key(today.year, issuing=issuing)
    if key not in work.memo:
        now = locks.union_turnover(work, today.year) if issuing else work.session.get(UnionTurnover, today.year)
        before = work.session.get(UnionTurnover, today.year - 1)
        was_over = any(turnover and turnover.over_since for turnover in (now, before))
        work.memo[key] = (now.net_cents if now else 0, was_over)
    cents, was_over = work.memo[key]
    return bool(was_over or cents + net_cents > work.vat.threshold_cents)


def _key(year: int, *, issuing: bool) -> tuple[str, int, bool]:
    # What was read without the lock doesn't count under it.
    return ("union_turnover", year, issuing)
