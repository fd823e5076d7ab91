"""Headers that keep a browser from doing what our pages never ask for."""

from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import wiring

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PERMISSIONS = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
# Pages whose address is a key: it may not stay in a cache or an index, nor travel on to the next page.
_KEY_PAGES = ("/confirm/", "/invite/", "/recover/", "/reset/")
_KEYS = {"Referrer-Policy": "strict-origin", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class SecurityHeaders:
    """Middleware: a few headers on every answer, and the rules for scripts and frames on every page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given, is_key = message.get("headers", []), scope["path"].startswith(_KEY_PAGES)
                ours = _headers(_is_page(given), is_key, wiring.settings().public_url)
                names = {name for name, _ in ours}
                message["headers"] = [*(header for header in given if header[0].lower() not in names), *ours]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _is_page(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


@cache
def _headers(is_page: bool, is_key: bool, public_url: str) -> tuple[tuple[bytes, bytes], ...]:
    is_https = public_url.startswith("https://")
    chosen = dict(_ALWAYS)
    if is_https:
        chosen["Strict-Transport-Security"] = "max-age=31536000"
    if is_page:
        chosen["Content-Security-Policy"] = _content_policy(is_https=is_https)
        chosen["X-Frame-Options"] = "DENY"
        chosen["Permissions-Policy"] = _PERMISSIONS
    if is_key:
        chosen |= _KEYS
    return tuple((name.lower().encode(), value.encode()) for name, value in chosen.items())


def _content_policy(*, is_https: bool) -> str:
    rules = {
        "default-src": "'self'",
        # The built pages start from scripts in the page itself, and style themselves while they run.
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        # A browser holds this against every redirect after the form too, and a payment goes on to any bank's address.
        "form-action": "'self' https:" if is_https else "'self' https: http:",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
