"""P7: printing an invoice of 15 lines, beside bare WeasyPrint at its best on the same page; two processes beside one;
the e-invoice (UBL) of it, beside the bare writing of the same XML; and the download of what has been printed, beside a
bare file.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.resources import files

import weasyprint
from lxml import etree
from sqlmodel import col, select
from weasyprint.text.fonts import FontConfiguration

from billing.access import SYSTEM
from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.bench import wire
from billing.bench.children import free_port, server, team
from billing.bench.documents import fifteen_lines
from billing.bench.figures import Figure, Lap, beside, timed
from billing.bench.room import Room, billing_on, settings_for
from billing.correspondence.flows import ensure_file
from billing.demo.bulk import seed_bulk
from billing.demo.people import PASSWORD
from billing.invoices.queries import visible_invoices
from billing.invoices.tables import Invoice
from billing.logins.flows import LogIn, log_in
from billing.runtime import Billing

WARM_UP = 5
# An e-invoice takes a hundredth of the time of a page.
XMLS_EACH = 100


def measure(room: Room) -> Iterator[Figure]:
    """Printing needs no database; downloads are measured on each engine."""
    yield _printing(room)
    yield _two_processes(room)
    yield _einvoices(room)
    for engine in room.engines:
        yield _download(room, engine)


def _printing(room: Room) -> Figure:
    renderer = WeasyPrintRenderer(XmlWriter())
    renderer.warm_up()
    documents = [fifteen_lines(number) for number in range(room.sizes.documents)]
    bare, pages = _bare(), [renderer.html(document) for document in documents]
    bare(pages[0])

    def ours() -> Lap:
        return timed(lambda: [renderer.invoice(document) for document in documents], len(documents))

    def limit() -> Lap:
        return timed(lambda: [bare(page) for page in pages], len(pages))

    return beside("P7", "none", ours, "bare WeasyPrint, fonts and style sheet kept", limit, runs=room.sizes.runs)


def _bare() -> Callable[[str], object]:
    fonts = FontConfiguration()
    text = files("billing.adapters.pdf").joinpath("invoice.css").read_text("utf-8")
    style = weasyprint.CSS(string=text, font_config=fonts)
    return lambda page: weasyprint.HTML(string=page).write_pdf(font_config=fonts, stylesheets=[style])


def _einvoices(room: Room) -> Figure:
    writer = XmlWriter()
    documents = [fifteen_lines(number) for number in range(room.sizes.documents * XMLS_EACH)]
    trees = [etree.fromstring(writer.ubl(document)) for document in documents]

    def ours() -> Lap:
        return timed(lambda: [writer.ubl(document) for document in documents], len(documents))

    def limit() -> Lap:
        return timed(lambda: [etree.tostring(_copied(tree), encoding="utf-8") for tree in trees], len(trees))

    return beside("P7", "none", ours, "lxml alone, element by element; this is UBL", limit, runs=room.sizes.runs)


def _copied(element: etree._Element, parent: etree._Element | None = None) -> etree._Element:
    """The same tree, made anew as any writer of XML has to."""
    attributes = dict(element.attrib)
    if parent is None:
        made = etree.Element(element.tag, attributes, nsmap=element.nsmap)
    else:
        made = etree.SubElement(parent, element.tag, attributes)
    made.text = element.text
    for child in element:
        _copied(child, made)
    return made


def _two_processes(room: Room) -> Figure:
    settings = settings_for(f"sqlite:///{room.folder / 'unused.sqlite'}")
    command = ["print", str(room.sizes.documents)]
    two, one = partial(team, [command] * 2, settings, room.folder), partial(team, [command], settings, room.folder)
    return beside("P7", "none", two, "one process; this is two", one, runs=room.sizes.runs)


def _download(room: Room, engine: str) -> Figure:
    url = room.fresh(engine)
    settings, bare = settings_for(url, port=free_port()), settings_for(room.empty(engine), port=free_port())
    with billing_on(settings) as billing:
        seed_bulk(billing, customers=1, invoices=10)
        token = log_in(billing, LogIn("klant-1@bulk.test", PASSWORD)).token
        number, content = _printed(billing)
    path = room.folder / "invoice.pdf"
    path.write_bytes(content)
    with server("web", settings, room.folder) as web, server("bare", bare, room.folder) as floor:
        cookie = {"Cookie": f"voldaan_session={token}"}
        ours = _requests(room, f"/files/invoices/{number}.pdf", web.port, cookie)
        limit = _requests(room, f"/file?path={path}", floor.port, cookie)
        for address, warm_up in ((web, ours), (floor, limit)):
            wire.storm(address, warm_up[:WARM_UP], connections=1)
        return beside(
            "P7", engine, partial(wire.storm, web, ours, connections=1), "bare file response; this is a download",
            partial(wire.storm, floor, limit, connections=1), runs=room.sizes.runs,
        )  # fmt: skip


def _printed(billing: Billing) -> tuple[str, bytes]:
    """The number and the file of an invoice, printed now."""
    numbers = select(Invoice.number).order_by(col(Invoice.id)).limit(1)
    number = billing.ask(lambda work: work.session.exec(numbers).one()) or ""
    invoice = billing.ask(visible_invoices, SYSTEM, [number])[0]
    return number, ensure_file(billing, invoice.id or 0).content or b""


def _requests(room: Room, path: str, port: int, headers: dict[str, str]) -> Sequence[bytes]:
    return [wire.request("GET", path, port, headers)] * room.sizes.downloads
