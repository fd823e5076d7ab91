"""What the product issues by itself, written as e-invoices and judged by the official rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import facturx
import pytest

from billing.access import SYSTEM
from billing.adapters.einvoice.writer import XmlWriter
from billing.correspondence.flows import invoice_xmls, note_xmls
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.credits.tables import CreditNote
from billing.db import Database
from billing.invoices.tables import Invoice
from tests.abroad import BELGIAN
from tests.factories import Shop
from tests.official_rules import OfficialRules
from tests.renewals import product, run, service

FIRST, NEXT = date(2026, 3, 6), date(2026, 4, 6)


@pytest.fixture(scope="module")
def rules() -> Iterator[OfficialRules]:
    with OfficialRules() as running:
        yield running


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop that really writes e-invoices."""
    made = Shop(database, floor_cents=100)
    made.billing = replace(made.billing, einvoices=XmlWriter())
    return made


def xmls(shop: Shop) -> list[bytes]:
    """All that was issued, invoices first."""
    numbers = [invoice.number or "" for invoice in shop.all(Invoice)]
    notes = [note.number for note in shop.all(CreditNote)]
    return [*invoice_xmls(shop.billing, SYSTEM, numbers), *note_xmls(shop.billing, SYSTEM, notes)]


def test_invoices_of_runs_with_credits_and_small_rests_are_valid(shop: Shop, rules: OfficialRules) -> None:
    account_id = shop.customer()
    for euros, vat in (("10.00", "21"), ("4.99", "9"), ("3.00", "0")):
        service(shop, account_id, FIRST, product(shop, euros, vat=vat))
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, 2050, "Storing"))
    run(shop, FIRST)
    run(shop, NEXT)
    assert [rules.broken_by(xml) for xml in xmls(shop)] == [[], []]
    first, second = (facturx.parse_ubl_cii_xml(xml) for xml in xmls(shop))
    assert (first["BT-112"], first["BT-113"], first["BT-115"]) == ("20.54", "20.54", "0.00")
    assert (second["BT-112"], second["BT-113"], second["BT-115"]) == ("20.54", "-0.04", "20.58")
    assert (second["BG-25"][0]["BT-134"], second["BG-25"][0]["BT-135"]) == (date(2026, 4, 6), date(2026, 5, 5))


def test_credit_notes_in_parts_down_to_the_last_cent_are_valid(shop: Shop, rules: OfficialRules) -> None:
    number = shop.invoice(shop.customer(), "0.99")
    shop.credit(number, 33)
    shop.credit(number, 33)
    shop.credit(number, 33)
    assert [rules.broken_by(xml) for xml in xmls(shop)] == [[]] * 4
    assert [facturx.parse_ubl_cii_xml(xml)["BT-115"] for xml in xmls(shop)[:1]] == ["0.00"]


def test_reverse_charged_documents_are_valid(shop: Shop, rules: OfficialRules) -> None:
    account_id = shop.customer("Chocolaterie Test", country="BE", vat_number=BELGIAN)
    service(shop, account_id, FIRST)
    run(shop, FIRST)
    shop.credit(shop.one(Invoice).number or "", 250, vat=Decimal(0))
    assert [rules.broken_by(xml) for xml in xmls(shop)] == [[], []]
