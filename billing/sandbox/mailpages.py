"""The mailbox in a browser, and as JSON for tests.

GET  /mailbox                            the list, newest first
GET  /mailbox/{id}                       one mail; its HTML is shown in a sandboxed frame from /mailbox/{id}/html
GET  /mailbox/{id}/attachments/{n}       a file of it, n counts from 0
GET  /mailbox.json                       all mails, oldest first: id, message_id, from, to (this recipient), subject,
                                         date, received_at, text, html, attachments, deliveries, headers;
                                         ?to= for one address, ?after= for those after an id
POST /mailbox/reset                      empties it
"""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from billing.sandbox.mailbox import Attachment, Mail
from billing.sandbox.views import page
from billing.sandbox.world import World

# The mail's own scripts, forms and outside pictures stay off; its links open in a new window.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
SHOWN_IN_BROWSER = ("application/pdf", "image/png", "image/jpeg", "image/gif")


def mail_routes(world: World) -> list[Route]:
    """All routes of the mailbox."""
    pages = MailPages(world)
    return [
        Route("/mailbox", pages.index),
        Route("/mailbox.json", pages.as_json),
        Route("/mailbox/reset", pages.reset, methods=["POST"]),
        Route("/mailbox/{number:int}", pages.show),
        Route("/mailbox/{number:int}/html", pages.html),
        Route("/mailbox/{number:int}/attachments/{index:int}", pages.attachment),
    ]


class MailPages:
    """The mailbox pages of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def index(self, request: Request) -> Response:
        return page("mailbox.html", mails=self._world.mailbox.all()[::-1])

    async def as_json(self, request: Request) -> Response:
        wanted = request.query_params.get("to", "").lower()
        after = int(request.query_params.get("after", "0"))
        newer = (mail for mail in self._world.mailbox.all() if mail.number > after)
        mails = [mail for mail in newer if not wanted or mail.recipient.lower() == wanted]
        return JSONResponse([self._row(mail) for mail in mails])

    async def reset(self, request: Request) -> Response:
        self._world.mailbox.clear()
        return RedirectResponse("/mailbox", 303)

    async def show(self, request: Request) -> Response:
        mail = self._mail(request)
        if mail is None:
            return _missing()
        files = [(index, file) for index, file in enumerate(mail.attachments()) if not file.content_id]
        return page("mail.html", mail=mail, files=files, html=mail.body("html"), text=mail.body("plain"))

    async def html(self, request: Request) -> Response:
        mail = self._mail(request)
        if mail is None:
            return _missing()
        body = mail.body("html")
        for index, file in enumerate(mail.attachments()):
            if file.content_id:
                body = body.replace(f"cid:{file.content_id}", f"/mailbox/{mail.number}/attachments/{index}")
        headers = {"Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return HTMLResponse(_links_in_new_window(body), headers=headers)

    async def attachment(self, request: Request) -> Response:
        mail, index = self._mail(request), request.path_params["index"]
        files = mail.attachments() if mail else []
        if index >= len(files):
            return _missing()
        return _file(files[index])

    def _mail(self, request: Request) -> Mail | None:
        return self._world.mailbox.get(request.path_params["number"])

    def _row(self, mail: Mail) -> dict[str, Any]:
        base = f"{self._world.base_url}/mailbox/{mail.number}"
        return {
            "id": mail.number,
            "message_id": mail.message_id,
            "from": mail.header("From") or mail.sender,
            "to": mail.recipient,
            "subject": mail.header("Subject"),
            "date": _date(mail),
            "received_at": mail.received_at.isoformat(),
            "text": mail.body("plain"),
            "html": mail.body("html"),
            "attachments": [
                {
                    "filename": file.filename,
                    "content_type": file.content_type,
                    "size": len(file.content),
                    "url": f"{base}/attachments/{index}",
                }
                for index, file in enumerate(mail.attachments())
            ],
            "deliveries": mail.deliveries,
            "headers": [[name, str(value)] for name, value in mail.message.items()],
        }


def _links_in_new_window(html: str) -> str:
    base = '<base target="_blank">'
    with_head, count = re.subn(r"(?i)(<head[^>]*>)", rf"\g<1>{base}", html, count=1)
    return with_head if count else base + html


def _date(mail: Mail) -> str:
    try:
        return parsedate_to_datetime(mail.header("Date")).isoformat()
    except ValueError:
        return mail.received_at.isoformat()


def _file(file: Attachment) -> Response:
    kind = "inline" if file.content_type in SHOWN_IN_BROWSER else "attachment"
    headers = {
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.filename)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type=file.content_type, headers=headers)


def _missing() -> Response:
    return page(
        "message.html", 404, title="Deze mail is er niet", text="De mailbox is misschien geleegd.", back="/mailbox"
    )
