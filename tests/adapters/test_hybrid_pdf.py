"""The e-invoice inside the printed document: its structure as PDF/A-3 and Factur-X ask, and what readers find."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import facturx
import pikepdf
import pytest
import sample_credit_notes
import sample_einvoices
import sample_invoices
from lxml import etree

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.ports import CreditNoteDocument, Document
from tests.official_rules import OfficialRules

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
FACTUR_X = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
PDFA_ID = "{http://www.aiim.org/pdfa/ns/id/}"
KINDS: dict[str, Document] = {
    "unpaid": sample_invoices.UNPAID,
    "paid": sample_invoices.PAID,
    "hostile": sample_invoices.HOSTILE,
    "many pages": sample_invoices.with_lines(60),
    "reversed": sample_einvoices.REVERSED,
    "credit note": sample_credit_notes.AS_CREDITS,
}
EVERY_KIND = pytest.mark.parametrize("document", KINDS.values(), ids=KINDS.keys())


@pytest.fixture(scope="module")
def renderer() -> WeasyPrintRenderer:
    return WeasyPrintRenderer(XmlWriter())


@pytest.fixture(scope="module")
def rules() -> Iterator[OfficialRules]:
    with OfficialRules() as running:
        yield running


def printed(renderer: WeasyPrintRenderer, document: Document) -> bytes:
    if isinstance(document, CreditNoteDocument):
        return renderer.credit_note(document)
    return renderer.invoice(document)


def opened(renderer: WeasyPrintRenderer, document: Document) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(printed(renderer, document)))


@EVERY_KIND
def test_its_metadata_say_so_in_one_block(renderer: WeasyPrintRenderer, document: Document) -> None:
    pdf = opened(renderer, document)
    packet = etree.fromstring(pdf.Root["/Metadata"].read_bytes())
    (block,) = packet.iter(RDF)
    attributes = {name: value for node in block for name, value in node.attrib.items()}
    assert (attributes[f"{PDFA_ID}part"], attributes[f"{PDFA_ID}conformance"]) == ("3", "B")
    found = {name: block.findtext(f"*/{FACTUR_X}{name}") for name in ("DocumentType", "DocumentFileName", "Version",
                                                                      "ConformanceLevel")}  # fmt: skip
    assert found == {
        "DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0", "ConformanceLevel": "EN 16931",
    }  # fmt: skip


def test_another_reader_of_metadata_sees_the_same(renderer: WeasyPrintRenderer) -> None:
    pdf = opened(renderer, sample_invoices.UNPAID)
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"
        assert metadata[f"{FACTUR_X}ConformanceLevel"] == "EN 16931"
        assert metadata["dc:title"] == "Factuur 2026-0441"


@EVERY_KIND
def test_the_einvoice_is_the_one_file_inside(renderer: WeasyPrintRenderer, document: Document) -> None:
    pdf = opened(renderer, document)
    assert list(pdf.attachments) == ["factur-x.xml"]
    attached: list[Any] = list(pdf.Root["/AF"])
    assert {str(file["/UF"]) for file in attached} == {"factur-x.xml"}
    assert {str(file["/AFRelationship"]) for file in attached} == {"/Alternative"}
    stream = attached[0]["/EF"]["/F"]
    assert str(stream["/Subtype"]) == "/text/xml"
    assert str(stream["/Params"]["/ModDate"]) == f"D:{document.issued_on:%Y%m%d}000000Z"
    assert stream.read_bytes() == XmlWriter().cii(document)


def test_a_program_takes_a_valid_einvoice_out_of_it(renderer: WeasyPrintRenderer, rules: OfficialRules) -> None:
    name, xml = facturx.get_facturx_xml_from_pdf(printed(renderer, sample_invoices.UNPAID))
    assert name == "factur-x.xml"
    assert rules.broken_by(xml) == []


@EVERY_KIND
def test_the_same_document_still_gives_the_same_bytes(renderer: WeasyPrintRenderer, document: Document) -> None:
    assert printed(renderer, document) == printed(WeasyPrintRenderer(XmlWriter()), document)
