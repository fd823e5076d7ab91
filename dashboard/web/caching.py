"""How long a browser keeps what the pages are built of."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The build names these files after their content, so under one name there is never anything else.
BUILT = "/assets/"
FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")


class KeepBuilt:
    """Middleware: what the build named after its content is fetched once, and not asked for again on each full page
    load, of which logging in is one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(BUILT):
            await self._app(scope, receive, send)
            return

        async def send_with_age(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message.get("headers", []), FOR_EVER]
            await send(message)

        await self._app(scope, receive, send_with_age)
