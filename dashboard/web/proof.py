"""Proving again who one is, for what a session alone is not enough for: by password, code or passkey."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from billing.access import Actor
from billing.errors import LoginFailed
from billing.logins.flows import prove_with_code, prove_with_passkey, prove_with_password
from billing.logins.sessions import Visitor
from billing.runtime import Billing
from dashboard.run import flow
from dashboard.texts.languages import SAID
from dashboard.web import answers, people, requests

# What a person may give, in the order in which it counts; a password may be empty and is wrong then.
_PROOFS = {"passkey": prove_with_passkey, "code": prove_with_code, "password": prove_with_password}


@answers.spoken
async def proof(request: Request) -> Response:
    """204 when `passkey`, `code` or `password` is this person's own."""
    fields = await requests.form(request)
    person = await people.require_person(request)
    given = {name: requests.first(fields, name) for name in _PROOFS}
    try:
        await flow(_prove, person.actor, people.token_of(request), given, requests.visitor(request))
    except LoginFailed as wrong:
        return answers.refused(wrong, SAID.proof.wrong_password)
    return Response(status_code=204)


def _prove(billing: Billing, actor: Actor, token: str, given: dict[str, str], visitor: Visitor) -> None:
    name = next((name for name in _PROOFS if given[name]), "password")
    prove: Any = _PROOFS[name]
    prove(billing, actor, token, given[name], visitor)
