"""The European Commission's register of VAT numbers, at /vies, where every number belongs to somebody.

POST /vies/rest-api/check-vat-number   {"countryCode", "vatNumber", "requesterMemberStateCode", "requesterNumber"}
What can go wrong with it is in `faults.ViesFaults`.
"""

import asyncio
import hashlib
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from billing.sandbox.world import World

Json = dict[str, Any]
DOWN, SLOW, INVALID, NOT_US = "down", "slow", "invalid", "INVALID_REQUESTER_INFO"


def vies_routes(world: World) -> list[Route]:
    """The one address that we use of it."""

    async def check(request: Request) -> Response:
        try:
            asked = await request.json()
            country, number = str(asked["countryCode"]), str(asked["vatNumber"])
        except (ValueError, TypeError, KeyError):
            return _error("INVALID_INPUT", HTTPStatus.BAD_REQUEST)
        fault = world.faults.take_vies(country + number)
        if fault.says == DOWN:
            return Response("Service Unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        if fault.says == SLOW:
            await asyncio.sleep(fault.seconds)
        if fault.says.isupper() and (fault.says != NOT_US or asked.get("requesterNumber")):
            return _error(fault.says, HTTPStatus.OK)
        return JSONResponse(_answer(world, asked, country, number, belongs=fault.says != INVALID))

    return [Route("/vies/rest-api/check-vat-number", check, methods=["POST"])]


def _answer(world: World, asked: Json, country: str, number: str, *, belongs: bool) -> Json:
    at = world.clock.now().isoformat()
    proof = hashlib.sha256(f"{country}{number}{at}".encode()).hexdigest()[:12].upper()
    return {
        "countryCode": country, "vatNumber": number, "requestDate": at, "valid": belongs,
        "requestIdentifier": f"WAPI{proof}" if asked.get("requesterNumber") else "",
        "name": f"Onderneming {country}{number}" if belongs else "---", "address": "---",
    }  # fmt: skip


def _error(code: str, status: int) -> JSONResponse:
    return JSONResponse({"actionSucceed": False, "errorWrappers": [{"error": code}]}, status)
