"""Reading a request: whose key it bears, what it asks, and which try of it this is."""

import asyncio
import hashlib
import re
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from billing import rates, tokens
from billing.api.calls import Asked
from billing.api.pages import Place
from billing.api.refusals import KeyRefused
from billing.errors import NotFound
from billing.rates import Limit
from billing.tokens import Purpose
from dashboard import wiring
from dashboard.api.fields import LARGEST_ID, PageQuery
from dashboard.api.operations import Operation
from dashboard.api.problems import Invalid
from dashboard.web import limits, requests

M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 64 * 1024
READ_SECONDS = 15
MAX_FIELDS = 20
LONGEST_KEY = 100
MINUTE_SECONDS = 60
_ID = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_REPEAT_KEY = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)


def limits_of(key: str, address: str) -> tuple[rates.Asked, rates.Asked]:
    """How often one key may ask, and one address whatever it bears."""
    times = wiring.settings().api_requests_per_minute
    of_address = Limit("api address", 2 * times, MINUTE_SECONDS)
    return (of_address, address), (Limit("api key", times, MINUTE_SECONDS), key)


async def token(request: Request) -> str:
    """The key that a request bears. Raises KeyRefused when there is none, and Invalid when it comes too often."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if seconds := await limits.wait(*limits_of(key, requests.client_address(request))):
        raise Invalid("too_many_requests", "Too many requests; wait a minute.", status=429, wait=seconds)
    if scheme.lower() != "bearer" or not 0 < len(key) <= LONGEST_KEY:
        raise KeyRefused()
    return key


def row_id(request: Request) -> int:
    """The id in the address; 0 where there is none. Raises NotFound for what can't be one."""
    text = request.path_params.get("id", "")
    if not text:
        return 0
    if not _ID.fullmatch(text) or int(text) > LARGEST_ID:
        raise NotFound()
    return int(text)


async def body(request: Request, operation: Operation) -> Any:
    """The body as its model; None where none is asked for. Raises Invalid, and HTTPException 413."""
    if operation.body is None:
        return None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Invalid("unsupported_media_type", "Send `Content-Type: application/json`.", status=415)
    try:
        async with asyncio.timeout(READ_SECONDS):
            raw = await requests.body(request, MAX_BYTES)
    except HTTPException:
        raise Invalid("too_large", f"No more than {MAX_BYTES} bytes.", status=413) from None
    except (TimeoutError, ClientDisconnect):
        raise Invalid("incomplete", "The body did not arrive.", status=400) from None
    return _as(operation.body, raw)


def query(request: Request, operation: Operation) -> Any:
    """What stands behind the question mark as its model; None where nothing may stand there. Raises Invalid."""
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise Invalid("invalid", "The query can't be read.", status=400) from None
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Invalid("invalid", "A parameter may be given once.", [])
    if operation.query is None:
        if values:
            raise Invalid("invalid", "This takes no parameters.", [{"field": name} for name in values])
        return None
    return _as(operation.query, values)


def place(asked: Any) -> Place:
    """Where the part of a list begins. Raises Invalid for a cursor that is not ours."""
    if not isinstance(asked, PageQuery):
        return Place()
    if asked.cursor is None:
        return Place(0, asked.limit)
    try:
        (after,) = tokens.read(Purpose.PAGE, _signing_key(), asked.cursor, 1)
    except NotFound:
        raise Invalid("invalid", "This cursor is not ours.", [{"field": "cursor"}]) from None
    return Place(after, asked.limit)


def cursor(ends_at: int) -> str | None:
    """What the next part is asked for with; None after the last."""
    return tokens.sign(Purpose.PAGE, _signing_key(), ends_at) if ends_at else None


def repeatable(request: Request, operation: Operation, content: BaseModel) -> Asked:
    """Which try of what this is. Raises Invalid without an Idempotency-Key."""
    key = request.headers.get("idempotency-key", "")
    if not _REPEAT_KEY.fullmatch(key):
        detail = "Send an Idempotency-Key of 1 to 255 visible characters: the same one whenever you try again."
        raise Invalid("idempotency_key_missing", detail, status=400)
    asked = f"{operation.name} {request.path_params.get('id', '')} {content.model_dump_json(exclude_unset=True)}"
    return Asked(key, hashlib.sha256(asked.encode()).hexdigest())


def _signing_key() -> str:
    return wiring.billing().policy.signing_key


def _as(model: type[M], given: bytes | dict[str, str]) -> M:
    try:
        return model.model_validate_json(given) if isinstance(given, bytes) else model.model_validate(given)
    except ValidationError as wrong:
        errors = [
            {"field": ".".join(map(str, error["loc"])), "message": error["msg"]}
            for error in wrong.errors(include_url=False, include_context=False, include_input=False)
        ]
        is_json = not any(error["type"] == "json_invalid" for error in wrong.errors(include_url=False))
        if is_json:
            raise Invalid("invalid", "The request is not as the document says.", errors) from None
        raise Invalid("invalid_json", "The body is no JSON.", status=400) from None
