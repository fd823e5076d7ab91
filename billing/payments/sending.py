"""Sending money back: short transactions with calls to the gateway between them, never inside one."""

import logging
from dataclasses import replace

from billing import descriptions
from billing.errors import ProviderRefused, ProviderUnclear
from billing.outbox import OutboxMessage
from billing.payments import flows, orders
from billing.payments.orders import DueCheck, Original, PayoutOrder
from billing.ports import GatewayTransaction, RefundOrder
from billing.runtime import Billing

log = logging.getLogger(__name__)


def pay_out(billing: Billing, message: OutboxMessage) -> None:
    """Send one payout, once. Raises ProviderUnclear when the gateway can't be asked what may go back: nothing was sent.

    An order of which nobody knows whether it arrived is looked up from then on, and not sent again.
    """
    payout_id = message.payload["payout_id"]
    keys = billing.ask(orders.originals, payout_id)
    order = billing.do(orders.claim, payout_id, _refundable(billing, keys) if keys else None)
    if order is None:
        return
    try:
        answer = billing.gateway.refund(_refund(billing, order))
    except ProviderUnclear:
        billing.do(orders.record_unclear, payout_id)
    except ProviderRefused as refusal:
        billing.do(orders.record_refusal, payout_id, str(refusal.facts.get("reason", "")))
    else:
        billing.do(orders.record_answer, payout_id, answer)


def check_payouts(billing: Billing, limit: int = 50) -> int:
    """Ask the gateway about payouts that are due for it."""
    due = billing.do(orders.claim_due, limit) if billing.ask(orders.any_due) else []
    if not due:
        return 0
    try:
        found = _look_up(billing, due)
    except (ProviderUnclear, ProviderRefused) as problem:
        log.warning("payouts could not be checked: %s", problem.code)
        return len(due)
    flows.heard(billing)
    flows.record(billing, found)
    answered = {name for transaction in found for name in (transaction.attempt, transaction.key) if name}
    billing.do(orders.expire_unheard, [check for check in due if not {check.token, check.key} & answered])
    return len(due)


def _refundable(billing: Billing, keys: list[str]) -> Original | None:
    """The transaction of which most can go back, as the gateway says now."""
    known = billing.gateway.transactions(keys)
    found = [Original(key, known[key].service, _maximum(billing, key)) for key in keys if key in known]
    best = max(found, key=lambda original: original.maximum_cents, default=None)
    return best if best and best.maximum_cents > 0 else None


def _maximum(billing: Billing, key: str) -> int:
    try:
        info = billing.gateway.refund_info(key)
    except ProviderRefused:
        return 0
    return info.maximum_cents if info.refundable else 0


def _refund(billing: Billing, order: PayoutOrder) -> RefundOrder:
    return RefundOrder(
        attempt=order.token, original_key=order.original.key, service=order.original.service,
        amount_cents=order.amount_cents, invoice_number=order.invoice_number,
        description=descriptions.refund(order.subject, order.language), push_url=billing.policy.push_url,
    )  # fmt: skip


def _look_up(billing: Billing, due: list[DueCheck]) -> list[GatewayTransaction]:
    """By key where we have one, else by our token; which payment it refunds we know, whether it is said or not."""
    known = [check.key for check in due if check.key]
    by_key = billing.gateway.transactions(known) if known else {}
    answers = {
        check: [by_key[check.key]] if check.key in by_key else [] if check.key else billing.gateway.find(check.token)
        for check in due
    }
    return [
        replace(one, attempt=check.token, original_key=one.original_key or check.original_key)
        for check, found in answers.items()
        for one in found
    ]
