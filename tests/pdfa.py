"""A check of PDF/A-3b by the structure of a file, for want of a validator that needs no Java.

It looks at what ISO 19005-3 says of everything that our documents could ever hold; what none of them has, such as
forms, sound or layers, must not be there at all.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
PDFA_ID = "{http://www.aiim.org/pdfa/ns/id/}"
FACTUR_X = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
SCHEMAS = b"http://www.aiim.org/pdfa/ns/extension/"
# What no file of this kind may have, or ours have no use for.
FORBIDDEN = {
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/AcroForm", "/XFA", "/OCProperties", "/Encrypt", "/Movie",
    "/Sound", "/RichMedia", "/TR", "/HTP", "/OPI", "/Alternates", "/PresSteps", "/Requirements",
}  # fmt: skip
BLENDS = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
}  # fmt: skip
ACTIONS = {"/URI", "/GoTo"}
RELATIONSHIPS = {"/Alternative", "/Data", "/Source", "/Supplement", "/Unspecified"}
PRINTED, UNSEEN = 4, 1 | 2 | 32 | 256
CMYK = {"k", "K"}


def findings(content: bytes, einvoice: bytes | None) -> list[str]:
    """What keeps a file from being PDF/A-3b, with exactly this e-invoice inside, or none; empty when nothing does."""
    found = [] if re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", content) else ["header"]
    with pikepdf.open(BytesIO(content)) as pdf:
        if pdf.is_encrypted or "/ID" not in pdf.trailer:
            found.append("trailer")
        found += [f"syntax: {problem}" for problem in pdf.check_pdf_syntax()]
        for check in (_intent, _metadata, _objects, _fonts, _annotations, _content):
            found += check(pdf)
        found += _einvoice(pdf, einvoice)
    return found


def _intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1 or str(intents[0].get("/S")) != "/GTS_PDFA1":
        yield "output intent"
        return
    profile = intents[0].get("/DestOutputProfile")
    icc = profile.read_bytes() if profile is not None else b""
    if icc[36:40] != b"acsp" or icc[16:20] != b"RGB " or icc[8:9] > b"\x04" or int(profile.get("/N", 0)) != 3:
        yield "colour profile"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "metadata"
        return
    packet = etree.fromstring(stream.read_bytes())
    blocks = list(packet.iter(RDF))
    if len(blocks) != 1:
        yield "metadata: not in one block"
        return
    said = {name: value for node in blocks[0] for name, value in node.attrib.items()}
    if (said.get(f"{PDFA_ID}part"), said.get(f"{PDFA_ID}conformance")) != ("3", "B"):
        yield "metadata: another standard"
    if blocks[0].find(f".//{FACTUR_X}DocumentFileName") is not None and SCHEMAS not in stream.read_bytes():
        yield "metadata: words that are not explained"
    with pdf.open_metadata() as metadata:
        title = str(pdf.docinfo.get("/Title", ""))
        if title and metadata.get("dc:title") != title:
            yield "metadata: two titles"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        keys = set(thing.keys())
        yield from (f"forbidden {key}" for key in sorted(FORBIDDEN & keys))
        if isinstance(thing, pikepdf.Stream) and "/F" in keys and str(thing.get("/Type")) != "/EmbeddedFile":
            yield "stream outside the file"
        if {"/LZWDecode", "/Crypt"} & _names(thing.get("/Filter")):
            yield "filter"
        if str(thing.get("/Subtype")) == "/Image" and bool(thing.get("/Interpolate", False)):
            yield "interpolated image"
        if str(thing.get("/Subtype")) == "/PS" or ("/Subtype2" in keys and str(thing["/Subtype2"]) == "/PS"):
            yield "PostScript"
        if not _names(thing.get("/BM")) <= BLENDS:
            yield "blend mode"
        if "/TR2" in keys and str(thing["/TR2"]) != "/Default":
            yield "transfer function"
        if "/S" in keys and "/Type" in keys and str(thing["/Type"]) == "/Action" and str(thing["/S"]) not in ACTIONS:
            yield f"action {thing['/S']}"


def _names(value: Any) -> set[str]:
    if value is None:
        return set()
    return {str(name) for name in value} if isinstance(value, pikepdf.Array) else {str(value)}


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and _is_font(thing)]
    if not fonts:
        yield "no font"
    for font in fonts:
        kind = str(font["/Subtype"])
        if kind == "/Type0":
            if "/ToUnicode" not in font:
                yield "font: no meaning of its letters"
            if not _is_known(font["/Encoding"], font["/DescendantFonts"][0]["/CIDSystemInfo"]):
                yield "font: letters by a table that is not inside"
            continue
        if kind == "/Type3":
            continue
        descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
        files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
        if len(files) != 1 or not descriptor[files.pop()].read_bytes():
            yield f"font: {font.get('/BaseFont')} is not inside"
        if kind == "/CIDFontType2" and "/CIDToGIDMap" not in font:
            yield "font: no shapes of its letters"


def _is_known(encoding: Any, collection: pikepdf.Dictionary) -> bool:
    """Whether codes become glyphs by a table that everybody has, or by one inside that fits the font."""
    if not isinstance(encoding, pikepdf.Stream):
        return str(encoding) in {"/Identity-H", "/Identity-V"}
    own = encoding["/CIDSystemInfo"]
    return all(str(own[key]) == str(collection[key]) for key in ("/Registry", "/Ordering"))


def _is_font(thing: pikepdf.Dictionary) -> bool:
    return str(thing.get("/Type")) == "/Font" and "/Subtype" in thing


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            flags = int(note.get("/F", 0))
            if str(note.get("/Subtype")) != "/Link" or not flags & PRINTED or flags & UNSEEN:
                yield f"annotation {note.get('/Subtype')} with flags {flags}"


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Colours of a printing press have no meaning beside a profile of a screen."""
    for page in pdf.pages:
        if any(str(step.operator) in CMYK for step in pikepdf.parse_content_stream(page)):
            yield "colour of a press"


def _einvoice(pdf: pikepdf.Pdf, einvoice: bytes | None) -> Iterator[str]:
    attached: list[Any] = list(pdf.Root.get("/AF", []))
    if einvoice is None:
        if attached or list(pdf.attachments):
            yield "a file inside that should not be"
        return
    if list(pdf.attachments) != ["factur-x.xml"] or not attached:
        yield "the e-invoice is not the one file inside"
        return
    for file in attached:
        yield from _attachment(file, einvoice)
    metadata = pdf.Root.get("/Metadata")
    packet = etree.fromstring(metadata.read_bytes()) if metadata is not None else etree.Element("none")
    said = {name: packet.findtext(f".//{FACTUR_X}{name}") for name in ("DocumentFileName", "ConformanceLevel")}
    if said != {"DocumentFileName": "factur-x.xml", "ConformanceLevel": "EN 16931"}:
        yield "metadata say nothing of the e-invoice"


def _attachment(file: Any, einvoice: bytes) -> Iterator[str]:
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("name", lambda: str(file["/F"]) == str(file["/UF"]) == "factur-x.xml"),
        ("relationship", lambda: str(file["/AFRelationship"]) in RELATIONSHIPS),
        ("kind", lambda: str(file["/EF"]["/F"]["/Subtype"]) == "/text/xml"),
        ("date", lambda: str(file["/EF"]["/F"]["/Params"]["/ModDate"]).startswith("D:")),
        ("content", lambda: file["/EF"]["/F"].read_bytes() == einvoice),
    )
    for name, check in checks:
        try:
            is_right = check()
        except KeyError:
            is_right = False
        if not is_right:
            yield f"e-invoice inside: {name}"
