"""Passwords, keys and codes of a person's own log-in: what is secret in them never passes through a page's state."""

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from billing.access import Actor
from billing.errors import CodeRefused, Conflict
from billing.logins import authenticator
from billing.logins.authenticator import Setup
from billing.logins.flows import change_password, confirm_app, site
from billing.runtime import Billing
from dashboard.rows.account import sentence
from dashboard.run import do, flow, write
from dashboard.web import answers, people, requests

_SECRET = {"Cache-Control": "no-store"}


@answers.spoken
async def password(request: Request) -> Response:
    """204 when `password` is this person's from now on; every other session has ended then."""
    fields = await requests.form(request)
    person = await people.require_person(request)
    await flow(change_password, person.actor, people.token_of(request), requests.first(fields, "password"))
    return Response(status_code=204)


@answers.spoken
async def begin_app(request: Request) -> Response:
    """What an app needs, as `qr` (an address of a picture) and as the `secret` to type."""
    await requests.form(request)
    person = await people.require_person(request)
    try:
        setup = await write(_begin, person.actor)
    except Conflict as is_on:
        return answers.refused(is_on, sentence(is_on))
    qr = segno.make_qr(setup.uri, error="m").svg_data_uri(border=4, light="#fff", omitsize=True)
    return JSONResponse({"qr": qr, "secret": setup.secret}, headers=_SECRET)


@answers.spoken
async def confirm_code(request: Request) -> Response:
    """The backup `codes`, this once, when `code` is one that the new app shows."""
    fields = await requests.form(request)
    person = await people.require_person(request)
    code = requests.first(fields, "code")
    try:
        codes = await flow(confirm_app, person.actor, code, requests.visitor(request))
    except (CodeRefused, Conflict) as no:
        return answers.refused(no, sentence(no))
    return JSONResponse({"codes": codes}, headers=_SECRET)


@answers.spoken
async def renew_codes(request: Request) -> Response:
    """New backup `codes`, this once; the old ones no longer work."""
    await requests.form(request)
    person = await people.require_person(request)
    try:
        codes = await do(authenticator.renew_codes, person.actor)
    except Conflict as is_off:
        return answers.refused(is_off, sentence(is_off))
    return JSONResponse({"codes": codes}, headers=_SECRET)


def _begin(billing: Billing, actor: Actor) -> Setup:
    return billing.do(authenticator.begin, actor, billing.vault, site(billing).name)
