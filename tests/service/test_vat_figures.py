"""The ICP listing and the OSS return of a period, to the cent those of the journal."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import text

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.bookkeeping.places import places
from billing.bookkeeping.vat_figures import VatFigures, vat_figures
from billing.db import Work
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.vat_treatment import VatRules
from tests.abroad import BELGIAN, GERMAN
from tests.commands import Type
from tests.damage import unguarded
from tests.factories import SELLER, Shop, line
from tests.fakes.collecting import sign

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def figures(shop: Shop, first: date = FIRST, last: date = LAST) -> VatFigures:
    return shop.ask(vat_figures, first, last)


def by_key(found: VatFigures, name: str) -> list[tuple[str, str, int, int]]:
    return [(one.key, format(one.rate, "f"), one.net_cents, one.vat_cents) for one in getattr(found, name)]


def with_oss(shop: Shop) -> None:
    """From now on consumers in the Union pay their own country's VAT."""
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, vat=VatRules(oss_since=FIRST)))
    shop.do, shop.ask = shop.billing.do, shop.billing.ask


def test_business_sales_are_listed_by_vat_number_less_what_was_credited(shop: Shop, account: int) -> None:
    belgian, german = (shop.customer(name, country=number[:2], vat_number=number)
                       for name, number in (("Chocolaterie", BELGIAN), ("Bäckerei", GERMAN)))  # fmt: skip
    shop.invoice(account)
    numbers = [shop.invoice(belgian, "100.00"), shop.invoice(belgian, "0.55"), shop.invoice(german, "10.00")]
    shop.credit(numbers[0], 2_500, vat=Decimal(0))
    found = figures(shop)
    assert by_key(found, "icp") == [(BELGIAN, "0", 7_555, 0), (GERMAN, "0", 1_000, 0)]
    assert [one.name for one in found.icp] == ["Chocolaterie", "Bäckerei"]
    assert (found.oss, found.outside, found.off_cents) == ((), (), 0)


def test_consumer_sales_are_added_up_by_country_and_rate(shop: Shop) -> None:
    with_oss(shop)
    german, finn = (shop.customer(country=country, customer_kind="consumer") for country in ("DE", "FI"))
    number = shop.invoice(german, "9.99")
    shop.invoice(german, "9.99")
    draft_id = shop.draft(finn, line("9.99"), line("0.07", vat="9"), line("5.00", vat="0"))
    shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))
    shop.credit(number, 100, vat=Decimal(19))
    found = figures(shop)
    # 9.99 at 19 % is 1.90, and 1.00 takes 0.19 back.
    assert by_key(found, "oss") == [("DE", "19", 1_898, 361), ("FI", "0", 500, 0), ("FI", "25.5", 1_006, 257)]
    assert found.off_cents == 0
    assert shop.broken() == []


def test_a_document_counts_in_the_period_in_which_it_was_issued(shop: Shop) -> None:
    number = shop.invoice(shop.customer(country="US"))
    shop.clock.advance(days=30)
    shop.credit(number, 1_000, vat=Decimal(0))
    assert by_key(figures(shop), "outside") == [("US", "0", 10_000, 0)]
    assert by_key(figures(shop, date(2026, 4, 1), date(2026, 6, 30)), "outside") == [("US", "0", -1_000, 0)]


def test_a_bank_in_another_country_than_the_address_is_told(voldaan: Type, stored: Shop) -> None:
    names = {"DE": "H. Beispiel", "FR": "J. Exemple", "SE": "S. Exempel"}
    german, french, _ = accounts = [
        stored.customer(name, country=country, customer_kind="consumer") for country, name in names.items()
    ]
    for account_id in (german, french):
        sign(stored, stored.member(account_id, Role.OWNER), account_id)
    stored.sql("UPDATE mandate SET iban_mask = 'DE•• •••• 3000' WHERE account_id = :german", german=german)
    for account_id in accounts:
        stored.invoice(account_id)
    found = stored.ask(places, FIRST, LAST)
    assert [(one.country, one.banks, one.contradicts) for one in found] == [
        ("DE", ("DE",), False), ("FR", ("NL",), True), ("SE", (), False),
    ]  # fmt: skip
    said = voldaan("books", "vat", "--from", "2026-01-01", "--until", "2026-03-31").out
    assert "3, of whom 1 have a bank account" in said
    assert "  K2 J. Exemple: address in FR, bank in NL" in said


def test_a_customer_outside_the_union_with_a_bank_in_it_is_told(voldaan: Type, stored: Shop) -> None:
    suspect, plain = (stored.customer(name, country="US") for name in ("J. Doe", "A. Roe"))
    for account_id, iban in ((suspect, "NL•• •••• 3000"), (plain, "US•• •••• 3000")):
        sign(stored, stored.member(account_id, Role.OWNER), account_id)
        stored.sql("UPDATE mandate SET iban_mask = :iban WHERE account_id = :id", iban=iban, id=account_id)
        stored.invoice(account_id)
    found = stored.ask(places, FIRST, LAST)
    assert [(one.account_id, one.is_outside, one.contradicts) for one in found] == [(suspect, True, True)]
    said = voldaan("books", "vat", "--from", "2026-01-01", "--until", "2026-03-31").out
    assert "Consumers in the Union: 0" in said
    assert "  K1 J. Doe: address in US, without VAT, bank in NL" in said


def test_figures_that_the_journal_does_not_know_are_told(shop: Shop, belgian: int) -> None:
    shop.invoice(belgian)
    with shop.database.session(writes=True) as session:
        for statement in unguarded(shop):
            session.execute(text(statement))
        session.execute(text("UPDATE posting SET cents = -9999 WHERE ledger_account = 'deferred_revenue'"))
        assert vat_figures(Work(session, shop.clock.now()), FIRST, LAST).off_cents == 1


def test_the_command_tells_both_returns(voldaan: Type, stored: Shop) -> None:
    stored.invoice(stored.customer("Chocolaterie", country="BE", vat_number=BELGIAN))
    period = ("--from", "2026-01-01", "--until", "2026-03-31")
    said = voldaan("books", "vat", *period)
    assert (said.code, said.out.splitlines()[-1]) == (0, "The journal says the same.")
    assert f"  {BELGIAN}" in said.out
    row = json.loads(voldaan("books", "vat", *period, "--json").out)
    assert row["icp"] == [{"key": BELGIAN, "name": "Chocolaterie", "rate": "0", "net_cents": 10_000, "vat_cents": 0}]
    assert "valid, WAPI1, for" in voldaan("books", "vat-number", "1").out
