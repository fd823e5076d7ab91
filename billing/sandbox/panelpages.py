"""The hosting panel: where messages come in, and what it shows.

POST /panel/hooks   takes one signed message: 204 when it is believed, also when it is a repeat or an older version
GET  /panel         what each domain is set to, and the messages with their verdicts
GET  /panel.json    the same for tests: {"domains": {domain: {area: {version, settings, at}}}, "services": [...],
                    "messages": [...]}
"""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from billing.sandbox.views import page
from billing.sandbox.world import World

ROWS = 50


def panel_routes(world: World) -> list[Route]:
    """All routes of the hosting panel."""
    pages = PanelPages(world)
    return [
        Route("/panel", pages.show),
        Route("/panel.json", pages.as_json),
        Route("/panel/hooks", pages.receive, methods=["POST"]),
    ]


class PanelPages:
    """The hosting panel of one world."""

    def __init__(self, world: World) -> None:
        self._panel = world.panel

    async def receive(self, request: Request) -> Response:
        return Response(status_code=self._panel.receive(request.headers, await request.body()))

    async def show(self, request: Request) -> Response:
        return page(
            "panel.html", domains=self._panel.domains(), services=self._panel.services()[: -ROWS - 1 : -1],
            messages=self._panel.all()[: -ROWS - 1 : -1],
        )  # fmt: skip

    async def as_json(self, request: Request) -> Response:
        domains = {
            domain: {
                area: {"version": received.version, "settings": received.settings, "at": received.at}
                for area, received in areas.items()
            }
            for domain, areas in self._panel.domains().items()
        }
        messages = [{**asdict(received), "status": received.status} for received in self._panel.all()]
        services = [{"label": received.domain, **received.settings} for received in self._panel.services()]
        return JSONResponse({"domains": domains, "services": services, "messages": messages})
