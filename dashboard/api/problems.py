"""What goes wrong, as problem details (RFC 9457): a status, a stable code, and a sentence for a developer."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from billing.api.refusals import KeyRefused, RepeatKeyReused
from billing.errors import BillingError, Conflict, NotAllowed, NotFound
from billing.ports import UrlRefused
from dashboard.run import Problem

MEDIA_TYPE = "application/problem+json"
NO_STORE = {"Cache-Control": "no-store"}
RETRY_SECONDS = 5

_STATUS: dict[type[BillingError], int] = {KeyRefused: 401, NotAllowed: 403, NotFound: 404, Conflict: 409}
_DETAILS = {
    "key_refused": "No key, or none that works: send `Authorization: Bearer` and a key that was not withdrawn.",
    "not_allowed": "This key does not have the scope that this takes.",
    "not_found": "There is no such thing, or this key does not reach it.",
    RepeatKeyReused.code: "This Idempotency-Key was given before, with another request.",
    UrlRefused.code: "Nothing is sent to such an address.",
    "billing_error": "This can't be done.",
}


class Invalid(Exception):
    """A request that can't be read or is not as the document says. errors: a field and what is wrong with it, each."""

    def __init__(
        self, code: str, detail: str, errors: Sequence[Mapping[str, str]] = (), *, status: int = 422, wait: int = 0
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.errors, self.status, self.wait = code, detail, errors, status, wait


def refused(error: BillingError) -> Response:
    """What a use case said no to."""
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
    more = {"reason": error.facts["reason"]} if "reason" in error.facts else {}
    if isinstance(error, NotAllowed):
        more = {"scope": error.facts["permission"]}
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    return answer(status, error.code, _DETAILS.get(error.code, _DETAILS["billing_error"]), headers, **more)


def invalid(error: Invalid) -> Response:
    """What is wrong with the request itself."""
    headers = {"Retry-After": str(error.wait)} if error.wait else {}
    more = {"errors": list(error.errors)} if error.errors else {}
    return answer(error.status, error.code, error.detail, headers, **more)


def broken(problem: Problem) -> Response:
    """A bug or an outage: nothing of it was done, and the same request with the same key may be sent again."""
    detail = f"Something went wrong on our side; nothing was done. It is in our log as {problem.id}."
    return answer(503, "problem", detail, {"Retry-After": str(RETRY_SECONDS)})


async def on_http_error(request: Request, error: Exception) -> Response:
    """An address or a method that there is not, a body that is too large."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return answer(error.status_code, phrase.lower().replace(" ", "_"), f"{phrase}.", dict(error.headers or {}))


def answer(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """One problem. code: stable, for programs."""
    content = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail,
        **more,
    }  # fmt: skip
    return JSONResponse(content, status, {**NO_STORE, **(headers or {})}, MEDIA_TYPE)
