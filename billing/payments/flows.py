"""Paying: several short transactions with calls to the gateway between them, never inside one."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from billing import descriptions, inbox, metrics, steps
from billing.access import Actor
from billing.db import Work
from billing.errors import BillingError, ProviderRefused, ProviderUnclear
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.inbox import InboxMessage
from billing.payments import booking, checks, service
from billing.payments.checks import DueCheck
from billing.payments.service import OpenedPayment, StartPayment
from billing.ports import GatewayTransaction, Outcome, PaymentOrder, TransferDetails
from billing.runtime import Billing

log = logging.getLogger(__name__)

REFUSALS = {Outcome.FAILED, Outcome.REJECTED, Outcome.CANCELLED}
# A question whose answer is always that there is nothing, for times when there is nothing to ask.
SMALL_TALK = "are-you-there"
ASK_AFTER_SILENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class StartedPayment:
    """What the customer does next: follow redirect_url, or transfer by hand. token: address of the return page."""

    token: str
    redirect_url: str
    transfer: TransferDetails | None


Opening = Callable[[Work, Actor, StartPayment], OpenedPayment]


def start_payment(
    billing: Billing, actor: Actor, command: StartPayment, opening: Opening = service.open_payment
) -> StartedPayment:
    """Open an attempt, order it at the gateway, and say where the customer goes.

    Raises what `open_payment` raises; ProviderUnclear when the gateway can't be reached or understood (the attempt
    stays unknown until it is looked up; nothing is sent twice); ProviderRefused when it said no. opening: writes the
    attempt down, with what belongs to it.
    """
    with steps.step("payment.start"):
        return _start(billing, actor, command, opening)


def _start(billing: Billing, actor: Actor, command: StartPayment, opening: Opening) -> StartedPayment:
    opened = billing.do(opening, actor, command)
    try:
        with steps.step("gateway.start", payment_id=opened.payment_id):
            answer = billing.gateway.start(_order(billing, opened, command))
    except ProviderUnclear:
        billing.do(service.record_unclear, opened)
        raise
    except ProviderRefused as refusal:
        billing.do(service.record_refusal, opened, str(refusal.facts.get("reason", "")))
        raise
    billing.do(service.record_answer, opened, answer)
    if not answer.redirect_url and answer.transfer is None:
        # Without a page to go to there is nothing the customer can do; whether it failed is another matter.
        raise (ProviderRefused if answer.outcome in REFUSALS else ProviderUnclear)(reason=answer.reason)
    return StartedPayment(token=opened.token, redirect_url=answer.redirect_url, transfer=answer.transfer)


def process_pushes(billing: Billing, limit: int = 100) -> int:
    """Deal with stored pushes: ask the gateway for the truth and book it. Returns how many were taken."""
    messages = billing.do(inbox.claim, limit) if billing.ask(inbox.any_due) else ()
    if not messages:
        return 0
    keys = list(dict.fromkeys(message.key for message in messages if message.subject == "transaction"))
    try:
        with steps.step("gateway.ask"):
            found = _with_originals(billing, billing.gateway.transactions(keys)) if keys else {}
    except (ProviderUnclear, ProviderRefused) as problem:
        billing.do(inbox.put_back, _ids(messages), messages[0].tries, str(problem))
        return len(messages)
    if keys:
        heard(billing)
    try:
        _book_pushes(billing, messages, list(found.values()))
    except Exception:
        log.exception("a batch of pushes could not be booked, trying them one by one")
        _one_by_one(billing, messages, found)
    return len(messages)


def check_payments(billing: Billing, limit: int = 50) -> int:
    """Ask the gateway about attempts that are due for it, so that a lost push costs time and not money."""
    due = billing.do(checks.claim_due, limit) if billing.ask(checks.any_due) else ()
    if not due:
        return 0
    try:
        with steps.step("gateway.ask"):
            found = look_up(billing, due)
    except (ProviderUnclear, ProviderRefused) as problem:
        log.warning("payments could not be checked: %s", problem.code)
        return len(due)
    heard(billing)
    record(billing, found)
    answered = {name for transaction in found for name in (transaction.attempt, transaction.key) if name}
    billing.do(checks.expire_unheard, [check for check in due if not {check.token, check.key} & answered])
    return len(due)


def ask_now(billing: Billing, account_id: int) -> None:
    """Ask about everything of an account that may have been paid by now, before something is done because it is not:
    of a payment of a moment ago there may be no push yet, and of a transfer that came late none at all.

    Raises ProviderUnclear when the gateway can't say.
    """
    waiting = billing.ask(checks.waiting, account_id)
    if not waiting:
        return
    try:
        found = look_up(billing, waiting)
    except ProviderRefused as refusal:
        raise ProviderUnclear(reason=str(refusal.facts.get("reason", ""))) from refusal
    heard(billing)
    record(billing, found)


def keep_in_touch(billing: Billing) -> int:
    """Ask the gateway something after half an hour without a question, so that an outage shows though nobody pays.
    Returns 1 when it was asked."""
    if billing.ask(feeds.is_fresh, Feed.GATEWAY, ASK_AFTER_SILENCE):
        return 0
    try:
        billing.gateway.find(SMALL_TALK)
    except (ProviderUnclear, ProviderRefused) as problem:
        log.warning("the gateway is not heard: %s", problem.code)
        return 0
    heard(billing)
    return 1


def heard(billing: Billing) -> None:
    """The gateway has answered a question; written down now and then."""
    if not billing.ask(feeds.is_fresh, Feed.GATEWAY, feeds.WRITTEN_EVERY):
        billing.do(feeds.mark_fresh, Feed.GATEWAY)


def judge_again(billing: Billing, key: str) -> None:
    """Ask the gateway about one transaction and book what it says, also when it was parked before; what is right
    already stays as it is. Messages about it are dealt with first.

    Raises ProviderUnclear or ProviderRefused when the gateway can't or won't say.
    """
    billing.do(inbox.reopen_about, key)
    process_pushes(billing)
    found = list(_with_originals(billing, billing.gateway.transactions([key])).values())
    heard(billing)
    billing.do(booking.record_transactions, found, expects_test=not billing.policy.gateway_is_live, again=True)


def record(billing: Billing, found: Sequence[GatewayTransaction]) -> None:
    """Book answers together; when that fails, one by one, so that a bad one does not hold up the others."""
    try:
        _count(billing.do(booking.record_transactions, found, expects_test=not billing.policy.gateway_is_live))
    except Exception:
        log.exception("transactions %s could not be booked", [transaction.key for transaction in found])
        for transaction in found if len(found) > 1 else ():
            record(billing, [transaction])


def look_up(billing: Billing, due: Sequence[DueCheck]) -> list[GatewayTransaction]:
    """What the gateway says of attempts, without booking it: by key where we have one, else by our token; transfers
    also by invoice, for copies of another amount. Raises ProviderUnclear or ProviderRefused."""
    known = [key for check in due for key in (check.key, *check.returns) if key]
    found = {t.key: t for t in billing.gateway.transactions(known).values()} if known else {}
    for check in due:
        if not check.key:
            found |= {t.key: replace(t, attempt=check.token) for t in billing.gateway.find(check.token)}
        elif check.transfer_for:
            found |= {t.key: t for t in billing.gateway.of_invoice(check.transfer_for)}
    return list(found.values())


def _with_originals(billing: Billing, found: Mapping[str, GatewayTransaction]) -> Mapping[str, GatewayTransaction]:
    """Money that goes back may be heard of before the payment it undoes, so that is asked for as well."""
    originals = {transaction.original_key for transaction in found.values() if transaction.original_key}
    missing = sorted(originals - set(found))
    return {**found, **billing.gateway.transactions(missing)} if missing else found


def _apply_pushes(
    work: Work, messages: Sequence[InboxMessage], found: Sequence[GatewayTransaction], *, expects_test: bool
) -> Mapping[str, str]:
    verdicts = booking.record_transactions(work, found, expects_test=expects_test)
    by_verdict: dict[str, list[int]] = {}
    for message in messages:
        # A push about a key the gateway does not know by our own question is not about us: kept, and not acted on.
        verdict = verdicts.get(message.key, "unknown to the gateway")
        by_verdict.setdefault(verdict, []).append(message.id or 0)
    for verdict, ids in by_verdict.items():
        inbox.finish(work, ids, verdict)
    return verdicts


def _book_pushes(billing: Billing, messages: Sequence[InboxMessage], found: Sequence[GatewayTransaction]) -> None:
    _count(billing.do(_apply_pushes, messages, found, expects_test=not billing.policy.gateway_is_live))


def _count(verdicts: Mapping[str, str]) -> None:
    """Counted when it is kept: what a transaction takes back has not happened."""
    for verdict in verdicts.values():
        metrics.TRANSACTIONS.labels(verdict).inc()


def _one_by_one(billing: Billing, messages: Sequence[InboxMessage], found: Mapping[str, GatewayTransaction]) -> None:
    for message in messages:
        one = found.get(message.key)
        mine = [found[key] for key in (one.original_key, one.key) if key in found] if one else []
        try:
            _book_pushes(billing, [message], mine)
        except Exception as problem:
            log.exception("push %s could not be booked", message.id)
            code = problem.code if isinstance(problem, BillingError) else type(problem).__name__
            billing.do(inbox.put_back, [message.id or 0], message.tries, code)


def _order(billing: Billing, opened: OpenedPayment, command: StartPayment) -> PaymentOrder:
    numbers = opened.invoice_numbers
    return PaymentOrder(
        attempt=opened.token, method=command.method, amount_cents=opened.amount_cents, invoice_number=numbers[0],
        description=descriptions.payment(numbers, opened.language),
        return_url=f"{billing.policy.public_url}/pay/return/{opened.token}", push_url=billing.policy.push_url,
        client_ip=command.client_ip, customer_name=opened.buyer_name, customer_email=opened.buyer_email,
        language=opened.language, starts_series=opened.starts_series,
    )  # fmt: skip


def _ids(messages: Sequence[InboxMessage]) -> list[int]:
    return [message.id or 0 for message in messages]
