"""The check of PDF/A-3 is worth something: every document of ours passes it, and each kind of damage is found."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import sample_credit_notes
import sample_einvoices
import sample_invoices
from pikepdf import Array, Dictionary, Name

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.ports import CreditNoteDocument, Document
from tests import pdfa

Damage = Callable[[pikepdf.Pdf], object]


@pytest.fixture(scope="module")
def renderer() -> WeasyPrintRenderer:
    return WeasyPrintRenderer(XmlWriter())


@pytest.fixture(scope="module")
def sound(renderer: WeasyPrintRenderer) -> bytes:
    return renderer.invoice(sample_invoices.UNPAID)


@pytest.mark.parametrize(
    "document",
    [
        sample_invoices.UNPAID, sample_invoices.PAID, sample_invoices.HOSTILE, sample_invoices.with_lines(60),
        sample_einvoices.REVERSED, sample_einvoices.BY_MANDATE, sample_credit_notes.AS_CREDITS,
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_hybrid", [True, False])
def test_our_documents_pass(renderer: WeasyPrintRenderer, document: Document, is_hybrid: bool) -> None:
    document = replace(document, is_hybrid=is_hybrid)
    is_note = isinstance(document, CreditNoteDocument)
    content = renderer.credit_note(document) if is_note else renderer.invoice(document)
    assert pdfa.findings(content, XmlWriter().cii(document) if is_hybrid else None) == []


def fonts(pdf: pikepdf.Pdf) -> list[Dictionary]:
    return [thing for thing in pdf.objects if isinstance(thing, Dictionary) and "/FontFile2" in thing]


def rewrite(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    metadata = pdf.Root["/Metadata"]
    assert old in metadata.read_bytes()
    metadata.write(metadata.read_bytes().replace(old, new))


def link(pdf: pikepdf.Pdf, **more: object) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], **more)
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])


def paint(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 0 1 k", prepend=True)


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "output intent"),
        (lambda pdf: pdf.Root["/OutputIntents"][0]["/DestOutputProfile"].write(b"none"), "colour profile"),
        (lambda pdf: pdf.Root.__delitem__("/Metadata"), "metadata"),
        (lambda pdf: rewrite(pdf, b'pdfaid:part="3"', b'pdfaid:part="1"'), "metadata: another standard"),
        (lambda pdf: rewrite(pdf, b"Factuur 2026-0441", b"Iets anders"), "metadata: two titles"),
        (lambda pdf: rewrite(pdf, b"http://www.aiim.org/pdfa/ns/extension/", b"http://x/"), "not explained"),
        (lambda pdf: rewrite(pdf, b"EN 16931", b"MINIMUM"), "metadata say nothing of the e-invoice"),
        (lambda pdf: fonts(pdf)[0].__delitem__("/FontFile2"), "is not inside"),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="1")), "/OpenAction"),
        (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=[])), "/AcroForm"),
        (lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary()), "/OCProperties"),
        (lambda pdf: pdf.pages[0].__setitem__("/X", pdf.make_indirect(Dictionary(BM=Name.Weird))), "blend mode"),
        (lambda pdf: link(pdf), "annotation /Link with flags 0"),
        (lambda pdf: link(pdf, F=6), "annotation /Link with flags 6"),
        (paint, "colour of a press"),
        (lambda pdf: pdf.Root["/AF"][0].__setitem__("/AFRelationship", Name.Whatever), "inside: relationship"),
        (lambda pdf: pdf.Root["/AF"][0]["/EF"]["/F"].write(b"<other/>"), "inside: content"),
        (lambda pdf: pdf.Root["/AF"][0]["/EF"]["/F"]["/Params"].__delitem__("/ModDate"), "inside: date"),
        (lambda pdf: pdf.attachments.__delitem__("factur-x.xml"), "not the one file inside"),
    ],
)
def test_damage_is_found(sound: bytes, damage: Damage, finding: str) -> None:
    with pikepdf.open(BytesIO(sound)) as pdf:
        damage(pdf)
        target = BytesIO()
        pdf.save(target, fix_metadata_version=False)
    assert finding in "; ".join(pdfa.findings(target.getvalue(), XmlWriter().cii(sample_invoices.UNPAID)))


def test_a_locked_file_is_found(sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as pdf:
        target = BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="x", user=""))
    assert "trailer" in pdfa.findings(target.getvalue(), XmlWriter().cii(sample_invoices.UNPAID))
