"""WeasyPrint behind the PdfRenderer port."""

import gc
import hashlib
import threading
from datetime import date
from importlib.resources import files

import weasyprint
from jinja2 import Environment, StrictUndefined
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from billing.adapters.pdf import hybrid
from billing.adapters.pdf.page import credit_note_page, invoice_page
from billing.adapters.pdf.printable import printable
from billing.adapters.pdf.statement import statement_page
from billing.brand import Brand
from billing.ports import (
    AccountStatement,
    CreditNoteDocument,
    Document,
    DocumentLine,
    DocumentVat,
    EInvoiceWriter,
    InvoiceDocument,
    Party,
)


class WeasyPrintRenderer:
    """Makes invoices and credit notes as PDF/A-3, each with its e-invoice inside unless it is not to be.

    The brand's blue edges the paper, and its logo stands above the seller.

    Keeps the parsed style sheet and the found fonts, so make one and keep it.
    One document at a time: Pango's font map is not made for several threads. Use processes to go faster.
    """

    def __init__(self, einvoices: EInvoiceWriter, brand: Brand | None = None) -> None:
        self._einvoices = einvoices
        self._brand = brand or Brand()
        self._turn = threading.Lock()
        self._fonts = FontConfiguration()
        # Names and descriptions come from people: nothing in them may ever make this process open a file or a URL.
        self._fetcher = URLFetcher(allowed_protocols={"data"})
        package = files(__package__)
        self._template = _environment().from_string(package.joinpath("document.html.j2").read_text("utf-8"))
        self._statement = _environment().from_string(package.joinpath("statement.html.j2").read_text("utf-8"))
        css = package.joinpath("invoice.css").read_text("utf-8")
        css += f":root {{ --vd-action: {self._brand.palette.action.light}; }}"
        self._style = weasyprint.CSS(string=css, url_fetcher=self._fetcher, font_config=self._fonts)

    def invoice(self, document: InvoiceDocument) -> bytes:
        """The printed invoice. The same document gives the same bytes on the same machine and fonts."""
        return self._printed(document)

    def credit_note(self, document: CreditNoteDocument) -> bytes:
        """The printed credit note, under the same promise."""
        return self._printed(document)

    def statement(self, document: AccountStatement) -> bytes:
        """The printed account statement, under the same promise; it is no e-invoice, and a plain PDF/A."""
        html = self._statement.render(page=statement_page(document), logo=self._logo)
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        with self._turn:
            pdf: bytes = self._laid_out(html).write_pdf(pdf_identifier=identifier, pdf_variant="pdf/a-3b")
        return pdf

    def html(self, document: Document) -> str:
        """The page before layout."""
        page = credit_note_page(document) if isinstance(document, CreditNoteDocument) else invoice_page(document)
        return self._template.render(page=page, logo=self._logo)

    def layout(self, document: Document) -> weasyprint.Document:
        """The pages with every box in its place, not yet written as PDF."""
        with self._turn:
            return self._laid_out(self.html(document))

    def warm_up(self) -> None:
        """Render once and take everything loaded by then out of the garbage collector's rounds.

        For a worker process that renders many documents: without it, each collection walks the fonts, styles and
        modules again. It concerns the whole process, so call it once, before other work starts. What is left is
        little, and all of it is looked through often: the document that is being printed during a round counts as old
        from then on, and would else stay for thousands of others.
        """
        self.invoice(_SPECIMEN)
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 2, 2)

    @property
    def _logo(self) -> str:
        return self._brand.logo.data_url if self._brand.logo else ""

    def _printed(self, document: Document) -> bytes:
        html, xml = self.html(document), self._einvoices.cii(document) if document.is_hybrid else b""
        identifier = hashlib.sha256(html.encode() + xml).hexdigest()[:32].encode()
        with self._turn:
            pages = self._laid_out(html)
            if xml:
                hybrid.attach(pages, xml, on=document.issued_on, fetcher=self._fetcher)
            pdf: bytes = pages.write_pdf(pdf_identifier=identifier, pdf_variant=hybrid.VARIANT)
        return pdf

    def _laid_out(self, html: str) -> weasyprint.Document:
        page = weasyprint.HTML(string=html, url_fetcher=self._fetcher)
        return page.render(font_config=self._fonts, stylesheets=[self._style])


def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, finalize=printable, auto_reload=False)


_SPECIMEN = InvoiceDocument(
    number="2026-0000",
    issued_on=date(2026, 1, 1),
    due_on=date(2026, 1, 15),
    reference="2026-0000",
    seller=Party(name="Voorbeeld", iban="NL00DEMO0000000000"),
    buyer=Party(name="Voorbeeld"),
    lines=(DocumentLine("Voorbeeld", "", quantity="1", unit_price="1", vat_rate="21", net_cents=100),),
    vat=(DocumentVat("21", base_cents=100, vat_cents=21),),
    net_cents=100,
    vat_cents=21,
    total_cents=121,
    open_cents=121,
)
