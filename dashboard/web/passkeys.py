"""Questions to a person's device, and adding one: what the browser's own part of a passkey needs of us."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billing.access import Actor
from billing.errors import NotFound
from billing.logins import passkeys
from billing.logins.flows import question_for_half, site
from billing.runtime import Billing
from dashboard.run import write
from dashboard.web import answers, limits, people, requests


@answers.spoken
async def question(request: Request) -> Response:
    """The question to a device, in JSON. Field `for`: login (anybody's), half (whoever gave the password), or proof."""
    fields = await requests.form(request)
    await limits.require(limits.QUESTIONS, requests.client_address(request))
    match requests.first(fields, "for"):
        case "login":
            return _json(await write(_question))
        case "half":
            return _json(await _question_for_half(request))
        case "proof":
            return _json(await write(_question, (await people.require_person(request)).user_id))
    raise HTTPException(400)


@answers.spoken
async def register_question(request: Request) -> Response:
    """The question to a device that is to become a passkey, in JSON."""
    await requests.form(request)
    person = await people.require_person(request)
    return _json(await write(_registration, person.actor))


@answers.spoken
async def register(request: Request) -> Response:
    """204 when the device that gave the answer `passkey` is added under this `name`."""
    fields = await requests.form(request)
    person = await people.require_person(request)
    answer, name = requests.first(fields, "passkey"), requests.first(fields, "name")
    await write(_register, person.actor, answer, name)
    return Response(status_code=204)


async def _question_for_half(request: Request) -> str:
    try:
        return await write(question_for_half, people.token_of(request))
    except NotFound:
        raise people.HalfOver() from None


def _question(billing: Billing, user_id: int | None = None) -> str:
    return billing.do(passkeys.question, site(billing), user_id)


def _registration(billing: Billing, actor: Actor) -> str:
    return billing.do(passkeys.registration_options, actor, site(billing))


def _register(billing: Billing, actor: Actor, answer: str, name: str) -> None:
    billing.do(passkeys.register, actor, site(billing), answer, name)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})
