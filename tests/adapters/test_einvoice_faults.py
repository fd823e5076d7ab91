"""What the published e-invoices that break a Dutch rule lack, ours have, or they claim less than that rule.

Rules of NLCIUS (BR-NL) and of Peppol (NL-R) for documents of sellers in the Netherlands.
"""

from dataclasses import replace

import pytest
import sample_einvoices as samples
from lxml import etree

from billing.adapters.einvoice.parties import Profile
from billing.adapters.einvoice.writer import XmlWriter
from billing.ports import Document, Party
from tests.official_rules import OfficialRules

INVOICE, NOTE = samples.TO_DUTCH_BUSINESS, replace(samples.NOTE, seller=samples.SELLER, buyer=samples.DUTCH_BUSINESS)
BOTH = pytest.mark.parametrize("document", [INVOICE, NOTE], ids=["invoice", "credit note"])


def found(document: Document, path: str) -> list[str]:
    """Texts or attributes at a path in the e-invoice."""
    root = etree.fromstring(XmlWriter().ubl(document))
    names = {key: uri for key, uri in root.nsmap.items() if key}
    return [str(one) for one in root.xpath(path, namespaces=names)]


def claims(document: Document) -> str:
    return found(document, "cbc:CustomizationID/text()")[0]


@BOTH
@pytest.mark.parametrize("party", ["AccountingSupplierParty", "AccountingCustomerParty"])
def test_both_parties_have_a_dutch_registration(document: Document, party: str) -> None:
    """BR-NL-1 and BR-NL-10."""
    number = f"cac:{party}//cac:PartyLegalEntity/cbc:CompanyID"
    assert claims(document) == Profile.NLCIUS
    assert found(document, f"{number}/@schemeID") == ["0106"]
    assert [len(text) for text in found(document, f"{number}/text()")] == [8]


@BOTH
@pytest.mark.parametrize("party", ["seller", "buyer"])
def test_without_it_no_dutch_rules_are_claimed(document: Document, party: str) -> None:
    """BR-NL-1 and BR-NL-10."""
    registered: Party = getattr(document, party)
    unregistered = replace(registered, chamber_number="")
    assert claims(replace(document, **{party: unregistered})) == Profile.EN16931


@BOTH
def test_a_reference_of_the_buyer_is_there_or_nothing_is_claimed(document: Document) -> None:
    """BR-NL-2."""
    assert found(document, "cbc:BuyerReference/text()") == [document.buyer.attention]
    assert claims(replace(document, buyer=replace(document.buyer, attention=""))) == Profile.EN16931


def test_an_invoice_is_a_380_and_a_credit_note_a_381() -> None:
    """BR-NL-8 and BR-CL-01."""
    assert found(INVOICE, "cbc:InvoiceTypeCode/text()") == ["380"]
    assert found(NOTE, "cbc:CreditNoteTypeCode/text()") == ["381"]


def test_a_credit_note_with_the_code_of_an_invoice_is_noticed() -> None:
    """BR-CL-01."""
    wrong = XmlWriter().ubl(NOTE).replace(b"TypeCode>381<", b"TypeCode>380<")
    with OfficialRules() as rules:
        assert rules.broken_by(wrong) == ["BR-CL-01"]


def test_a_credit_note_names_the_invoice_that_it_takes_back() -> None:
    """NL-R-001."""
    path = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID/text()"
    assert found(NOTE, path) == [NOTE.invoice_number]
