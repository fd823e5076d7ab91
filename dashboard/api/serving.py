"""From request to answer: reading, one use case in one transaction, and writing."""

import json
from collections.abc import Awaitable, Callable, Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from billing.api import calls, keys
from billing.api.pages import Part
from billing.errors import BillingError, NotFound
from billing.runtime import Billing
from dashboard.api import problems, reading
from dashboard.api.document import document
from dashboard.api.fields import PREFIX, json_of
from dashboard.api.operations import OPERATIONS, Call, Operation
from dashboard.api.problems import NO_STORE, RETRY_SECONDS, Invalid
from dashboard.run import Problem, ask, flow, write

Endpoint = Callable[[Request], Awaitable[Response]]


def mounted() -> Mount:
    """The whole API under its prefix; what is not there is answered here too."""
    by_path = groupby(sorted(OPERATIONS, key=attrgetter("path")), key=attrgetter("path"))
    routes = [_route(path, operations) for path, operations in by_path]
    routes.append(Route("/openapi.json", openapi, methods=["GET"]))
    return Mount(PREFIX, Starlette(routes=routes, exception_handlers={HTTPException: problems.on_http_error}))


async def openapi(request: Request) -> Response:
    """The document that describes all of it."""
    return Response(json.dumps(document()), media_type="application/json")


def _route(path: str, operations: Iterable[Operation]) -> Route:
    by_method = {operation.method: operation for operation in operations}

    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await _answered(request, by_method[method])

    return Route(path, endpoint, methods=list(by_method))


async def _answered(request: Request, operation: Operation) -> Response:
    try:
        return await _served(request, operation, await reading.token(request))
    except Invalid as wrong:
        return problems.invalid(wrong)
    except BillingError as no:
        return problems.refused(no)
    except Problem as problem:
        return problems.broken(problem)


async def _served(request: Request, operation: Operation, token: str) -> Response:
    try:
        query, body = reading.query(request, operation), await reading.body(request, operation)
        found = {"id": reading.row_id(request), "query": query, "body": body, "place": reading.place(query)}
        asked = reading.repeatable(request, operation, body) if body is not None else None
    except (Invalid, NotFound):
        # Whoever has no key that works is told nothing of what would be right.
        await ask(keys.bearer, token)
        raise
    if asked is not None:
        content = await write(_written, operation, token, asked, found)
        return _json(content, operation.status)
    if operation.method == "DELETE":
        await write(_removed, operation, token, found)
        return Response(status_code=operation.status, headers=NO_STORE)
    result = await flow(_read, operation, token, found)
    return _file(result) if operation.is_file else _json(_shown(operation, result), operation.status)


def _written(billing: Billing, operation: Operation, token: str, asked: calls.Asked, found: dict[str, Any]) -> str:
    given = operation.given(Call(billing, **found))
    return calls.write(
        billing, token, asked, operation.use_case, *given, shown=lambda result: _shown(operation, result)
    )


def _removed(billing: Billing, operation: Operation, token: str, found: dict[str, Any]) -> None:
    calls.remove(billing, token, operation.use_case, *operation.given(Call(billing, **found)))


def _read(billing: Billing, operation: Operation, token: str, found: dict[str, Any]) -> Any:
    return calls.read(billing, token, operation.use_case, *operation.given(Call(billing, **found)))


def _shown(operation: Operation, result: Any) -> str:
    assert operation.shows is not None
    if not operation.is_list:
        return json_of(operation.shows, result)
    part: Part[Any] = result
    rows = ",".join(json_of(operation.shows, row) for row in part.rows)
    return f'{{"data":[{rows}],"next":{json.dumps(reading.cursor(part.ends_at))}}}'


def _json(content: str, status: int) -> Response:
    return Response(content, status, NO_STORE, "application/json")


def _file(printed: Any) -> Response:
    if printed is None:
        raise Invalid("not_printed", "It is being printed; ask again soon.", status=409, wait=RETRY_SECONDS)
    headers = {**NO_STORE, "ETag": f'"{printed.sha256}"'}
    return Response(printed.content, media_type="application/pdf", headers=headers)
