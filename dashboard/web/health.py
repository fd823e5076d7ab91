"""For whoever runs this: is the process alive, can it work, do the workers, and how much is waiting."""

import hmac
import ipaddress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from billing import exposition, health
from billing.errors import BillingError
from dashboard import draining, wiring
from dashboard.run import Problem, ask
from dashboard.web import requests

_NO_STORE = {"Cache-Control": "no-store"}


async def live(request: Request) -> Response:
    """200 as long as the process answers at all."""
    return PlainTextResponse("ok\n", headers=_NO_STORE)


async def ready(request: Request) -> Response:
    """200 when this process can do its work: the database answers and has the tables of this version, and no stop is
    near; else 503. What the workers do is none of it: without them the pages still show all there is."""
    if draining.is_asked():
        return _answer(request, ("stopping",))
    try:
        is_current = await ask(health.schema_is_current)
    except (BillingError, Problem):
        return _answer(request, ("the database does not answer",))
    return _answer(request, () if is_current else ("the database needs `voldaan migrate`",))


async def work(request: Request) -> Response:
    """200 when the workers give signs of life and nothing waits for them, else 503."""
    try:
        return _answer(request, await ask(health.stuck))
    except (BillingError, Problem):
        return _answer(request, ("the database does not answer",))


async def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus, for this machine and who has the token."""
    if not _is_near(request):
        raise HTTPException(404)
    text = exposition.text(await ask(health.counts))
    return Response(text, headers=_NO_STORE, media_type="text/plain; version=0.0.4")


def _answer(request: Request, problems: tuple[str, ...]) -> Response:
    """What is wrong is said to this machine and who has the token; others hear that something is."""
    if not problems:
        return PlainTextResponse("ok\n", headers=_NO_STORE)
    said = problems if _is_near(request) else ("not ready",)
    return PlainTextResponse("".join(f"{problem}\n" for problem in said), 503, _NO_STORE)


def _is_near(request: Request) -> bool:
    return _has_token(request) or _is_this_machine(request)


def _has_token(request: Request) -> bool:
    token = wiring.settings().metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_this_machine(request: Request) -> bool:
    # Without a proxy that we trust, a forwarded request may come from anywhere.
    address = requests.client_address(request)
    peer = request.client.host if request.client else ""
    if address == peer and "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
