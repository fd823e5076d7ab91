"""Headers that keep a browser from doing what our pages never ask for, on every answer of the web process."""

from collections.abc import Sequence
from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import wiring
from dashboard.inline_scripts import digests

_PERMISSIONS = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": _PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
# What is shown to one person is in no cache when the next one sits down at the same machine.
_NO_STORE = {"Cache-Control": "no-store"}
# A PDF has to open in the browser's own viewer, which is a page with scripts and styles.
_NO_PAGE = {"Content-Security-Policy": "frame-ancestors 'none'"}
# Pages whose address is a key: it may not stay in an index, nor travel on to the next page.
_KEY_PAGES = ("/confirm/", "/invite/", "/pay/", "/recover/", "/reminder/", "/reset/")
_POLICY = b"content-security-policy"
_Headers = Sequence[tuple[bytes, bytes]]
_KEYS = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex"} | _NO_STORE


class SecurityHeaders:
    """The outermost middleware: round the pages, our routes, the API, files, and what answers when all else fails."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given, is_key = message.get("headers", []), scope["path"].startswith(_KEY_PAGES)
                message["headers"] = _together(given, _headers(_is_page(given), is_key, wiring.settings().public_url))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _together(given: _Headers, ours: _Headers) -> _Headers:
    """Ours in place of what the answer has by the same name, but for the rules of a file: its own are stricter."""
    own = {name.lower() for name, _ in given} & {_POLICY} if not _is_page(given) else set()
    added = [header for header in ours if header[0] not in own]
    names = {name for name, _ in added}
    return [*(header for header in given if header[0].lower() not in names), *added]


def _is_page(headers: _Headers) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


@cache
def _headers(is_page: bool, is_key: bool, public_url: str) -> tuple[tuple[bytes, bytes], ...]:
    is_https = public_url.startswith("https://")
    chosen = _ALWAYS | (_HTTPS if is_https else {})
    chosen |= {"Content-Security-Policy": _content_policy(is_https=is_https), **_NO_STORE} if is_page else _NO_PAGE
    if is_key:
        chosen |= _KEYS
    return tuple((name.lower().encode(), value.encode()) for name, value in chosen.items())


def _content_policy(*, is_https: bool) -> str:
    rules = {
        "default-src": "'self'",
        # The built pages start from a few scripts in the page itself: these, by their digests, and no others.
        "script-src": " ".join(["'self'", *digests()]),
        "script-src-attr": "'none'",
        # They style themselves while they run, by rules that nobody can foresee.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        # A browser holds this against every redirect after the form too, and a payment goes on to any bank's address.
        "form-action": "'self' https:" if is_https else "'self' https: http:",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
