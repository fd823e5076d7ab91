"""The language of a request: what its browser remembers or asks for, until it is known who the person is."""

from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from billing.documents import DUTCH
from dashboard.texts.languages import LANGUAGES, speak

# Written by the script of the page, which also tells the browser what language the page is in.
COOKIE = "voldaan_language"


class Speaker:
    """Middleware: whatever a request is told, it is told in its language. Who is logged in is spoken to in a language
    of their own as soon as they are looked up, see `people.person_of`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            speak(of_request(Request(scope)))
        await self._app(scope, receive, send)


def of_request(request: Request) -> str:
    """The language of the browser that asks, as ISO 639-1."""
    return of_headers(request.headers.get("cookie", ""), request.headers.get("accept-language", ""))


def of_headers(cookie: str, accepted: str) -> str:
    """The language of a browser: the one that was chosen in it before, else the first of those it asks for that we
    speak (RFC 9110, 12.5.4; the weights are left out, browsers send them in order), else Dutch."""
    chosen = cookie_parser(cookie).get(COOKIE, "")
    asked = [part.partition(";")[0].partition("-")[0].strip().lower() for part in accepted.split(",")]
    return next((code for code in (chosen, *asked) if code in LANGUAGES), DUTCH)
