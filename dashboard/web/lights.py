"""The download of how a day stood, as it was written down."""

import re
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.errors import NotAllowed, NotFound
from billing.lights.queries import sealed_day
from dashboard.rows.certificate import certificate
from dashboard.run import ask
from dashboard.texts.languages import SAID
from dashboard.web import files, requests

_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.csv", re.ASCII)


async def day_file(request: Request) -> Response:
    """The certificate of a day, for who is of finance; one answer for everybody else and for days of nothing."""
    actor = await files.person(request)
    if actor is None:
        return RedirectResponse(requests.login_path(request), 303)
    name = _NAME.fullmatch(request.path_params["name"])
    try:
        day = date.fromisoformat(name[1]) if name else None
        sealed = await ask(sealed_day, actor, day) if day else None
    except (ValueError, NotFound, NotAllowed):
        sealed = None
    if sealed is None:
        raise HTTPException(404)
    filename = SAID.web.certificate_file.format(day=sealed.row.day.isoformat(), version=sealed.row.version)
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', **files.PRIVATE}
    return Response(certificate(sealed), media_type="text/csv; charset=utf-8", headers=headers)
