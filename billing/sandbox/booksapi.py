"""The JSON interface of the bookkeeping under /books/api/v2/{administration}/: a bearer token, a limit, and faults.

150 requests in 5 minutes; then 429, whose Retry-After is an instant in seconds since 1970, as the real one has it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from billing.sandbox.books import LEDGERS, Invalid, NotThere
from billing.sandbox.booksfields import require_known
from billing.sandbox.booksrates import FOREIGN, RATES
from billing.sandbox.faults import BooksFaults
from billing.sandbox.world import World

BASE = "/books/api/v2/{administration}"

Json = dict[str, Any]
Call = Callable[[Request], Awaitable[Response]]


def books_api(world: World) -> list[Route]:
    """All routes of the interface."""
    api = BooksApi(world)
    calls: list[tuple[str, str, Call]] = [
        ("GET", "/contacts/customer_id/{customer}.json", api.contact_of),
        ("POST", "/contacts.json", api.add_contact),
        ("PATCH", "/contacts/{id}.json", api.change_contact),
        ("GET", "/external_sales_invoices.json", api.list_invoices),
        ("POST", "/external_sales_invoices.json", api.add_invoice),
        ("GET", "/external_sales_invoices/{id}.json", api.invoice),
        ("DELETE", "/external_sales_invoices/{id}.json", api.remove_invoice),
        ("POST", "/external_sales_invoices/{id}/attachment.json", api.attach),
        ("POST", "/external_sales_invoices/{id}/payments.json", api.add_payment),
        ("DELETE", "/external_sales_invoices/{id}/payments/{payment}.json", api.remove_payment),
        ("GET", "/documents/general_journal_documents.json", api.list_journals),
        ("POST", "/documents/general_journal_documents.json", api.add_journal),
        ("GET", "/tax_rates.json", api.tax_rates),
        ("GET", "/ledger_accounts.json", api.ledgers),
    ]
    return [Route(BASE + path, api.guarded(call), methods=[method]) for method, path, call in calls]


class BooksApi:
    """Answers all calls on one world's administration."""

    def __init__(self, world: World) -> None:
        self._world, self._books = world, world.books
        self._allowance = world.books_allowance

    def guarded(self, call: Call) -> Call:
        """The call behind faults, the limit and the token, with its mistakes as answers."""

        async def answer(request: Request) -> Response:
            fault = self._world.faults.take_books(f"{request.method} {request.url.path}")
            refusal = self._fault(fault) or self._closed(request) or self._limited()
            response = refusal or await self._tried(call, request)
            if fault and fault.what in {"hang_after", "slow"}:
                await asyncio.sleep(fault.seconds)
            if response.status_code != 429:
                response.headers.update(self._limit_headers())
            return response

        return answer

    async def contact_of(self, request: Request) -> Response:
        return JSONResponse(self._books.contact_of(request.path_params["customer"]))

    async def add_contact(self, request: Request) -> Response:
        return JSONResponse(self._books.put_contact(await _inside(request, "contact")), 201)

    async def change_contact(self, request: Request) -> Response:
        data = await _inside(request, "contact")
        return JSONResponse(self._books.put_contact(data, request.path_params["id"]))

    async def list_invoices(self, request: Request) -> Response:
        first, last, asked = self._asked(request)
        return _page(request, self._books.invoices(first, last, asked.get("contact_id", "")))

    async def list_journals(self, request: Request) -> Response:
        first, last, asked = self._asked(request)
        return _page(request, self._books.journals(first, last, asked.get("reference", "")))

    async def add_journal(self, request: Request) -> Response:
        return JSONResponse(self._books.add_journal(await _inside(request, "general_journal_document")), 201)

    async def add_invoice(self, request: Request) -> Response:
        return JSONResponse(self._books.add_invoice(await _inside(request, "external_sales_invoice")), 201)

    async def invoice(self, request: Request) -> Response:
        return JSONResponse(self._books.invoice(request.path_params["id"]))

    async def remove_invoice(self, request: Request) -> Response:
        self._books.remove_invoice(request.path_params["id"])
        return Response(status_code=204)

    async def attach(self, request: Request) -> Response:
        async with request.form() as form:
            file = form.get("file")
            if file is None or isinstance(file, str):
                return JSONResponse({"error": "file is missing"}, 400)
            self._books.attach(request.path_params["id"], file.filename or "", await file.read())
        return Response(status_code=200)

    async def add_payment(self, request: Request) -> Response:
        data = await _inside(request, "payment")
        return JSONResponse(self._books.add_payment(request.path_params["id"], data), 201)

    async def remove_payment(self, request: Request) -> Response:
        self._books.remove_payment(request.path_params["id"], request.path_params["payment"])
        return Response(status_code=204)

    async def tax_rates(self, request: Request) -> Response:
        return JSONResponse([
            {"id": key, "percentage": str(rate), "active": True, "country": FOREIGN.get(key, (None,))[0]}
            for key, rate in RATES.items()
        ])  # fmt: skip

    async def ledgers(self, request: Request) -> Response:
        return JSONResponse([{"id": key, "name": name} for key, name in LEDGERS.items()])

    def _asked(self, request: Request) -> tuple[str, str, Json]:
        """First and last day, and all that was filtered by. As the real one: without a period, only this year."""
        year = self._world.clock.now().year
        parts = request.query_params.get("filter", "").split(",")
        asked = dict(part.partition(":")[::2] for part in parts if part)
        first, _, last = asked.get("period", f"{year}0101..{year}1231").partition("..")
        return first, last, asked

    async def _tried(self, call: Call, request: Request) -> Response:
        try:
            return await call(request)
        except Invalid as wrong:
            return JSONResponse({"error": wrong.errors}, 422)
        except NotThere:
            return JSONResponse({"error": "record not found", "symbolic": {"id": "not_found"}}, 404)
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"error": "Bad request"}, 400)

    def _fault(self, fault: BooksFaults | None) -> Response | None:
        match fault.what if fault else "":
            case "401":
                return JSONResponse({"error": "Authorization required"}, 401)
            case "422":
                return JSONResponse({"error": {"reference": ["is refused on purpose"]}}, 422)
            case "429":
                return self._busy(self._world.clock.now() + timedelta(seconds=fault.seconds if fault else 0))
            case "500":
                return PlainTextResponse("We're sorry, but something went wrong", 500)
        return None

    def _closed(self, request: Request) -> Response | None:
        settings = self._world.settings
        if request.headers.get("authorization") != f"Bearer {settings.books_token}":
            return JSONResponse({"error": "Authorization required"}, 401)
        if request.path_params["administration"] != settings.books_administration:
            return JSONResponse({"error": "record not found"}, 404)
        return None

    def _limited(self) -> Response | None:
        return None if self._allowance.take() else self._busy(self._allowance.ends)

    def _busy(self, until: datetime) -> Response:
        headers = {"Retry-After": str(int(until.timestamp()))}
        return PlainTextResponse("Retry later", 429, headers)

    def _limit_headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self._allowance.limit), "RateLimit-Remaining": str(self._allowance.left),
            "RateLimit-Reset": str(int(self._allowance.ends.timestamp())),
        }  # fmt: skip


def _page(request: Request, found: list[Json]) -> Response:
    size, page = int(request.query_params.get("per_page", 10)), int(request.query_params.get("page", 1))
    return JSONResponse(found[(page - 1) * size : page * size])


async def _inside(request: Request, name: str) -> Json:
    data: Json = (await request.json())[name]
    if not isinstance(data, dict):
        raise TypeError(name)
    require_known(name, data)
    return data
