"""What mailed links lead to: a new password, a place in an account, a proven address.

Only a form does anything. Opening a link shows a page and no more, because mail scanners open every link.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.errors import BillingError, NotFound
from billing.logins import mailed, recovery, sessions
from dashboard.run import Problem, do, flow
from dashboard.web import answers, cookies, limits, people, requests


async def forgot(request: Request) -> Response:
    """Mails a link for a new password, and answers the same whether or not anybody logs in with this address."""
    fields = await requests.form(request)
    try:
        await flow(mailed.ask_reset, requests.first(fields, "email"), requests.visitor(request))
    except (BillingError, Problem) as problem:
        return answers.again("/login/forgot", problem)
    return RedirectResponse("/login/forgot?goed=1", 303)


async def reset(request: Request) -> Response:
    """Sets the password that was chosen at a link, and goes to the log-in form."""
    fields = await requests.form(request)
    token = requests.link_token(requests.first(fields, "token"))
    try:
        await _require_calm(request)
        await flow(mailed.reset_password, token, requests.first(fields, "password"))
    except (BillingError, Problem) as problem:
        return answers.again(f"/reset/{token}", problem)
    response = RedirectResponse("/login?goed=password", 303)
    cookies.clear_session(response)
    return response


async def invite(request: Request) -> Response:
    """Accepts an invitation: whoever chose a password for it is logged in at once, the others log in as ever."""
    fields = await requests.form(request)
    token, name = requests.link_token(requests.first(fields, "token")), requests.first(fields, "name")
    person = await people.person_of(request)
    try:
        await _require_calm(request)
        offered = await flow(mailed.invitation, token)
        session = await flow(
            mailed.accept_invitation, token, name, requests.first(fields, "password"), requests.visitor(request)
        )
    except (BillingError, Problem) as problem:
        # What was typed is still there, but for the password.
        return answers.again(f"/invite/{token}", problem, **({"naam": name[:80]} if name else {}))
    if session:
        response = RedirectResponse("/", 303)
        cookies.set_session(response, session)
        return response
    if person is None or person.email != offered.email:
        return RedirectResponse("/login?goed=joined", 303)
    if not person.looks_as:
        await do(sessions.choose_account, person.actor, people.token_of(request), offered.account_id)
    return RedirectResponse("/", 303)


async def confirm(request: Request) -> Response:
    """Makes a new address the one to log in with."""
    fields = await requests.form(request)
    token = requests.link_token(requests.first(fields, "token"))
    try:
        await _require_calm(request)
        await flow(mailed.confirm_email, token)
    except (BillingError, Problem) as problem:
        return answers.again(f"/confirm/{token}", problem)
    return RedirectResponse(f"/confirm/{token}?goed=1", 303)


async def lost(request: Request) -> Response:
    """Mails a link that will switch the second factor off, to whoever has just given the password."""
    await requests.form(request)
    try:
        await do(recovery.ask, people.token_of(request))
    except NotFound:
        return answers.again("/login", people.HalfOver())
    except (BillingError, Problem) as problem:
        return answers.again("/login/code", problem)
    return RedirectResponse("/login/code?goed=1", 303)


async def recover(request: Request) -> Response:
    """Switches a lost second factor off, at the link that was mailed for it."""
    fields = await requests.form(request)
    token = requests.link_token(requests.first(fields, "token"))
    try:
        await _require_calm(request)
        await flow(mailed.finish_recovery, token)
    except (BillingError, Problem) as problem:
        return answers.again(f"/recover/{token}", problem)
    return RedirectResponse("/login?goed=recovered", 303)


async def _require_calm(request: Request) -> None:
    await limits.require(limits.MAILED_LINKS, requests.client_address(request))
