"""Files of the bank, handed in by the finance department: one request each, with the file as its body."""

from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from billing import access
from billing.bank.flows import upload
from billing.ports import MOST_BYTES, BankFileRefused
from dashboard.rows.bank_files import refused, report
from dashboard.run import ask, flow
from dashboard.web import answers, limits, people, requests


@answers.spoken
async def bank_file(request: Request) -> Response:
    """What became of each statement in a file, as `reports`; an error and a sentence for one that can't be read."""
    requests.require_own_page(request)
    person = await people.require_person(request)
    # Nobody else may fill our memory.
    await ask(access.require_finance, person.actor)
    await limits.require(limits.BANK_FILES, str(person.actor.user_id))
    try:
        found = await flow(upload, person.actor, await _content(request))
    except BankFileRefused as no:
        return answers.refused(no, refused(no))
    return JSONResponse({"reports": [asdict(report(imported)) for imported in found]})


async def _content(request: Request) -> bytes:
    try:
        return await requests.body(request, MOST_BYTES)
    except HTTPException:
        raise BankFileRefused(reason="too_large") from None
