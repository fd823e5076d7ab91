"""Signing in and out: plain forms with a full page load, so that the browser's socket gets the new cookie too."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.errors import LoginFailed, LoginThrottled
from billing.logins import sessions
from billing.logins.flows import LogIn, log_in
from dashboard.run import Problem, do, flow
from dashboard.web import cookies, people, requests


async def login(request: Request) -> Response:
    """Checks e-mail and password and goes on to `next`; back to the form when they are wrong."""
    fields = await requests.form(request)
    target = requests.local_path(requests.first(fields, "next"))
    command = LogIn(requests.first(fields, "email"), requests.first(fields, "password"), requests.visitor(request))
    try:
        logged_in = await flow(log_in, command)
    except LoginFailed:
        return _again(target, fout="1")
    except LoginThrottled as throttled:
        return _again(target, fout="wacht", s=str(throttled.facts["retry_after"]))
    except Problem as problem:
        return _again(target, fout="storing", id=problem.id)
    response = RedirectResponse(target, 303)
    cookies.set_session(response, logged_in.token)
    return response


async def logout(request: Request) -> Response:
    """Ends the session in the database, so that a copy of the cookie is worth nothing either."""
    requests.require_own_page(request)
    token = people.token_of(request)
    if token:
        await do(sessions.end, token)
    response = RedirectResponse("/login", 303)
    cookies.clear_session(response)
    return response


def _again(target: str, **facts: str) -> Response:
    if target != "/":
        facts["next"] = target
    return RedirectResponse(f"/login?{urlencode(facts)}", 303)
