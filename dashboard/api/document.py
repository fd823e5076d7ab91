"""The OpenAPI document, made from the list of operations and their models."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from billing.access import Scope
from dashboard.api.fields import LARGEST_ID, PREFIX, Asked, Query, Shown
from dashboard.api.operations import OPERATIONS, Operation

Json = dict[str, Any]
_AT = "#/components/schemas/"
_ABOUT = """For a host's own systems: create what is to be billed, and follow what becomes of it.

Each request bears a key: `Authorization: Bearer vdk_…`. A POST or PATCH bears an `Idempotency-Key` of your own; sent
again with the same key it gives the same answer and does nothing twice, for three days. Money is in whole cents with
its currency beside it; days are Dutch calendar days. Lists are in the order in which things came: ask for the part
after `next` until that is null.

Webhooks are signed after Standard Webhooks, come at least once (the same `webhook-id` is the same message), and only
name what they are about; ask how it stands now. Of one customer they come in order. Answer with a 2xx within ten
seconds; what takes nothing for three days is turned off."""
_PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457). code: stable, for programs.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "reason": {"type": "string"},
        "scope": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_REFUSALS = {
    "400": "It can't be read.",
    "401": "No key, or none that works.",
    "403": "The key lacks the scope.",
    "404": "There is no such thing, or this key does not reach it.",
    "409": "Not now: somebody was first, or it is not ready; look again.",
    "413": "The body is too large.",
    "415": "The body is no JSON.",
    "422": "It is not as the document says, or a rule of business says no: `code` and `reason` say which.",
    "429": "Too many requests.",
    "503": "Something went wrong on our side; nothing was done.",
}


@cache
def document() -> Json:
    """The whole of it."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Voldaan", "version": "1", "description": _ABOUT, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": PREFIX}],
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "schemas": {**_schemas(), "Problem": _PROBLEM},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A key with scopes: {', '.join(scope.value for scope in Scope)}.",
                }
            },
        },
    }


def _paths() -> Json:
    paths: Json = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> Json:
    described: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"Takes the scope `{operation.scope.value}`.",
        "tags": [operation.path.split("/")[1]],
        "parameters": [*_path_parameters(operation), *_query_parameters(operation), *_header_parameters(operation)],
        "responses": {str(operation.status): _success(operation), **_problems()},
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _as_json(_reference(operation.body))}
    return described


def _path_parameters(operation: Operation) -> list[Json]:
    if "{id}" not in operation.path:
        return []
    schema = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    return [{"name": "id", "in": "path", "required": True, "schema": schema, "example": 1}]


def _query_parameters(operation: Operation) -> list[Json]:
    if operation.query is None:
        return []
    properties = _schemas()[operation.query.__name__]["properties"]
    return [{"name": name, "in": "query", "required": False, "schema": _given(p)} for name, p in properties.items()]


def _given(schema: Json) -> Json:
    """A parameter that is left out is no null."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind != {"type": "null"}]
    return {name: value for name, value in kinds[0].items() if name != "title"}


def _header_parameters(operation: Operation) -> list[Json]:
    if operation.body is None:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7E]+$"}
    told = "The same whenever this very request is tried again."
    return [{"name": "Idempotency-Key", "in": "header", "required": True, "description": told, "schema": schema}]


def _success(operation: Operation) -> Json:
    if operation.is_file:
        return {"description": "The file.", "content": {"application/pdf": {"schema": {"type": "string"}}}}
    if operation.shows is None:
        return {"description": "Done."}
    shown = _reference(operation.shows)
    return {"description": operation.summary + ".", "content": _as_json(_page(shown) if operation.is_list else shown)}


def _page(rows: Json) -> Json:
    return {
        "type": "object",
        "required": ["data", "next"],
        "properties": {"data": {"type": "array", "items": rows}, "next": {"type": ["string", "null"]}},
    }


def _problems() -> Json:
    content = {"application/problem+json": {"schema": {"$ref": f"{_AT}Problem"}}}
    return {status: {"description": meaning, "content": content} for status, meaning in _REFUSALS.items()}


def _as_json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": f"{_AT}{model.__name__}"}


@cache
def _schemas() -> Json:
    incoming: set[type[Asked] | type[Query]] = {o.body for o in OPERATIONS if o.body} | {
        o.query for o in OPERATIONS if o.query
    }
    outgoing: set[type[Shown]] = {o.shows for o in OPERATIONS if o.shows}
    models: list[Any] = [(model, "validation") for model in sorted(incoming, key=lambda model: model.__name__)]
    models += [(model, "serialization") for model in sorted(outgoing, key=lambda model: model.__name__)]
    _, schema = models_json_schema(models, ref_template=f"{_AT}{{model}}")
    return dict(schema["$defs"])
