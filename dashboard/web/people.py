"""Who makes a request: looked up in the database by the session cookie, each time."""

from starlette.requests import Request

from billing.errors import BillingError
from billing.logins.queries import Identity, identity
from dashboard.run import ask
from dashboard.texts.languages import speak
from dashboard.web import cookies


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


async def require_person(request: Request) -> Identity:
    """Who is logged in. Raises NoSession."""
    person = await person_of(request)
    if person is None:
        raise NoSession()
    return person
