import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import sample_invoices as samples
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.urls import URLFetcher

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.ports import InvoiceDocument

A4_POINTS = (595, 842)
SIDE_MARGIN = 18 / 25.4 * 96


@pytest.fixture(scope="module")
def renderer() -> WeasyPrintRenderer:
    return WeasyPrintRenderer(XmlWriter())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def text_boxes(page: Any) -> Iterator[Any]:
    return (box for box in page._page_box.descendants() if isinstance(box, TextBox) and box.text.strip())


def words_of(page: Any) -> str:
    return " ".join(box.text for box in text_boxes(page)).replace("\u00a0", " ")


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream))


def test_an_invoice_is_one_page_of_a4(renderer: WeasyPrintRenderer) -> None:
    pdf = opened(renderer.invoice(samples.UNPAID))
    assert len(pdf.pages) == 1
    assert tuple(round(float(side)) for side in pdf.pages[0].mediabox[2:]) == A4_POINTS


def test_the_file_says_what_it_is(renderer: WeasyPrintRenderer) -> None:
    pdf = opened(renderer.invoice(samples.PAID))
    assert str(pdf.docinfo["/Title"]) == "Factuur 2026-0097"
    assert str(pdf.docinfo["/Author"]) == "Voorbeeld Hosting B.V."
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260304"
    assert str(pdf.Root["/Lang"]) == "nl"


def test_every_font_is_inside_the_file(renderer: WeasyPrintRenderer) -> None:
    pdf = opened(renderer.invoice(samples.PAID))
    descriptors = [thing for thing in dictionaries(pdf) if "/FontName" in thing]
    assert descriptors
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in descriptors)


@pytest.mark.parametrize("document", [samples.UNPAID, samples.HOSTILE])
def test_nothing_in_the_file_runs_or_leads_elsewhere(renderer: WeasyPrintRenderer, document: InvoiceDocument) -> None:
    pdf = opened(renderer.invoice(document))
    keys = set[str]().union(*(thing.keys() for thing in dictionaries(pdf)))
    assert "/FontName" in keys
    assert not keys & {"/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction", "/AA", "/Annots"}


def test_the_same_document_gives_the_same_bytes(renderer: WeasyPrintRenderer) -> None:
    first = renderer.invoice(samples.PARTLY_SETTLED)
    renderer.invoice(samples.HOSTILE)
    assert renderer.invoice(samples.PARTLY_SETTLED) == first


