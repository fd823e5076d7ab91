"""A reader of pushes whose body is the transaction's key and the message's own name, and whose signature is a word."""

from dataclasses import replace

from billing import steps
from billing.errors import PushRefused
from billing.payments.receiving import receive_pushes
from billing.ports import Push, PushNotice
from billing.runtime import Billing

SIGNATURE = "signed"


class FakePushReader:
    def read(self, push: Push) -> PushNotice:
        if push.authorization != SIGNATURE:
            raise PushRefused(status=401)
        key, external_id = push.body.decode().split()
        return PushNotice(key=key, external_id=external_id)


def push(
    key: str, external_id: str = "", *, authorization: str = SIGNATURE, traceparent: str | None = None
) -> Push:  # fmt: skip
    """A push about a transaction; the same external_id is the same message sent again."""
    return Push(
        method="POST", path="/hooks/buckaroo", content_type="application/json", authorization=authorization,
        body=f"{key} {external_id or key}".encode(), traceparent=traceparent,
    )  # fmt: skip


def receive(billing: Billing, one: Push) -> bool:
    """A push comes in at a web process; True when it was new. Raises PushRefused."""
    [outcome] = receive_pushes(billing, [replace(one, traceparent=steps.current())])
    if isinstance(outcome, PushRefused):
        raise outcome
    return outcome
