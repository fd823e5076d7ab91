"""E-invoices against the official schemas and rules of EN 16931, and against another reader of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import facturx
import pytest
import sample_einvoices as samples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from billing.adapters.einvoice.writer import XmlWriter
from billing.invoice_rules import lines_fault, parties_fault
from billing.invoices.service import NewLine
from billing.money import euros
from billing.ports import Document, DocumentLine, DocumentSettlement, InvoiceDocument, NetworkAddress, Party
from billing.vat_treatment import VatTreatment, is_untaxed
from tests.official_rules import OfficialRules

WRITER = XmlWriter()
EVERY_KIND = pytest.mark.parametrize("document", samples.ALL.values(), ids=samples.ALL.keys())
PEPPOL, NLCIUS = "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", "#compliant#urn:fdc:nen.nl:nlcius:v1.0"


@pytest.fixture(scope="module")
def rules() -> Iterator[OfficialRules]:
    with OfficialRules() as running:
        yield running


def read(xml: bytes) -> dict[str, Any]:
    """What another reader finds in an e-invoice, by the numbers of its business terms."""
    found: dict[str, Any] = facturx.parse_ubl_cii_xml(xml)
    return found


@EVERY_KIND
def test_the_official_rules_accept_it(rules: OfficialRules, document: Document) -> None:
    assert rules.broken_by(WRITER.ubl(document)) == []
    assert rules.broken_by(WRITER.cii(document)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b'PayableAmount currencyID="EUR">70.79<', b'PayableAmount currencyID="EUR">70.80<', "BR-CO-16"),
        (b">NL000000000B00<", b">QQ000000000B00<", "BR-CO-09"),
        (b'unitCode="C62"', b'unitCode="PIECE"', "BR-CL-23"),
        (b"IdentificationCode>NL<", b"IdentificationCode>ZZ<", "BR-CL-14"),
    ],
)
def test_the_official_rules_are_really_asked(rules: OfficialRules, right: bytes, wrong: bytes, rule: str) -> None:
    xml = WRITER.ubl(samples.AT_HOME)
    assert right in xml
    assert rule in rules.broken_by(xml.replace(right, wrong))


def test_what_is_no_invoice_by_the_schema_is_noticed(rules: OfficialRules) -> None:
    assert rules.broken_by(WRITER.ubl(samples.AT_HOME).replace(b"DueDate", b"DuDate"))


@EVERY_KIND
def test_another_reader_finds_the_same_in_both_syntaxes(document: Document) -> None:
    for found in (read(WRITER.ubl(document)), read(WRITER.cii(document))):
        assert (found["BT-1"], found["BT-2"]) == (document.number, document.issued_on)
        sums = [found[term] for term in ("BT-109", "BT-110", "BT-112")]
        cents = (document.net_cents, document.vat_cents, document.total_cents)
        assert [Decimal(text) for text in sums] == [euros(amount) for amount in cents]
        assert [Decimal(line["BT-131"]) for line in found["BG-25"]] == [
            euros(line.net_cents) for line in document.lines
        ]
        assert [Decimal(group["BT-117"]) for group in found["BG-23"]] == [euros(v.vat_cents) for v in document.vat]


@pytest.mark.parametrize(
    ("document", "prepaid", "payable"),
    [
        (samples.AT_HOME, None, "70.79"),
        (samples.WITH_CREDITS, "10.00", "33.56"),
        (samples.BY_CREDITS_ALONE, "43.56", "0.00"),
        (samples.WITH_SMALL_REST, "-0.50", "44.06"),
        (samples.NOTE, None, "60.50"),
    ],
)
def test_what_is_to_pay_is_what_is_printed(document: Document, prepaid: str | None, payable: str) -> None:
    for found in (read(WRITER.ubl(document)), read(WRITER.cii(document))):
        assert (found.get("BT-113"), found["BT-115"]) == (prepaid, payable)


def test_the_note_says_what_changed_the_amount_to_pay() -> None:
    assert read(WRITER.ubl(samples.WITH_SMALL_REST))["BG-1"] == [{"BT-22": "Restant van factuur 2026-0097: € 0,50"}]
    assert read(WRITER.ubl(samples.WITH_CREDITS))["BG-1"][0]["BT-22"].startswith("Verrekend met credits, C2026-0007")
    assert "BG-1" not in read(WRITER.ubl(samples.AT_HOME))


def test_a_reverse_charged_invoice_says_so_with_both_vat_numbers() -> None:
    for found in (read(WRITER.ubl(samples.REVERSED)), read(WRITER.cii(samples.REVERSED))):
        assert found["BG-23"] == [
            {"BT-116": "36.00", "BT-117": "0.00", "BT-118": "AE", "BT-119": "0", "BT-120": "Btw verlegd",
             "BT-121": "VATEX-EU-AE"}
        ]  # fmt: skip
        assert (found["BG-4"]["vat_identifier"], found["BG-7"]["vat_identifier"]) == ("NL000000000B00", "BE0428759497")
    assert "Reverse charge" in WRITER.ubl(samples.REVERSED_IN_ENGLISH).decode()


def test_it_tells_how_and_when_to_pay_and_for_which_days() -> None:
    for found in (read(WRITER.ubl(samples.AT_HOME)), read(WRITER.cii(samples.AT_HOME))):
        paying = [found[term] for term in ("BT-9", "BT-81", "BT-83", "BT-84", "BT-85")]
        assert paying == [
            date(2026, 12, 4), "58", "RF8220260441", "NL93DEMO0123456789", "Voorbeeld Hosting B.V.",
        ]  # fmt: skip
        days = (date(2026, 12, 1), date(2027, 11, 30))
        assert (found["BT-73"], found["BT-74"]) == days
        assert [(line.get("BT-134"), line.get("BT-135")) for line in found["BG-25"]] == [days, (None, None)]


def test_a_credit_note_names_its_invoice_and_asks_for_no_money() -> None:
    for found in (read(WRITER.ubl(samples.NOTE)), read(WRITER.cii(samples.NOTE))):
        assert found["BT-3"] == "381"
        assert found["BG-3"] == [{"BT-25": "2026-0260", "BT-26": date(2026, 6, 27)}]
        assert found["BG-1"] == [{"BT-22": samples.NOTE.reason}]
        assert "BT-84" not in found


def test_who_pays_by_mandate_reads_its_reference_and_who_collects_but_no_account() -> None:
    found = read(WRITER.ubl(samples.BY_MANDATE))
    assert (found["BT-81"], found["BT-89"], found["BT-90"]) == ("59", "X6A0000000042", "NL22ZZZ000000000000")
    cii = etree.fromstring(WRITER.cii(samples.BY_MANDATE))
    said = {etree.QName(node).localname: node.text for node in cii.iter() if not len(node)}
    assert (said["DirectDebitMandateID"], said["CreditorReferenceID"]) == ("X6A0000000042", "NL22ZZZ000000000000")
    for xml in (WRITER.ubl(samples.BY_MANDATE), WRITER.cii(samples.BY_MANDATE)):
        assert samples.SELLER.iban.encode() not in xml
        assert b"NL22ZZZ" not in WRITER.ubl(replace(samples.BY_MANDATE, mandate=""))


@pytest.mark.parametrize("document", [samples.AT_HOME, samples.TO_DUTCH_BUSINESS, samples.REVERSED, samples.NOTE])
def test_for_the_network_it_names_its_receiver_and_follows_the_networks_rules(
    rules: OfficialRules, document: Document
) -> None:
    xml = WRITER.ubl(document, NetworkAddress("9944", "NL123456782B90"))
    found = read(xml)
    buyer = found["BG-7"]
    assert (buyer["einvoicing_addr_schemeid"], buyer["einvoicing_addr"]) == ("9944", "NL123456782B90")
    assert found["BT-24"] == f"urn:cen.eu:en16931:2017{PEPPOL}"
    assert rules.broken_by(xml) == []


def test_a_price_below_zero_is_written_as_a_quantity_below_zero() -> None:
    lines = read(WRITER.ubl(samples.TAKEN_BACK))["BG-25"]
    written = [(line["BT-129"], line["BT-146"], line["BT-131"]) for line in lines]
    assert written == [("1", "100", "100.00"), ("-1", "12.34", "-12.34"), ("-1", "10", "-10.00")]


@pytest.mark.parametrize(
    ("document", "claims"),
    [
        (samples.AT_HOME, ""),
        (samples.TO_DUTCH_BUSINESS, NLCIUS),
        (samples.REVERSED, PEPPOL),
        (replace(samples.REVERSED, buyer=replace(samples.BELGIAN, attention="")), ""),
        (replace(samples.REVERSED, buyer=replace(samples.BELGIAN, city="\x00")), ""),
        (replace(samples.REVERSED, seller=replace(samples.SELLER, chamber_number="")), ""),
    ],
)
def test_it_claims_the_profile_that_its_facts_are_enough_for(document: Document, claims: str) -> None:
    assert read(WRITER.ubl(document))["BT-24"] == f"urn:cen.eu:en16931:2017{claims}"
    assert read(WRITER.cii(document))["BT-24"] == "urn:cen.eu:en16931:2017"


def test_a_belgian_business_is_reached_by_its_enterprise_number() -> None:
    buyer = read(WRITER.ubl(samples.REVERSED))["BG-7"]
    assert (buyer["einvoicing_addr_schemeid"], buyer["einvoicing_addr"]) == ("0208", "0428759497")


def test_texts_of_people_stay_texts() -> None:
    for found in (read(WRITER.ubl(samples.HOSTILE)), read(WRITER.cii(samples.HOSTILE))):
        assert found["BG-25"][0]["BT-153"] == '<Invoice xmlns="x">&amp;]]><!-- -->'
        assert found["BG-25"][1]["BT-153"].endswith("\u05e9\u05dc\u05d5\u05dd regel twee")
        assert found["BG-7"]["name"] == "<b>& \u0628\u0642\u0627\u0644\u0629"
        assert "city" not in found["BG-7"]


@EVERY_KIND
def test_the_same_document_gives_the_same_bytes_without_an_empty_element(document: Document) -> None:
    for write in (WRITER.ubl, WRITER.cii):
        xml = write(document)
        assert xml == write(replace(document))
        assert [node.tag for node in etree.fromstring(xml).iter() if not len(node) and not node.text] == []


TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
NAMES = st.one_of(TEXTS, st.just("Stichting & Zonen <B.V.>"))
VAT_NUMBERS = st.sampled_from(["NL123456782B90", "BE0428759497", "EL094259216", "", "QQ12"])
PARTIES = st.builds(
    Party, name=NAMES, attention=TEXTS, street=TEXTS, postal_code=TEXTS, city=TEXTS, vat_number=VAT_NUMBERS,
    country=st.sampled_from(["NL", "BE", "DE", "GR", "US", "ZZ"]), iban=st.sampled_from(["NL93DEMO0123456789", ""]),
    chamber_number=st.sampled_from(["", "12345678", "1"]), email=TEXTS,
)  # fmt: skip
LINES = st.builds(
    DocumentLine, description=NAMES, detail=TEXTS, quantity=st.decimals(-20, 20, places=2).map(str),
    unit_price=st.decimals(-9999, 9999, places=3).map(str), net_cents=st.just(0),
    vat_rate=st.sampled_from(["0", "9", "9.0", "21", "21.00", "17.5", "0.3"]), period_start=st.just(date(2026, 1, 1)),
    period_end=st.sampled_from([None, date(2026, 12, 31)]),
)  # fmt: skip


@st.composite
def invoices(draw: st.DrawFn) -> InvoiceDocument:
    """An invoice with right sums and anything else in it that our own rules accept."""
    seller, buyer, treatment = draw(PARTIES), draw(PARTIES), draw(st.sampled_from(VatTreatment))
    lines = draw(st.lists(LINES, min_size=1, max_size=6))
    if is_untaxed(treatment):
        lines = [replace(line, vat_rate="0") for line in lines]
    billed = [NewLine(one.description, "", Decimal(1), Decimal(1), Decimal(one.vat_rate)) for one in lines]
    assume(not parties_fault(seller, buyer, treatment) and not lines_fault(billed))
    rest_cents = draw(st.sampled_from([0, 50, -50]))
    settlements = (DocumentSettlement("brought", draw(TEXTS), date(2026, 1, 1), rest_cents),)
    of = replace(samples.AT_HOME, reference=draw(TEXTS), vat_treatment=treatment.value, settlements=settlements)
    return replace(samples.made(*lines, of=of, settled_cents=rest_cents), seller=seller, buyer=buyer)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=invoices())
def test_what_our_own_rules_accept_the_official_rules_accept(rules: OfficialRules, document: InvoiceDocument) -> None:
    assert rules.broken_by(WRITER.ubl(document)) == []
    assert rules.broken_by(WRITER.cii(document)) == []
