"""Factur-X: the e-invoice inside the printed document, so that one file serves people and programs.

Source: Factur-X 1.0 (ZUGFeRD 2), chapters 6 and 7; ISO 19005-3 (PDF/A-3).
"""

from collections.abc import Callable
from datetime import date, datetime, time
from importlib.resources import files

import weasyprint
from weasyprint.urls import URLFetcher

VARIANT = "pdf/a-3b"
FILE_NAME = "factur-x.xml"
_DESCRIPTIONS = files(__package__).joinpath("factur-x.xmp").read_bytes()
_END = b"</rdf:RDF>"


def attach(pages: weasyprint.Document, xml: bytes, *, on: date, fetcher: URLFetcher) -> None:
    """Put an e-invoice into pages that are to be written as VARIANT. on: the day it says it was made."""
    made_at = datetime.combine(on, time.min)
    pages.metadata.attachments = [
        weasyprint.Attachment(
            string=xml, name=FILE_NAME, description="Factur-X", relationship="Alternative", created=made_at,
            modified=made_at, url_fetcher=fetcher,
        )
    ]  # fmt: skip
    pages.metadata.generate_rdf_metadata = _describing(pages.metadata.generate_rdf_metadata)


def _describing(describe: Callable[..., bytes]) -> Callable[..., bytes]:
    """The metadata with ours inside the same block: readers see only the first, and WeasyPrint would add a second."""

    def described(*facts: object) -> bytes:
        return describe(*facts).removesuffix(_END) + _DESCRIPTIONS + _END

    return described