def test_another_process_gives_the_same_bytes(renderer: WeasyPrintRenderer) -> None:
    program = (
        "import hashlib, sample_invoices as samples\n"
        "from billing.adapters.einvoice.writer import XmlWriter\n"
        "from billing.adapters.pdf.renderer import WeasyPrintRenderer\n"
        "renderer = WeasyPrintRenderer(XmlWriter()); renderer.warm_up()\n"
        "print(hashlib.sha256(renderer.invoice(samples.PAID)).hexdigest())\n"
    )
    here = Path(__file__)
    environment = {"PYTHONPATH": f"{here.parent}:{here.parents[2]}", "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert answer.stdout.strip() == hashlib.sha256(renderer.invoice(samples.PAID)).hexdigest()


def test_a_change_of_one_cent_gives_another_file_identity(renderer: WeasyPrintRenderer) -> None:
    other = replace(samples.UNPAID, open_cents=samples.UNPAID.open_cents - 1)
    first, second = (opened(renderer.invoice(document)) for document in (samples.UNPAID, other))
    assert bytes(first.trailer["/ID"][0]) != bytes(second.trailer["/ID"][0])


def test_an_open_invoice_shows_what_to_pay_and_how(renderer: WeasyPrintRenderer) -> None:
    page = words_of(renderer.layout(samples.PARTLY_SETTLED).pages[0])
    for words in ("Nog te betalen", "€ 229,90", "Verrekend met credits, C2026-0007", "IBAN", "RF66 2026 0438"):
        assert words in page
    assert "VOLDAAN" not in page.upper()


def test_a_paid_invoice_bears_the_stamp_and_no_account_to_pay_to(renderer: WeasyPrintRenderer) -> None:
    page = words_of(renderer.layout(samples.PAID).pages[0])
    for words in ("VOLDAAN", "6 maart 2026, met iDEAL", "Betaald op 6 maart 2026", "€ 0,00"):
        assert words in page
    assert "Zelf overmaken" not in page


def test_an_english_invoice_speaks_english(renderer: WeasyPrintRenderer) -> None:
    page = words_of(renderer.layout(replace(samples.PAID, language="en")).pages[0])
    assert "PAID IN FULL" in page
    assert "Page 1 of 1" in page


def test_names_stay_text(renderer: WeasyPrintRenderer) -> None:
    html = renderer.html(samples.HOSTILE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not re.search(r"<(script|img|link)\b", html)
    assert html.count("<style>") == 1


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    fetch = URLFetcher.fetch

    def remembering(self: URLFetcher, url: str, headers: dict[str, str] | None = None) -> Any:
        fetched.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(URLFetcher, "fetch", remembering)
    WeasyPrintRenderer(XmlWriter()).invoice(samples.HOSTILE)
    assert all(url.startswith("data:") for url in fetched)


def test_a_file_would_be_refused(renderer: WeasyPrintRenderer) -> None:
    with pytest.raises(ValueError, match="disallowed protocol"):
        renderer._fetcher.fetch("file:///etc/hostname")


def test_a_long_invoice_repeats_its_head_and_counts_its_pages(renderer: WeasyPrintRenderer) -> None:
    pages = renderer.layout(samples.with_lines(60)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        words = words_of(page)
        assert f"Pagina {number} van {len(pages)}" in words
        assert "Omschrijving" in words or "Nog te betalen" in words
        assert ("Factuur 2026-0441" in [box.text for box in text_boxes(page)]) == (number > 1)


@pytest.mark.parametrize("count", range(8, 26))
def test_the_totals_stand_together_on_one_page(renderer: WeasyPrintRenderer, count: int) -> None:
    pages = [words_of(page) for page in renderer.layout(samples.with_lines(count)).pages]
    together = [page for page in pages if "Subtotaal exclusief btw" in page]
    assert len(together) == 1
    assert "Nog te betalen" in together[0]
    assert "Scan met je bankapp" in together[0]


@pytest.mark.parametrize(
    "document",
    [samples.UNPAID, samples.PARTLY_SETTLED, samples.HOSTILE, samples.with_lines(200)],
    ids=["unpaid", "partly settled", "hostile", "200 lines"],
)
def test_no_text_is_cut_off_or_overlaps(renderer: WeasyPrintRenderer, document: InvoiceDocument) -> None:
    for page in renderer.layout(document).pages:
        boxes = list(text_boxes(page))
        for box in boxes:
            assert box.position_x >= SIDE_MARGIN - 1
            assert box.position_x + box.width <= page.width - SIDE_MARGIN + 1
            assert box.position_y + box.height <= page.height
        assert not [(one.text, other.text) for one, other in combinations(boxes, 2) if overlap(one, other)]


def overlap(one: Any, other: Any) -> bool:
    beside = one.position_x + one.width <= other.position_x + 1 or other.position_x + other.width <= one.position_x + 1
    # Letters fill about the middle two thirds of their box.
    height = min(one.height, other.height) / 3
    apart = (
        one.position_y + one.height - height <= other.position_y
        or other.position_y + other.height - height <= one.position_y
    )
    return not beside and not apart


def test_every_line_of_a_long_invoice_is_printed_once(renderer: WeasyPrintRenderer) -> None:
    pages = " ".join(words_of(page) for page in renderer.layout(samples.with_lines(200)).pages)
    assert all(pages.count(f"voorbeeld-{position}.test") == 1 for position in range(200))


def test_the_colours_are_those_of_the_screen() -> None:
    tokens_files = sorted((Path(__file__).parents[2] / "assets").rglob("tokens.css"))
    css = files("billing.adapters.pdf").joinpath("invoice.css").read_text("utf-8")
    printed = dict(re.findall(r"(--vd-[\w-]+):\s*(#[0-9a-f]{6});", css))
    assert printed
    tokens = tokens_files[0].read_text("utf-8") if tokens_files else ""
    defined = re.findall(r"(--vd-[\w-]+):\s*light-dark\((#[0-9a-f]{6}),", tokens)
    # The first definition counts; later ones are for readers who ask for more contrast.
    on_screen = dict(reversed(defined)) or printed
    assert printed == {name: on_screen.get(name) for name in printed}


def test_no_text_has_a_font_feature_of_each_of_which_something_would_stay_in_memory_for_ever() -> None:
    sheet = files("billing.adapters.pdf").joinpath("invoice.css").read_text("utf-8")
    assert not re.search(r"font-(variant|feature)", sheet)
