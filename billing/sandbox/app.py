"""All addresses of the sandbox as one ASGI application."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from billing.sandbox.api import Api
from billing.sandbox.booksapi import books_api
from billing.sandbox.bookspages import books_routes
from billing.sandbox.control import control_routes
from billing.sandbox.hosted import hosted_routes
from billing.sandbox.mailpages import mail_routes
from billing.sandbox.panelpages import panel_routes
from billing.sandbox.peppolpages import peppol_routes
from billing.sandbox.vies import vies_routes
from billing.sandbox.world import World


def make_app(world: World) -> Starlette:
    """The application for one world."""
    api = Api(world)

    async def anything(request: Request) -> Response:
        # The gateway takes its paths in any letter case, which a route table can't.
        if request.url.path.lower().startswith("/json/"):
            return await api(request)
        return Response("Not found", 404, media_type="text/plain")

    async def home(request: Request) -> Response:
        return RedirectResponse("/control")

    return Starlette(
        routes=[
            Route("/", home),
            *hosted_routes(world),
            *mail_routes(world),
            *panel_routes(world),
            *books_api(world),
            *books_routes(world),
            *peppol_routes(world),
            *vies_routes(world),
            *control_routes(world),
            Route("/{path:path}", anything, methods=["GET", "POST"]),
        ]
    )
