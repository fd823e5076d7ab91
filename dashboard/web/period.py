"""The download of a period: all invoices and credit notes of one account, printed and as e-invoices, with an index; or
none."""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from typing import IO, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from billing.access import Actor
from billing.correspondence.files import printed_notes
from billing.correspondence.flows import invoice_xmls, note_xmls
from billing.correspondence.periods import Invoiced, Period, PeriodInvoice, PeriodNote, invoiced, printed_files
from billing.errors import PeriodRefused
from billing.runtime import Billing
from dashboard.rows.period import index, pdf_name, xml_name, zip_name
from dashboard.run import ask, flow
from dashboard.texts.languages import SAID
from dashboard.web import answers, files, requests

D = TypeVar("D", PeriodInvoice, PeriodNote)
# Up to this size a download is made in memory.
SMALL_BYTES = 4 * 1024 * 1024
AT_ONCE = 20
CHUNK_BYTES = 64 * 1024
_ID = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_STATUS = {"empty": 404, "full": 413}


async def period_zip(request: Request) -> Response:
    """All documents of an account that were issued from one day to another (fields account, from, to)."""
    fields = await requests.form(request)
    actor = await files.person(request)
    if actor is None:
        return RedirectResponse("/login?next=%2Finvoices", 303)
    account_id, period = asked(fields)
    try:
        found = await files.when_printed(lambda: _printed(actor, account_id, period))
    except PeriodRefused as refusal:
        return refused(refusal)
    if found is None:
        return files.not_ready(SAID.period.not_ready)
    archive = await flow(_zipped, actor, account_id, found)
    headers = {
        "Content-Disposition": f'attachment; filename="{zip_name(found.customer, period)}"',
        "Content-Length": str(archive.seek(0, 2)),
        **files.PRIVATE,
    }
    return StreamingResponse(chunks(archive), media_type="application/zip", headers=headers)


def asked(fields: dict[str, list[str]]) -> tuple[int, Period]:
    """Which account and period a form asks for. Raises HTTPException 400."""
    return int(_field(fields, "account", _ID)), Period(_day(fields, "from"), _day(fields, "to"))


def refused(refusal: PeriodRefused) -> Response:
    """The page that says why a period can't be handed out."""
    title, sentence = SAID.period.refused[refusal.facts["reason"]]
    return answers.page(_STATUS.get(refusal.facts["reason"], 400), title=title, sentence=sentence)


async def _printed(actor: Actor, account_id: int, period: Period) -> Invoiced | None:
    found = await ask(invoiced, actor, account_id, period)
    return found if found.is_printed else None


def _zipped(billing: Billing, actor: Actor, account_id: int, found: Invoiced) -> IO[bytes]:
    """The archive in a file of its own: on disk when it is large, and never all of it in memory as well."""
    with ExitStack() as undone:
        target = undone.enter_context(tempfile.SpooledTemporaryFile(max_size=SMALL_BYTES))
        # A PDF is compressed already.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            digests: list[tuple[str, str]] = []
            for is_note, number, content, xml in _contents(billing, actor, account_id, found):
                archive.writestr(pdf_name(number, is_note=is_note), content)
                archive.writestr(xml_name(number, is_note=is_note), xml, zipfile.ZIP_DEFLATED)
                digests.append((_digest(content), _digest(xml)))
            archive.writestr(SAID.period.index_name, index(found, digests))
        undone.pop_all()
        return target


def _contents(
    billing: Billing, actor: Actor, account_id: int, found: Invoiced
) -> Iterator[tuple[bool, str, bytes, bytes]]:
    """Whether it is a credit note, number, PDF and e-invoice of each document, a few in memory at once."""
    for invoices in _some_of(found.invoices):
        numbers = [invoice.number for invoice in invoices]
        contents = billing.ask(printed_files, actor, account_id, [invoice.file_id or 0 for invoice in invoices])
        for whole in zip(numbers, contents, invoice_xmls(billing, actor, numbers), strict=True):
            yield False, *whole
    for notes in _some_of(found.notes):
        numbers = [note.number for note in notes]
        pdfs = [printed.content for printed in billing.ask(printed_notes, actor, numbers) or ()]
        for whole in zip(numbers, pdfs, note_xmls(billing, actor, numbers), strict=True):
            yield True, *whole


def _some_of(documents: Sequence[D]) -> Iterator[Sequence[D]]:
    for start in range(0, len(documents), AT_ONCE):
        yield documents[start : start + AT_ONCE]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def chunks(archive: IO[bytes]) -> Iterator[bytes]:
    """A file in parts, which is gone afterwards."""
    with archive:
        archive.seek(0)
        while chunk := archive.read(CHUNK_BYTES):
            yield chunk


def _field(fields: dict[str, list[str]], name: str, pattern: re.Pattern[str]) -> str:
    value = fields.get(name, [""])
    if len(value) != 1 or not pattern.fullmatch(value[0]):
        raise HTTPException(400)
    return value[0]


def _day(fields: dict[str, list[str]], name: str) -> date:
    try:
        return date.fromisoformat(_field(fields, name, _DAY))
    except ValueError:
        raise HTTPException(400) from None
