"""Reverse charge in what follows an invoice: upgrades, downgrades, cancellations, credit notes, and what is shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.changes import queries
from billing.changes.service import confirm as say_yes
from billing.correspondence.credit_notes import to_render
from billing.correspondence.queries import invoice_document
from billing.credits import service as credits
from billing.credits.service import CreditLines
from billing.credits.tables import CreditNote, CreditNoteLine
from billing.db import Work
from billing.errors import PreviewStale, Refused
from billing.invoices.tables import Invoice
from billing.products.queries import services
from tests.abroad import BELGIAN, SELLER_WITHOUT_NUMBER, number_becomes
from tests.changing import change, command, confirm, preview
from tests.factories import Shop
from tests.renewals import product, run, service

TODAY = date(2026, 3, 6)


@pytest.fixture
def half_way(shop: Shop, belgian: int, belgian_owner: Actor) -> int:
    """A paid service of € 120 a month, half-way."""
    shop.clock.advance(days=-14)
    started = service(shop, belgian, date(2026, 2, 20), product(shop, "120.00"))
    run(shop)
    shop.pay(belgian_owner, "2026-0001")
    shop.clock.advance(days=14)
    return started


def test_an_upgrade_costs_what_was_shown_without_vat(
    shop: Shop, belgian: int, belgian_owner: Actor, half_way: int
) -> None:
    shown = change(shop, belgian_owner, belgian, half_way, TODAY, product(shop, "200.00"))
    assert shown.plan.bill is not None
    assert (shown.plan.bill.treatment, shown.plan.bill.net_cents, shown.plan.bill.total_cents) == (
        "reverse_charge", 4_000, 4_000,
    )  # fmt: skip
    assert shop.row("2026-0002").vat_treatment == "reverse_charge"
    assert shop.broken() == []


def test_a_downgrade_and_a_cancellation_give_back_what_was_paid_without_vat(
    shop: Shop, belgian: int, belgian_owner: Actor, half_way: int
) -> None:
    change(shop, belgian_owner, belgian, half_way, TODAY, product(shop, "40.00"))
    change(shop, belgian_owner, belgian, half_way, TODAY)
    notes = shop.all(CreditNote)
    assert [(n.vat_treatment, n.net_cents, n.vat_cents) for n in notes] == [
        ("reverse_charge", 4_000, 0), ("reverse_charge", 2_000, 0),
    ]  # fmt: skip
    assert {note_line.vat_rate for note_line in shop.all(CreditNoteLine)} == {Decimal(0)}
    assert shop.broken() == []


def test_an_upgrade_shown_before_the_number_was_cleared_is_shown_anew(
    shop: Shop, belgian: int, belgian_owner: Actor, half_way: int
) -> None:
    better = product(shop, "200.00")
    shown = preview(shop, belgian_owner, belgian, half_way, TODAY, better)
    number_becomes(shop, belgian_owner, belgian, "")
    with pytest.raises(PreviewStale):
        confirm(shop, belgian_owner, belgian, shown)
    assert len(shop.all(Invoice)) == 1
    anew = change(shop, belgian_owner, belgian, half_way, TODAY, better)
    assert anew.plan.charged_cents == 4_840
    assert shop.broken() == []


def test_who_got_a_number_upgrades_without_vat_and_gets_the_vat_of_before_back(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    number_becomes(shop, belgian_owner, belgian, "")
    started = service(shop, belgian, TODAY, product(shop, "120.00"))
    run(shop)
    number_becomes(shop, belgian_owner, belgian, BELGIAN)
    up = change(shop, belgian_owner, belgian, started, TODAY, product(shop, "200.00"))
    change(shop, belgian_owner, belgian, started, TODAY)
    assert up.plan.charged_cents == 8_000
    notes = {(note.vat_treatment, note.vat_cents) for note in shop.all(CreditNote)}
    assert notes == {("union_consumer", 2_520), ("reverse_charge", 0)}
    assert shop.broken() == []


def test_a_seller_without_vat_number_makes_no_upgrade(
    shop: Shop, belgian: int, belgian_owner: Actor, half_way: int
) -> None:
    better = product(shop, "200.00")
    shown = preview(shop, belgian_owner, belgian, half_way, TODAY, better)
    with pytest.raises(Refused, match="seller_vat_number"):
        shop.do(say_yes, shop.proven(belgian_owner), replace(command(belgian, shown), seller=SELLER_WITHOUT_NUMBER))
    assert [(i.number, i.state) for i in shop.all(Invoice)] == [("2026-0001", "issued")]


# Credit notes, and what is shown


def test_a_credit_note_is_taxed_as_its_invoice_whatever_the_customer_is_now(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    number = shop.invoice(belgian)
    number_becomes(shop, belgian_owner, belgian, "")
    note = shop.do(credits.credit_lines, SYSTEM, CreditLines(shop.row(number).id or 0, "Opgezegd"))
    assert (note.vat_treatment, note.total_cents, note.buyer["vat_number"]) == ("reverse_charge", 10_000, BELGIAN)
    assert shop.broken() == []


def test_documents_say_whether_the_vat_is_reversed(shop: Shop, account: int, belgian: int) -> None:
    def said(work: Work, number: str) -> bool:
        invoice = work.session.get_one(Invoice, shop.row(number).id)
        return invoice_document(work, invoice).vat_treatment == "reverse_charge"

    dutch, foreign = shop.invoice(account), shop.invoice(belgian)
    assert [shop.ask(said, number) for number in (dutch, foreign)] == [False, True]
    note = shop.do(credits.credit_lines, SYSTEM, CreditLines(shop.row(foreign).id or 0, "Opgezegd"))
    assert shop.ask(to_render, note.id or 0).document.vat_treatment == "reverse_charge"
    assert shop.credit(dutch, 1_000).vat_treatment == "domestic"


def test_prices_in_the_dashboard_are_without_vat(shop: Shop, belgian: int, belgian_owner: Actor) -> None:
    service(shop, belgian, TODAY, product(shop, "10.00"))
    product(shop, "20.00")
    [row] = shop.ask(services, belgian_owner, belgian)
    [in_use] = shop.ask(queries.overview, belgian_owner, belgian, 14)
    assert (row.net_cents, row.total_cents) == (1_000, 1_000)
    assert [(offer.net_cents, offer.total_cents) for offer in in_use.offers] == [(2_000, 2_000)]
