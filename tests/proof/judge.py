"""What is looked at of each document: both e-invoices and the print, by official rules, and by reading them back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import facturx

from billing import documents
from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.einvoice_rules import lacks_for_network, network_addresses
from billing.money import euros
from billing.ports import CreditNoteDocument, Document
from tests import pdfa
from tests.e2e.pdf_text import words
from tests.official_rules import OfficialRules


class Judge:
    """Keeps what is slow to make; `with` ends its child."""

    def __init__(self) -> None:
        self._writer = XmlWriter()
        self._printer = WeasyPrintRenderer(self._writer)
        self._rules = OfficialRules()

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *_: object) -> None:
        self._rules.__exit__()

    def findings(self, document: Document) -> list[str]:
        """What is wrong with a document, each with its number in front."""
        found = [*self._xml(document), *self._network(document), *self._print(document)]
        return [f"{document.number}: {finding}" for finding in found]

    def _xml(self, document: Document) -> Iterator[str]:
        for xml in (self._writer.ubl(document), self._writer.cii(document)):
            yield from self._rules.broken_by(xml)
            yield from _read_back(document, facturx.parse_ubl_cii_xml(xml, check_xsd=False))

    def _network(self, document: Document) -> Iterator[str]:
        if not lacks_for_network(document.buyer):
            xml = self._writer.ubl(document, network_addresses(document.buyer)[-1])
            yield from (f"network: {finding}" for finding in self._rules.broken_by(xml))

    def _print(self, document: Document) -> Iterator[str]:
        is_note = isinstance(document, CreditNoteDocument)
        content = self._printer.credit_note(document) if is_note else self._printer.invoice(document)
        yield from pdfa.findings(content, self._writer.cii(document) if document.is_hybrid else None)
        text = words(content)
        for cents in {document.total_cents, *(vat.vat_cents for vat in document.vat if vat.vat_cents)}:
            amount = documents.money(abs(cents), document.language).replace(documents.NO_BREAK, " ")
            if amount not in text:
                yield f"print: {amount} is not on it"


def _read_back(document: Document, found: dict[str, Any]) -> Iterator[str]:
    is_note = isinstance(document, CreditNoteDocument)
    payable = document.total_cents if isinstance(document, CreditNoteDocument) else document.open_cents
    amounts = {
        "BT-106": document.net_cents, "BT-109": document.net_cents, "BT-110": document.vat_cents,
        "BT-112": document.total_cents, "BT-115": payable,
    }  # fmt: skip
    for term, cents in amounts.items():
        if Decimal(found[term]) != euros(cents):
            yield f"{term} says {found[term]}, the document {euros(cents)}"
    if Decimal(found.get("BT-113") or 0) != euros(document.total_cents - payable):
        yield "BT-113 is not what was settled"
    if [Decimal(line["BT-131"]) for line in found["BG-25"]] != [euros(line.net_cents) for line in document.lines]:
        yield "lines read back otherwise"
    groups = [(Decimal(group["BT-116"]), Decimal(group["BT-117"])) for group in found["BG-23"]]
    if groups != [(euros(vat.base_cents), euros(vat.vat_cents)) for vat in document.vat]:
        yield "VAT reads back otherwise"
    if found["BT-1"] != document.number or found["BT-3"] != ("381" if is_note else "380"):
        yield "number or kind read back otherwise"
