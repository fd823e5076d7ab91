"""How long answers took, by route; what they led to belongs to one trace, and bears one `request_id` in the log."""

import secrets
import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billing import metrics, steps

# Whatever else is asked for goes on to the pages, and there are no more methods than these.
PAGES = "pages"
_METHODS = {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"}


class Measuring:
    """Around our own routes. A route stands for all its addresses, so that there are few of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request; sockets are passed on as they are."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else "other"
        try:
            with steps.step(f"http.{method}", request_id=secrets.token_hex(8)):
                await self._app(scope, receive, noting)
        finally:
            metrics.HTTP_SECONDS.labels(_route(scope), method, str(status)).observe(time.perf_counter() - began)


def _route(scope: Any) -> str:
    return str(getattr(scope.get("route"), "path", "") or PAGES)
