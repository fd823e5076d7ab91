"""The steps of paying that work without a session: starting from a mailed link, and coming back from the gateway."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from billing.errors import BillingError, MethodUnavailable
from billing.payments import paylinks
from billing.payments.flows import StartedPayment, start_payment
from billing.payments.service import StartPayment, look_again
from billing.ports import BY_HAND, Method
from billing.runtime import Billing
from dashboard.run import Problem, do, flow
from dashboard.web import limits, requests


async def came_back(request: Request) -> Response:
    """The gateway sends the browser back with what it knows of the payment, in the query or by a form on its own site.
    All of that is a hint and is not read: we ask the gateway ourselves. The page that follows has a bare address, where
    a reload repeats nothing and no account number stays in the history."""
    token = _token(request)
    await do(look_again, token)
    return RedirectResponse(f"/pay/return/{token}", 303)


async def signed(request: Request) -> Response:
    """The gateway sends the browser back from signing a mandate. What it says of that is not read and stays out of the
    history; the page that follows has the gateway asked."""
    return RedirectResponse("/account/mandate", 303)


class CameBack(Route):
    """Matches the return itself; the bare address goes on to the page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """No match without a query or a form."""
        if scope["type"] == "http" and scope["method"] == "GET" and not scope["query_string"]:
            return Match.NONE, {}
        return super().matches(scope)


async def start(request: Request) -> Response:
    """Starts a payment for the bearer of a link and sends the browser to the gateway."""
    token = _token(request)
    fields = await requests.form(request)
    address = requests.client_address(request)
    if not await limits.allows(limits.PAYING, f"{address} {token}"):
        return _back(token, "too_often")
    method, *_ = fields.get("method", [""])
    if method not in list(BY_HAND):
        return _back(token, MethodUnavailable.code)
    insists = fields.get("despite_pending") == ["1"]
    try:
        started = await flow(_start, token, Method(method), client_ip=address, despite_pending=insists)
    except BillingError as refused:
        return _back(token, refused.code)
    except Problem as problem:
        return _back(token, "problem", id=problem.id)
    return RedirectResponse(started.redirect_url or f"/pay/return/{started.token}", 303)


def _start(billing: Billing, token: str, method: Method, *, client_ip: str, despite_pending: bool) -> StartedPayment:
    actor = billing.ask(paylinks.bearer, token, billing.policy.signing_key)
    number = billing.ask(paylinks.view, actor).number
    command = StartPayment((number,), method=method, client_ip=client_ip, despite_pending=despite_pending)
    return start_payment(billing, actor, command)


def _token(request: Request) -> str:
    return requests.link_token(request.path_params["token"])


def _back(token: str, code: str, **facts: str) -> Response:
    return RedirectResponse(f"/pay/{token}?{urlencode({'fout': code, **facts})}", 303)
