"""Telling listeners, in a lane of its own: whatever goes wrong there, nothing else waits for it.

A message is sent at least once; its id is the same each time, by which it is known again.
"""

import json
import logging
from datetime import timedelta

from billing import outbox
from billing.db import Work
from billing.errors import ProviderRefused, ProviderUnclear
from billing.listeners import planning, queue
from billing.listeners.tables import Delivery, Listener
from billing.ports import Letter
from billing.runtime import Billing
from billing.webhooks import secret_key

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)


def plan(billing: Billing) -> int:
    """Find what there is to tell; returns how much there was to look at."""
    return billing.do(planning.plan) if billing.ask(planning.living) else 0


def deliver(billing: Billing) -> int:
    """Send one message that is due; returns how many were taken."""
    delivery = billing.do(queue.claim) if billing.ask(queue.any_due) else None
    if delivery is None:
        return 0
    try:
        billing.listeners.post(_letter(billing, delivery))
    except ProviderUnclear as unclear:
        billing.do(queue.pause, delivery, str(unclear.facts["reason"]))
    except ProviderRefused as refused:
        billing.do(queue.put_back, delivery, str(refused.facts["reason"]))
    except Exception as bug:
        log.exception("delivery %s failed", delivery.id)
        billing.do(queue.put_back, delivery, type(bug).__name__)
    else:
        billing.do(queue.finish, delivery)
    return 1


def forget(billing: Billing) -> int:
    """Let go of what was told long ago; returns how much that was."""
    return billing.do(queue.forget, billing.clock.now() - KEPT_FOR)


def _letter(billing: Billing, delivery: Delivery) -> Letter:
    url, secret = billing.ask(_address, delivery.listener_id)
    message = {
        "type": delivery.type, "timestamp": delivery.happened_at.isoformat(),
        "data": {"customer_id": delivery.account_id, **delivery.data},
    }  # fmt: skip
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    identity = outbox.identity(f"{delivery.listener_id} {delivery.event_key}")
    return Letter(url, identity, body, secret_key(billing.vault.decrypt(secret)))


def _address(work: Work, listener_id: int) -> tuple[str, str]:
    listener = work.session.get_one(Listener, listener_id)
    return listener.url, listener.secret
