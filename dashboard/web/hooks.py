"""Messages from outside: verified, stored, answered. What they lead to happens in the worker."""

import asyncio
import logging
from typing import Any

from prometheus_client import Counter
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from billing import metrics, steps, webhooks
from billing.bookkeeping.flows import receive_news
from billing.correspondence.flows import receive_report
from billing.deliveries.reports import LARGEST_BYTES
from billing.errors import BillingError, Conflict, PushRefused, ReportRefused
from billing.payments.receiving import receive_pushes
from billing.ports import NewsRefused, Push
from dashboard import wiring
from dashboard.run import Gathered, Problem, write
from dashboard.web import limits, requests

log = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024
READ_SECONDS = 15

_PUSHES = Gathered(receive_pushes)


async def buckaroo(request: Request) -> Response:
    """Answers 200 only for what is safely stored; on anything else the gateway sends it again later."""
    try:
        is_new = await _PUSHES.do(await _push(request))
    except PushRefused as refused:
        return await _refuse(request, "push", metrics.PUSHES, refused)
    except Problem:
        metrics.PUSHES.labels("failed", "not_stored").inc()
        return Response(status_code=503)
    metrics.PUSHES.labels("accepted" if is_new else "duplicate", "").inc()
    return Response(b"OK", media_type="text/plain")


async def mail(request: Request) -> Response:
    """Answers 200 for a report that is recorded or not about us, and 503 for one that has to come again later."""
    try:
        is_ours = await write(receive_report, await _report(request))
    except ReportRefused as refused:
        return await _refuse(request, "report", metrics.MAIL_REPORTS, refused)
    except (Conflict, Problem):
        metrics.MAIL_REPORTS.labels("failed", "not_stored").inc()
        return Response(status_code=503)
    metrics.MAIL_REPORTS.labels("accepted" if is_ours else "not_ours", "").inc()
    return Response(b"OK" if is_ours else b"Not about us", media_type="text/plain")


async def books(request: Request) -> Response:
    """Answers 200 for what is written down or of no interest, as the bookkeeping also asks when it is registered."""
    try:
        body = await _body(request, MAX_BYTES, NewsRefused)
        is_new = await write(receive_news, dict(request.headers), body)
    except NewsRefused as refused:
        return await _refuse(request, "news", metrics.BOOKS_NEWS, refused)
    except Problem:
        metrics.BOOKS_NEWS.labels("failed", "not_stored").inc()
        return Response(status_code=503)
    metrics.BOOKS_NEWS.labels("accepted" if is_new else "nothing_new", "").inc()
    return Response(b"OK", media_type="text/plain")


async def _report(request: Request) -> bytes:
    secret = wiring.settings().mail_reports_secret.get_secret_value()
    if not secret:
        raise ReportRefused(status=404, reason="switched_off")
    body = await _body(request, LARGEST_BYTES, ReportRefused)
    try:
        webhooks.require_genuine(webhooks.secret_key(secret), request.headers, body, wiring.billing().clock.now())
    except ValueError as untrue:
        raise ReportRefused(status=401, reason=str(untrue)) from None
    return body


async def _push(request: Request) -> Push:
    body = await _body(request, MAX_BYTES, PushRefused)
    headers = request.headers
    return Push(
        method=request.method, path=_raw_path(request.scope), content_type=headers.get("content-type", ""),
        authorization=headers.get("authorization", ""), body=body, traceparent=steps.current(),
    )  # fmt: skip


async def _body(request: Request, limit: int, refusal: type[BillingError]) -> bytes:
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await requests.body(request, limit)
    except HTTPException as refused:
        raise refusal(status=refused.status_code, reason="huge") from None
    except (TimeoutError, ClientDisconnect):
        raise refusal(status=400, reason="incomplete") from None


def _raw_path(scope: Any) -> str:
    """Path and query as they were sent: the signature is over these very characters."""
    path = bytes(scope.get("raw_path") or scope["path"].encode())
    query = bytes(scope["query_string"])
    return (path + b"?" + query if query else path).decode("latin-1")


async def _refuse(request: Request, what: str, counted: Counter, refused: BillingError) -> Response:
    # No detail for the sender: it would only help who is guessing.
    reason = str(refused.facts["reason"])
    counted.labels("refused", reason).inc()
    if seconds := await _too_many(requests.client_address(request)):
        return Response(status_code=429, headers={"Retry-After": str(seconds)})
    log.warning("%s refused: %s", what, reason)
    return Response(status_code=int(refused.facts["status"]))


async def _too_many(address: str) -> int:
    try:
        return await limits.wait((limits.REFUSALS, address))
    except Problem:
        return 0
