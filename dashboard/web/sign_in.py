"""Signing in and out: plain forms with a full page load, so that the browser's socket gets the new cookie too."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.errors import BillingError, NotFound
from billing.logins import sessions
from billing.logins.flows import LogIn, give_code, give_passkey, log_in, log_in_with_passkey
from dashboard.run import Problem, do, flow
from dashboard.web import answers, cookies, people, requests
from dashboard.web.people import HalfOver

LOGIN, SECOND_STEP, SECURITY = "/login", "/login/code", "/account/security"


async def login(request: Request) -> Response:
    """Checks e-mail and password and goes on to `next`, to the second factor, or to where one is set up when it is
    demanded; back to the form when they are wrong."""
    fields = await requests.form(request)
    target = requests.local_path(requests.first(fields, "next"))
    command = LogIn(requests.first(fields, "email"), requests.first(fields, "password"), requests.visitor(request))
    try:
        logged_in = await flow(log_in, command)
    except (BillingError, Problem) as problem:
        return _again(LOGIN, problem, target)
    if logged_in.is_half:
        return _in(logged_in.token, f"{SECOND_STEP}?{urlencode(_kept(target))}")
    return _in(logged_in.token, SECURITY if logged_in.needs_factor else target)


async def code(request: Request) -> Response:
    """Finishes a log-in with a code of the app, or a backup code."""
    fields = await requests.form(request)
    target = requests.local_path(requests.first(fields, "next"))
    given = requests.first(fields, "code")
    try:
        token = await flow(give_code, people.token_of(request), given, requests.visitor(request))
    except (BillingError, Problem) as problem:
        return _again(SECOND_STEP, problem, target)
    return _in(token, target)


async def passkey(request: Request) -> Response:
    """Logs in with a passkey alone (field `for`: login), or finishes a log-in with one (half)."""
    fields = await requests.form(request)
    target = requests.local_path(requests.first(fields, "next"))
    answer, visitor, use = requests.first(fields, "passkey"), requests.visitor(request), requests.first(fields, "for")
    if use not in {"login", "half"}:
        raise HTTPException(400)
    try:
        if use == "login":
            token = await flow(log_in_with_passkey, answer, visitor)
        else:
            token = await flow(give_passkey, people.token_of(request), answer, visitor)
    except (BillingError, Problem) as problem:
        return _again(LOGIN if use == "login" else SECOND_STEP, problem, target)
    return _in(token, target)


async def logout(request: Request) -> Response:
    """Ends the session in the database, so that a copy of the cookie is worth nothing either."""
    requests.require_own_page(request)
    token = people.token_of(request)
    if token:
        await do(sessions.end, token)
    response = RedirectResponse(LOGIN, 303)
    cookies.clear_session(response)
    return response


def _in(token: str, address: str) -> Response:
    response = RedirectResponse(address, 303)
    cookies.set_session(response, token)
    return response


def _again(address: str, problem: BillingError | Problem, target: str) -> Response:
    if isinstance(problem, NotFound):
        # There is no half log-in to finish, or no longer: it starts again at the password.
        address, problem = LOGIN, HalfOver()
    return answers.again(address, problem, **_kept(target))


def _kept(target: str) -> dict[str, str]:
    return {} if target == "/" else {"next": target}
