"""The European Commission's register of VAT numbers, at /vies. A number with many zeros in a row belongs to nobody.

POST /vies/rest-api/check-vat-number   {"countryCode", "vatNumber", "requesterMemberStateCode", "requesterNumber"}
Faults (`faults.ViesFaults`): "down" (503), "MS_UNAVAILABLE" and other codes of the real one, "slow" and "invalid".
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
NOBODY = "00000"
DOWN, SLOW, INVALID, NOT_US = "down", "slow", "invalid", "INVALID_REQUESTER_INFO"


def vies_routes(world: World) -> list[Route]:
    """The one address that we use of it."""

    async def check(request: Request) -> Response:
        fault = world.faults.take_vies()
        if fault.says == DOWN:
            return Response("Service Unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        if fault.says == SLOW:
            await asyncio.sleep(fault.seconds)
        try:
            asked = await request.json()
            country, number = str(asked["countryCode"]), str(asked["vatNumber"])
        except (ValueError, TypeError, KeyError):
            return _error("INVALID_INPUT", HTTPStatus.BAD_REQUEST)
        if fault.says not in ("", SLOW, INVALID, NOT_US) or (fault.says == NOT_US and asked.get("requesterNumber")):
            return _error(fault.says, HTTPStatus.OK)
        belongs = fault.says != INVALID and NOBODY not in number
        return JSONResponse(_answer(world, asked, country, number, belongs=belongs))

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
