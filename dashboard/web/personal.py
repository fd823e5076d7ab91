"""Everything of an account in one archive, for its owner, who has just proven an identity."""

import tempfile
from contextlib import ExitStack
from typing import IO

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from billing.access import Actor
from billing.errors import CheckNeeded
from billing.privacy.export import export
from billing.runtime import Billing
from dashboard.run import flow
from dashboard.web import files, people, requests
from dashboard.web.period import SMALL_BYTES, chunks

ADDRESS = "/files/account.zip"


async def account_zip(request: Request) -> Response:
    """The data and documents of the account that is looked at; without a fresh proof back to the page that asks."""
    person = await people.person_of(request)
    if person is None:
        return RedirectResponse(requests.login_path(request), 303)
    try:
        archive = await flow(_zipped, person.actor, person.account_id)
    except CheckNeeded:
        return RedirectResponse("/account/data", 303)
    headers = {
        "Content-Disposition": 'attachment; filename="account.zip"', "Content-Length": str(archive.seek(0, 2)),
        **files.PRIVATE,
    }  # fmt: skip
    return StreamingResponse(chunks(archive), media_type="application/zip", headers=headers)


def _zipped(billing: Billing, actor: Actor, account_id: int) -> IO[bytes]:
    with ExitStack() as undone:
        target = undone.enter_context(tempfile.SpooledTemporaryFile(max_size=SMALL_BYTES))
        export(billing, actor, account_id, target)
        undone.pop_all()
        return target
