"""Mandates and collections: short transactions with calls to the gateway between them, never inside one."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from billing import access, descriptions, inbox
from billing.access import Actor
from billing.errors import ProviderRefused, ProviderUnclear
from billing.mandates import (
    answers,
    following,
    notices,
    planning,
    recalling,
    report,
    requests,
    series,
    service,
    submitting,
    switches,
)  # fmt: skip
from billing.mandates.answers import DueRequest
from billing.mandates.report import Report
from billing.mandates.requests import OpenedRequest, RequestMandate, StartSeries
from billing.mandates.submitting import Submission
from billing.outbox import OutboxMessage
from billing.payments import flows as payments
from billing.payments import service as attempts
from billing.payments.flows import StartedPayment
from billing.ports import DebitOrder, GatewayMandate, MandateOrder
from billing.runtime import Billing
from billing.troubles import flows as troubles

log = logging.getLogger(__name__)


def request_mandate(billing: Billing, actor: Actor, command: RequestMandate) -> str:
    """Have the customer sign at the bank; returns where the browser must go.

    Raises what `open_request` raises; ProviderUnclear when the gateway can't be reached or understood (asking anew is
    safe: only the newest request counts); ProviderRefused when it said no.
    """
    opened = billing.do(requests.open_request, actor, command, billing.policy.mandates)
    try:
        start = billing.gateway.start_mandate(_mandate_order(billing, opened, command))
    except ProviderRefused as refusal:
        billing.do(answers.record_refusal, opened.mandate_id, str(refusal.facts.get("reason", "")))
        raise
    billing.do(answers.record_start, opened.mandate_id, start)
    if not start.redirect_url:
        raise (ProviderRefused if start.outcome in answers.ENDS else ProviderUnclear)(reason=start.reason)
    return start.redirect_url


def start_series(billing: Billing, actor: Actor, command: StartSeries) -> StartedPayment:
    """Pay with iDEAL and begin a mandate with it. Raises what `start_payment` and `open_series` raise."""
    opening = partial(requests.open_series, consent=command.consent, limits=billing.policy.mandates)
    return payments.start_payment(billing, actor, requests.first_payment(command), opening)


def follow_payment(billing: Billing, message: OutboxMessage) -> None:
    """Something became of a payment that a mandate depends on. Raises ProviderUnclear when the gateway can't be asked
    for what we do not know yet: the account that paid, or why a bank refused."""
    follow(billing, message.payload["payment_id"])


def follow(billing: Billing, payment_id: int) -> None:
    """Let a mandate, and the collection behind a payment, take note of where the payment stands."""
    story = billing.ask(series.story, payment_id)
    found = billing.gateway.transactions([story.key]) if story.key else {}
    if story.is_debit:
        payments.record(billing, list(found.values()))
        billing.do(following.follow, payment_id, billing.policy.mandates)
    else:
        billing.do(series.follow, payment_id, found.get(story.key), billing.vault, billing.policy.mandates)


def process_pushes(billing: Billing) -> int:
    """Note that mandates have to be asked about; returns how many pushes were taken."""
    return billing.do(answers.hear) if billing.ask(inbox.any_due, inbox.MANDATES) else 0


def check_mandates(billing: Billing, limit: int = 50) -> int:
    """Ask the gateway about mandates that are due for it, so that a lost push costs time and nothing else."""
    due = billing.do(answers.claim_due, limit) if billing.ask(answers.any_due) else []
    keys = [one.key for one in due if one.key and one.payment_id is None]
    try:
        found = billing.gateway.mandates(keys) if keys else {}
        for one in due:
            if billing.stopping.is_set():
                return len(due)
            _learn(billing, one, found.get(one.key))
        if due:
            billing.do(answers.give_up, due)
    except (ProviderUnclear, ProviderRefused) as problem:
        log.warning("mandates could not be checked: %s", problem.code)
    return len(due)


def plan_collections(billing: Billing, limit: int = 500) -> int:
    """Put open invoices on the calendar and take paid ones off it; returns how many."""
    limits = billing.policy.mandates
    settled = _each(
        billing, "drop_settled", planning.drop_settled, billing.ask(planning.accounts_to_settle, limit)
    )  # fmt: skip
    due = billing.ask(planning.accounts_to_plan, limit)
    return settled + _each(billing, "plan_collections", partial(planning.plan, limits=limits), due)


def announce_collections(billing: Billing, limit: int = 500) -> int:
    """Tell customers of the collections to come; returns of how many."""
    limits = billing.policy.mandates
    due = billing.ask(planning.accounts_to_tell, limits, limit)
    return _each(billing, "announce_collections", partial(planning.announce, limits=limits), due)


def let_mandates_lapse(billing: Billing, limit: int = 500) -> int:
    """End mandates that were not used for 36 months; returns how many."""
    due = billing.ask(service.accounts_with_lapsed, limit)
    return _each(billing, "let_mandates_lapse", service.let_lapse, due)


def submit_collections(billing: Billing, limit: int = 100) -> int:
    """Give announced collections to the gateway, each once; returns how many it was asked for.

    What the customer may have paid meanwhile is asked for first. An order of which nobody knows whether it arrived ends
    the round; it is looked up from then on, never sent again.
    """
    due = billing.ask(submitting.due, limit)
    step = partial(_submit_one, billing)
    return troubles.each(billing, "mandates.submit_collections", "collection", step, _while_line_holds(billing, due))


def heed_feeds(billing: Billing) -> int:
    """Freeze all collections while nobody knows for sure what was paid, and let them go on when that is over; returns
    1 when that began or ended."""
    payments.keep_in_touch(billing)
    wanted = billing.ask(switches.feeds_want)
    return int(wanted is not None and billing.do(switches.follow_feeds))


def recall_collections(billing: Billing, limit: int = 100) -> int:
    """Ask back what the gateway has and nobody is to be debited for any more; returns how many were asked.

    Its answer is not taken for the outcome: where the transaction stands is asked right after, and again later on.
    """
    due = billing.ask(recalling.due, limit)
    return troubles.each(billing, "mandates.recall_collections", "collection", partial(_recall, billing), due)


def follow_lost_mail(billing: Billing, message: OutboxMessage) -> None:
    """A mail did not arrive; if it announced a debit, that is not collected on it."""
    billing.do(notices.follow_lost, message.payload["outbox_id"], billing.policy.mandates)


def run_collections(billing: Billing) -> Report:
    """Do all that is due now, and say how much it was."""
    heed_feeds(billing)
    planned, announced = plan_collections(billing), announce_collections(billing)
    submitted = submit_collections(billing)
    recall_collections(billing)
    left = billing.ask(report.due, billing.policy.mandates)
    return replace(left, planned=planned, announced=announced, submitted=submitted, is_preview=False)


def foresee(billing: Billing, actor: Actor) -> Report:
    """What a round would begin with now. Raises NotAllowed."""
    billing.ask(access.require_finance, actor)
    return billing.ask(report.due, billing.policy.mandates)


def start(billing: Billing, actor: Actor) -> Report:
    """Do a round, as somebody of the finance department. Raises NotAllowed, CheckNeeded."""
    billing.do(access.require_finance_checked, actor)
    return run_collections(billing)


def _learn(billing: Billing, asked: DueRequest, found: GatewayMandate | None) -> None:
    """Take note of where a mandate stands. Raises ProviderUnclear and ProviderRefused as `follow` does."""
    job, subject = "mandates.check_mandates", f"mandate {asked.mandate_id}"
    try:
        if found is not None:
            _record(billing, asked.mandate_id, found)
        elif asked.payment_id is not None:
            follow(billing, asked.payment_id)
    except (ProviderUnclear, ProviderRefused):
        raise
    except Exception as bug:
        troubles.note(billing, job, subject, bug)
    else:
        troubles.went_well(billing, job, {subject})


def _record(billing: Billing, mandate_id: int, found: GatewayMandate) -> None:
    expects_test = not billing.policy.gateway_is_live
    limits = billing.policy.mandates
    billing.do(answers.record, mandate_id, found, billing.vault, limits, expects_test=expects_test)


def _recall(billing: Billing, collection_id: int) -> int:
    """Returns 1 when the gateway was asked."""
    recall = billing.do(recalling.claim, collection_id, billing.policy.mandates)
    if recall is None:
        return 0
    try:
        if recall.is_again:
            payments.ask_now(billing, recall.account_id)
            if not billing.ask(recalling.is_under_way, collection_id):
                return 0
        billing.gateway.cancel(recall.key)
        payments.ask_now(billing, recall.account_id)
    except (ProviderUnclear, ProviderRefused) as problem:
        log.warning("nobody knows whether debit %s was given up: %s", recall.key, problem.code)
    return 1


def _while_line_holds(billing: Billing, due: list[int]) -> Iterator[int]:
    for collection_id in due:
        if billing.ask(submitting.line_rests):
            return
        yield collection_id


def _submit_one(billing: Billing, collection_id: int) -> int:
    """Returns 1 when the gateway was asked. Raises ProviderUnclear while nobody knows what is paid."""
    payments.ask_now(billing, billing.ask(submitting.account_of, collection_id))
    submission = billing.do(submitting.claim, collection_id, billing.policy.mandates)
    if submission is None:
        return 0
    opened = submission.opened
    try:
        answer = billing.gateway.collect(_debit_order(billing, submission))
    except ProviderUnclear as silence:
        log.warning("nobody knows whether debit %s was taken: %s", opened.payment_id, silence.code)
        billing.do(attempts.record_unclear, opened)
    except ProviderRefused as refusal:
        billing.do(attempts.record_refusal, opened, str(refusal.facts.get("reason", "")))
    except Exception:
        # Whatever it was, the order may have arrived.
        billing.do(attempts.record_unclear, opened)
        raise
    else:
        billing.do(attempts.record_answer, opened, answer)
    return 1


def _each(billing: Billing, job: str, step: Callable[..., int], account_ids: list[int]) -> int:
    return troubles.each(
        billing, f"mandates.{job}", "account", lambda account_id: billing.do(step, account_id), account_ids
    )


def _mandate_order(billing: Billing, opened: OpenedRequest, command: RequestMandate) -> MandateOrder:
    policy = billing.policy
    return MandateOrder(
        token=opened.token, scheme=command.scheme, customer_reference=str(opened.account_id),
        purchase_id=opened.reference[:35], reason=descriptions.mandate(policy.seller.name, opened.language),
        return_url=f"{policy.public_url}/account/mandate/return", push_url=policy.push_url,
        maximum_cents=command.maximum_cents, language=opened.language,
    )  # fmt: skip


def _debit_order(billing: Billing, submission: Submission) -> DebitOrder:
    opened = submission.opened
    return DebitOrder(
        attempt=opened.token, amount_cents=opened.amount_cents, invoice_number=opened.invoice_numbers[0],
        description=descriptions.payment(opened.invoice_numbers, opened.language),
        collect_on=submission.collect_on, push_url=billing.policy.push_url, mandate_id=submission.mandate_id,
        original_key=submission.original_key,
    )  # fmt: skip
