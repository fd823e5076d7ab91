"""The access point, and what the network brought in a browser.

GET  /peppol/v1/participants/{participant}   200 or 404
GET  /peppol/v1/documents/{id}               {"status": …, "reason": …} or 404
PUT  /peppol/v1/documents/{id}               takes UBL; X-Receiver says for whom
GET  /peppol                                 the documents, newest first
GET  /peppol.json                            the same for tests: {"documents": [...]}
POST /peppol/{id}/accept, /peppol/{id}/reject   a receiver answers at last
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from billing.sandbox.peppol import ACCEPTED, REJECTED, Carried
from billing.sandbox.views import page
from billing.sandbox.world import World

ROWS = 50
BASE = "/peppol/v1"
Call = Callable[[Request], Awaitable[Response]]


def peppol_routes(world: World) -> list[Route]:
    """All routes of the network."""
    pages = PeppolPages(world)
    return [
        Route(f"{BASE}/participants/{{participant}}", pages.guarded(pages.participant)),
        Route(f"{BASE}/documents/{{id}}", pages.guarded(pages.document), methods=["GET"]),
        Route(f"{BASE}/documents/{{id}}", pages.guarded(pages.send), methods=["PUT"]),
        Route("/peppol", pages.show),
        Route("/peppol.json", pages.as_json),
        Route("/peppol/{id}/{answer:str}", pages.decide, methods=["POST"]),
    ]


class PeppolPages:
    """The network of one world."""

    def __init__(self, world: World) -> None:
        self._world, self._peppol = world, world.peppol

    def guarded(self, call: Call) -> Call:
        """The call behind its faults and the token."""

        async def answer(request: Request) -> Response:
            faults = self._world.faults
            if faults.take(faults.peppol, "down"):
                return PlainTextResponse("Service Unavailable", 503)
            if request.headers.get("authorization") != f"Bearer {self._world.settings.peppol_token}":
                return PlainTextResponse("Unauthorized", 401)
            response = await call(request)
            if request.method == "PUT" and faults.take(faults.peppol, "hang"):
                await asyncio.sleep(faults.peppol.seconds)
            return response

        return answer

    async def participant(self, request: Request) -> Response:
        participant = request.path_params["participant"]
        known = self._peppol.knows(participant)
        return JSONResponse({"participant": participant} if known else {}, 200 if known else 404)

    async def document(self, request: Request) -> Response:
        found = self._peppol.document(request.path_params["id"])
        return JSONResponse({}, 404) if found is None else _told(found)

    async def send(self, request: Request) -> Response:
        xml, receiver = (await request.body()).decode(errors="replace"), request.headers.get("x-receiver", "")
        return _told(self._peppol.send(request.path_params["id"], receiver, xml))

    async def show(self, request: Request) -> Response:
        return page("peppol.html", documents=self._peppol.all()[: -ROWS - 1 : -1])

    async def as_json(self, request: Request) -> Response:
        return JSONResponse({"documents": self._peppol.dump()})

    async def decide(self, request: Request) -> Response:
        status = {"accept": ACCEPTED, "reject": REJECTED}.get(request.path_params["answer"], "")
        if not self._peppol.decide(request.path_params["id"], status):
            return Response("Not found", 404, media_type="text/plain")
        return RedirectResponse("/peppol", 303)


def _told(document: Carried) -> Response:
    return JSONResponse({"status": document.status, "reason": document.reason})
