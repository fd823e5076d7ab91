"""Downloads: invoices and credit notes, printed and as e-invoices. Nothing is rendered here; that is the worker's."""

import re
import time
import zipfile
from asyncio import sleep, to_thread
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.access import Actor
from billing.correspondence import flows
from billing.correspondence.files import PrintedDocument, printed_documents, printed_invoices, printed_notes
from dashboard.rows.period import pdf_name, xml_name
from dashboard.run import ask, flow
from dashboard.texts.languages import SAID
from dashboard.web import answers, people, requests

T = TypeVar("T")
TEXTS = SAID.web

MAX_IN_ZIP = 100
WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.2
RETRY_AFTER_SECONDS = 5
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,39}", re.ASCII)
_FILE = re.compile(rf"({_NUMBER.pattern})\.(pdf|xml)", re.ASCII)
PRIVATE = {"Cache-Control": "no-store"}


Printed = tuple[PrintedDocument, ...] | None
Find = Callable[..., Printed]
Write = Callable[..., tuple[bytes, ...]]


async def invoice_file(request: Request) -> Response:
    """An invoice as it stands now, by its ending a PDF or an XML for programs (UBL).

    One answer for what does not exist and what is somebody else's.
    """
    return await _one(request, printed_invoices, flows.invoice_xmls, is_note=False)


async def credit_note_file(request: Request) -> Response:
    """A credit note, under the same rules."""
    return await _one(request, printed_notes, flows.note_xmls, is_note=True)


async def _one(request: Request, find: Find, write: Write, *, is_note: bool) -> Response:
    name = _FILE.fullmatch(request.path_params["name"])
    try:
        if name is not None and name[2] == "pdf":
            return await _pdf(request, find, name[1])
        actor = (await people.require_person(request)).actor
    except people.NoSession:
        return RedirectResponse(requests.login_path(request), 303)
    if name is None:
        raise HTTPException(404)
    (xml,) = await flow(write, actor, [name[1]])
    return _file(request, xml, xml_name(name[1], is_note=is_note), "application/xml")


async def _pdf(request: Request, find: Find, number: str) -> Response:
    printed = await when_printed(lambda: people.asked(request, find, [number]))
    if printed is None:
        return answers.page(
            503, title=TEXTS.pdf_not_ready_title, sentence=TEXTS.pdf_not_ready,
            retry_after_seconds=RETRY_AFTER_SECONDS, retries=True,
        )  # fmt: skip
    return _file(request, printed[0].content, _filename(printed[0]), "application/pdf")


async def invoices_zip(request: Request) -> Response:
    """The PDFs of the invoices and credit notes that were chosen (fields `number`), all of them or none."""
    fields = await requests.form(request)
    actor = await person(request)
    if actor is None:
        return RedirectResponse("/login?next=%2Finvoices", 303)
    numbers = list(dict.fromkeys(fields.get("number", [])))
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        raise HTTPException(404)
    if not 0 < len(numbers) <= MAX_IN_ZIP:
        raise HTTPException(413 if numbers else 400)
    printed = await when_printed(lambda: ask(printed_documents, actor, numbers))
    if printed is None:
        return not_ready(TEXTS.zip_not_ready)
    headers = {"Content-Disposition": f'attachment; filename="{TEXTS.chosen_file}"', **PRIVATE}
    return Response(await to_thread(_zipped, printed), media_type="application/zip", headers=headers)


async def person(request: Request) -> Actor | None:
    """Who asks; None without a session."""
    found = await people.person_of(request)
    return found.actor if found else None


async def when_printed(look: Callable[[], Awaitable[T | None]]) -> T | None:
    """What `look` finds, waiting a little for the worker to print it; None when that takes too long."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        found = await look()
        if found is not None or time.monotonic() > deadline:
            return found
        await sleep(PAUSE_SECONDS)


def not_ready(sentence: str) -> Response:
    """The answer while the worker is still printing."""
    return answers.page(
        503, title=TEXTS.pdf_not_ready_title, sentence=sentence, retry_after_seconds=RETRY_AFTER_SECONDS
    )


def _file(request: Request, content: bytes, filename: str, media_type: str) -> Response:
    is_shown = media_type == "application/pdf" and request.query_params.get("download") != "1"
    how = "inline" if is_shown else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{filename}"', **PRIVATE}
    return Response(content, media_type=media_type, headers=headers)


def _zipped(printed: Sequence[PrintedDocument]) -> bytes:
    target = BytesIO()
    # A PDF is compressed already.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for document in printed:
            archive.writestr(_filename(document), document.content)
    return target.getvalue()


def _filename(printed: PrintedDocument) -> str:
    return pdf_name(printed.number, is_note=printed.is_note)
