"""Messages from the payment gateway: verified, stored, answered. Everything else happens in the worker."""

import asyncio
import logging
from collections import Counter
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from billing.errors import PushRefused
from billing.payments.flows import receive_push
from billing.ports import Push
from dashboard.run import Problem, write
from dashboard.web import requests

log = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024
READ_SECONDS = 15

# What came of the messages that this process got: (result, reason).
received: Counter[tuple[str, str]] = Counter()


async def buckaroo(request: Request) -> Response:
    """Answers 200 only for what is safely stored; on anything else the gateway sends it again later."""
    try:
        push = await _push(request)
        is_new = await write(receive_push, push)
    except PushRefused as refused:
        return _refuse(int(refused.facts["status"]), str(refused.facts["reason"]))
    except Problem:
        received["failed", "not_stored"] += 1
        return Response(status_code=503)
    received["accepted" if is_new else "duplicate", ""] += 1
    return Response(b"OK", media_type="text/plain")


async def _push(request: Request) -> Push:
    try:
        async with asyncio.timeout(READ_SECONDS):
            body = await requests.body(request, MAX_BYTES)
    except HTTPException as refused:
        raise PushRefused(status=refused.status_code, reason="huge") from None
    except (TimeoutError, ClientDisconnect):
        raise PushRefused(status=400, reason="incomplete") from None
    headers = request.headers
    return Push(
        method=request.method, path=_raw_path(request.scope), content_type=headers.get("content-type", ""),
        authorization=headers.get("authorization", ""), body=body,
    )  # fmt: skip


def _raw_path(scope: Any) -> str:
    """Path and query as they were sent: the signature is over these very characters."""
    path = bytes(scope.get("raw_path") or scope["path"].encode())
    query = bytes(scope["query_string"])
    return (path + b"?" + query if query else path).decode("latin-1")


def _refuse(status: int, reason: str) -> Response:
    # No detail for the sender: it would only help who is guessing.
    received["refused", reason] += 1
    log.warning("push refused: %s", reason)
    return Response(status_code=status)
