"""Who makes a request: looked up in the database by the session cookie, each time."""

from collections.abc import Callable
from typing import Any, TypeVar

from starlette.requests import Request

from billing.errors import BillingError
from billing.logins.queries import Identity, identity, told
from dashboard.run import ask
from dashboard.texts.languages import speak
from dashboard.web import cookies

R = TypeVar("R")


class NoSession(BillingError):
    """Nobody is logged in here, or no longer."""

    code = "no_session"


class HalfOver(BillingError):
    """No password was given here, or too long ago for the second factor to follow."""

    code = "half_over"


def token_of(request: Request) -> str:
    """The session token that came with a request; empty when there is none."""
    return cookies.session_token(request.headers.get("cookie", ""))


async def person_of(request: Request) -> Identity | None:
    """Who is logged in, or None; from here on the person is told everything in a language of their own."""
    token = token_of(request)
    person = await ask(identity, token) if token else None
    if person:
        speak(person.language)
    return person


async def asked(request: Request, query: Callable[..., R], *args: Any) -> R:
    """What a query, which gets its Work and an Actor first, tells who is logged in; both are looked up at once.

    Raises NoSession, and what the query raises, in the person's language as above.
    """
    token = token_of(request)
    found = await ask(told, token, query, *args) if token else None
    if found is None:
        raise NoSession()
    person, answer = found
    speak(person.language)
    if isinstance(answer, BillingError):
        raise answer
    return answer


async def require_person(request: Request) -> Identity:
    """Who is logged in. Raises NoSession."""
    person = await person_of(request)
    if person is None:
        raise NoSession()
    return person
