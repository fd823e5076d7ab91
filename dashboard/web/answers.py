"""Small pages for what can't be shown by Reflex, and the one place that turns errors into answers."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from billing.errors import (
    BillingError,
    CodeRefused,
    LoginFailed,
    LoginThrottled,
    NotAllowed,
    NotFound,
    PasskeyRefused,
    SecondFactorNeeded,
    WeakPassword,
)
from dashboard import wiring
from dashboard.rows import problems
from dashboard.run import Problem
from dashboard.texts.languages import SAID
from dashboard.web.people import HalfOver, NoSession
from dashboard.web.plain import plain_page

TEXTS = SAID.web
Answering = Callable[[Request], Awaitable[Response]]

# For a script the status says what kind of no it is: not proven, too soon, or simply no.
_STATUS: dict[type[BillingError], int] = {
    LoginFailed: 401, CodeRefused: 401, PasskeyRefused: 401, NoSession: 401, HalfOver: 401, LoginThrottled: 429,
}  # fmt: skip

# The fact of an error that its sentence needs, and that an address may carry.
_TOLD: dict[type[BillingError], str] = {LoginThrottled: "retry_after", WeakPassword: "reason"}


def page(status: int, *, title: str, sentence: str, retry_after_seconds: int = 0, retries: bool = False) -> Response:
    """A page with one sentence. retries: the browser asks again by itself after that time."""
    headers = {"Cache-Control": "no-store"}
    if retry_after_seconds:
        headers["Retry-After"] = str(retry_after_seconds)
    refresh_seconds = retry_after_seconds if retries else 0
    return HTMLResponse(plain_page(wiring.brand(), title, sentence, refresh_seconds), status, headers)


def of_status(status: int, headers: dict[str, str] | None = None) -> Response:
    """The page that goes with an HTTP status."""
    title, sentence = TEXTS.answers.get(status, TEXTS.answers[400])
    answer = page(status, title=title, sentence=sentence)
    answer.headers.update(headers or {})
    return answer


def spoken(route: Answering) -> Answering:
    """Let a route that a script of ours calls answer in JSON what it raises."""

    @wraps(route)
    async def answer(request: Request) -> Response:
        try:
            return await route(request)
        except (BillingError, Problem) as problem:
            return refused(problem, problems.sentence(problem))

    return answer


def refused(problem: BillingError | Problem, sentence: str) -> Response:
    """The error's code and a sentence, in JSON."""
    if isinstance(problem, Problem):
        return JSONResponse({"error": "problem", "sentence": sentence}, 503)
    headers = {"Retry-After": str(problem.facts["retry_after"])} if isinstance(problem, LoginThrottled) else {}
    status = _STATUS.get(type(problem), 409)
    return JSONResponse({"error": problem.code, "sentence": sentence}, status, headers)


def again(address: str, problem: BillingError | Problem, **kept: str) -> Response:
    """Back to a page of ours, which says what went wrong. kept: what else it has to know."""
    if isinstance(problem, Problem):
        told = {"fout": "problem", "id": problem.id}
    else:
        fact = _TOLD.get(type(problem), "")
        told = {"fout": problem.code} | ({fact: str(problem.facts[fact])} if fact else {})
    return RedirectResponse(f"{address}?{urlencode(told | kept)}", 303)


async def on_http_error(request: Request, error: Exception) -> Response:
    """What a route refused by status."""
    assert isinstance(error, HTTPException)
    return of_status(error.status_code, dict(error.headers or {}))


async def on_billing_error(request: Request, error: Exception) -> Response:
    """What may not be seen and what is not there look the same; who only lacks a second factor goes and sets one up."""
    if isinstance(error, SecondFactorNeeded):
        return RedirectResponse("/account/security", 303)
    return of_status(404 if isinstance(error, NotFound | NotAllowed) else 400)


async def on_problem(request: Request, error: Exception) -> Response:
    """A bug or an outage: the user gets the id under which it is in the log."""
    assert isinstance(error, Problem)
    title, _ = TEXTS.answers[503]
    return page(503, title=title, sentence=TEXTS.problem.format(id=error.id), retry_after_seconds=5)


async def on_crash(request: Request, error: Exception) -> Response:
    """A bug outside of what `run` guards; the server logs the error itself."""
    return of_status(500)


HANDLERS = {500: on_crash, HTTPException: on_http_error, BillingError: on_billing_error, Problem: on_problem}
