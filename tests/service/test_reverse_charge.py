"""Reverse charge: a business elsewhere in the Union is invoiced without VAT, by runs and by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.service import OpenAccount
from billing.accounts.tables import Account
from billing.errors import BillingError, InvalidVatNumber, Refused, VatNumberAbroad
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceVat
from billing.runs import breaker
from billing.runs.due import Skipped
from billing.runs.flows import Ran
from billing.runs.flows import preview as dry_run
from tests.abroad import BELGIAN, GERMAN, OTHER_BELGIAN, SELLER_WITHOUT_NUMBER, number_becomes
from tests.factories import SELLER, Shop, line
from tests.renewals import product, run, service

TODAY = date(2026, 3, 6)


def taxed(shop: Shop, invoice_id: int | None) -> list[tuple[str, int, int]]:
    """The VAT of an invoice: rate, base and VAT."""
    return [(str(vat.vat_rate), vat.base_cents, vat.vat_cents) for vat in shop.all(InvoiceVat, invoice_id=invoice_id)]


def issue(shop: Shop, draft_id: int) -> Invoice:
    return shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))


# The invoice run


def test_a_run_invoices_each_customer_as_that_customer_is_taxed(shop: Shop, account: int, belgian: int) -> None:
    hosting = product(shop, "10.00")
    for customer in (account, belgian):
        service(shop, customer, TODAY, hosting)
    run(shop)
    dutch, foreign = shop.all(Invoice)
    assert [(i.vat_treatment, i.net_cents, i.vat_cents, i.open_cents) for i in (dutch, foreign)] == [
        ("domestic", 1_000, 210, 1_210), ("reverse_charge", 1_000, 0, 1_000),
    ]  # fmt: skip
    assert (taxed(shop, dutch.id), taxed(shop, foreign.id)) == ([("21", 1_000, 210)], [("0", 1_000, 0)])
    assert shop.one(InvoiceLine, invoice_id=foreign.id).vat_rate == 0
    assert shop.broken() == []


def test_lines_of_different_rates_are_one_rate_without_vat(shop: Shop, belgian: int) -> None:
    for euros, vat in (("10.00", "21"), ("0.07", "9"), ("5.00", "0")):
        service(shop, belgian, TODAY, product(shop, euros, vat=vat))
    run(shop)
    invoice = shop.one(Invoice)
    assert taxed(shop, invoice.id) == [("0", 1_507, 0)]
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("country", "number", "taxed_so"),
    [("BE", "", ("union_consumer", 210)), ("GB", "XI432525179", ("outside", 0)),
     ("NL", "NL004495445B01", ("domestic", 210)), ("US", "", ("outside", 0))],
)  # fmt: skip
def test_anybody_else_is_taxed_by_country(
    shop: Shop, country: str, number: str, taxed_so: tuple[str, int]
) -> None:  # fmt: skip
    service(shop, shop.customer(country=country, vat_number=number), TODAY)
    run(shop)
    assert [(i.vat_treatment, i.vat_cents) for i in shop.all(Invoice)] == [taxed_so]
    assert shop.broken() == []


def test_a_dry_run_and_what_the_breaker_foresees_are_what_the_run_makes(shop: Shop, account: int, belgian: int) -> None:
    greek = shop.customer("Taverna Test", country="GR", vat_number="GR 094259216")
    hosting = product(shop, "9.99")
    for customer in (account, belgian, greek, greek):
        service(shop, customer, TODAY, hosting)
    foreseen = shop.ask(breaker.foreseen, TODAY)
    looked = dry_run(shop.billing)
    made = run(shop)
    assert looked.tally == made.tally
    assert (foreseen.invoices, foreseen.total_cents) == (made.tally.invoices, made.tally.total_cents) == (3, 4_206)
    assert made.tally.vat == {Decimal(21): (999, 210), Decimal(0): (2_997, 0)}


def test_the_next_invoice_follows_a_number_that_was_cleared_or_filled_in(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    service(shop, belgian, TODAY)
    for number in (BELGIAN, "", OTHER_BELGIAN):
        number_becomes(shop, belgian_owner, belgian, number)
        run(shop)
        shop.clock.advance(days=31)
    found = [(i.vat_treatment, i.buyer["vat_number"]) for i in shop.all(Invoice)]
    assert found == [("reverse_charge", BELGIAN), ("union_consumer", ""), ("reverse_charge", OTHER_BELGIAN)]
    assert shop.broken() == []


def test_a_run_of_a_seller_without_vat_number_leaves_everything_out(shop: Shop, account: int, belgian: int) -> None:
    services = [service(shop, account, TODAY), service(shop, belgian, TODAY)]
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, seller=SELLER_WITHOUT_NUMBER))
    left_out: list[Ran] = [dry_run(shop.billing), run(shop)]
    skipped = [Skipped(service_id, "seller_vat_number") for service_id in services]
    assert [ran.tally.skipped for ran in left_out] == [skipped, skipped]
    assert shop.all(Invoice) == []


# Drafts


def test_a_draft_is_reversed_as_a_whole_and_issued_so(shop: Shop, belgian: int) -> None:
    draft_id = shop.draft(belgian, line("100.00"), line("10.00", vat="9"))
    invoice = issue(shop, draft_id)
    assert (invoice.vat_treatment, invoice.vat_cents, invoice.total_cents) == ("reverse_charge", 0, 11_000)
    assert [found.vat_rate for found in shop.all(InvoiceLine, invoice_id=draft_id)] == [0, 0]
    assert "vat" not in shop.totals()
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("changed", "now"),
    [("vat_number = '', vat_answer = '', vat_answered_on = NULL", "union_consumer"), ("country = 'NL'", "domestic"),
     ("country = 'DE'", "union_consumer"), ("vat_number = 'BE1'", "union_consumer"), ("country = 'US'", "outside"),
     ("vat_answer = 'invalid'", "union_consumer")],
)  # fmt: skip
def test_a_draft_of_a_customer_who_is_taxed_otherwise_by_now_is_not_issued(
    shop: Shop, belgian: int, changed: str, now: str
) -> None:
    draft_id = shop.draft(belgian)
    shop.sql(f"UPDATE account SET {changed}")
    with pytest.raises(Refused, match="vat_treatment_changed"):
        issue(shop, draft_id)
    assert shop.one(Invoice).state == "draft"
    assert issue(shop, shop.draft(belgian)).vat_treatment == now
    assert shop.one(Invoice, state="issued").number == "2026-0001"


def test_a_draft_with_vat_is_not_issued_to_who_has_a_number_by_now(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    number_becomes(shop, belgian_owner, belgian, "")
    draft_id = shop.draft(belgian)
    number_becomes(shop, belgian_owner, belgian, BELGIAN)
    with pytest.raises(Refused, match="vat_treatment_changed"):
        issue(shop, draft_id)


def test_another_number_of_the_same_country_is_the_one_on_the_document(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    draft_id = shop.draft(belgian)
    number_becomes(shop, belgian_owner, belgian, OTHER_BELGIAN)
    assert issue(shop, draft_id).buyer["vat_number"] == OTHER_BELGIAN


@pytest.mark.parametrize("buyer", ["account", "belgian"])
def test_a_seller_without_vat_number_issues_no_draft_either(
    shop: Shop, buyer: str, request: pytest.FixtureRequest
) -> None:
    draft_id = shop.draft(request.getfixturevalue(buyer))
    with pytest.raises(Refused, match="seller_vat_number"):
        shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER_WITHOUT_NUMBER))


@pytest.mark.parametrize("table", ["invoice", "credit_note"])
def test_the_database_refuses_vat_on_what_is_reversed(shop: Shop, account: int, table: str) -> None:
    shop.credit(shop.invoice(account), 1_000)
    shop.draft(account)
    values = "account_id, 'reverse_charge', net_cents, vat_cents, total_cents"
    if table == "invoice":
        said = shop.refusal("UPDATE invoice SET vat_treatment = 'reverse_charge' WHERE state = 'draft'")
        assert "ck_invoice_reverse_charge" in said
        assert "ck_invoice_vat_treatment" in shop.refusal(
            "UPDATE invoice SET vat_treatment = 'export' WHERE state = 'draft'"
        )
    else:
        columns = (
            "invoice_id, invoice_number, invoice_issued_on, series, year, issued_on, issued_at, reason, seller, buyer, "
            "language, offset_cents, credit_cents, payout_cents"
        )
        assert "ck_credit_note_reverse_charge" in shop.refusal(
            f"INSERT INTO credit_note (sequence, number, account_id, vat_treatment, net_cents, vat_cents, total_cents, "
            f"{columns}) SELECT 9, 'C9', {values}, {columns} FROM credit_note"
        )


# The number itself


def test_a_number_is_kept_in_one_form_wherever_it_comes_from(shop: Shop, belgian: int, belgian_owner: Actor) -> None:
    number_becomes(shop, belgian_owner, belgian, " be 0000.000.097 ")
    greek = shop.do(accounts.open_account, SYSTEM, OpenAccount("Taverna", country="GR", vat_number="gr 094259216"))
    kept = {found.id: found.vat_number for found in shop.all(Account)}
    assert (kept[belgian], kept[greek]) == (OTHER_BELGIAN, "EL094259216")


@pytest.mark.parametrize(
    ("number", "refusal"),
    [("BE0428759498", InvalidVatNumber), ("BE1", InvalidVatNumber), (GERMAN, VatNumberAbroad),
     ("NL004495445B01", VatNumberAbroad)],
)  # fmt: skip
def test_a_wrong_number_changes_nothing(
    shop: Shop, belgian: int, belgian_owner: Actor, number: str, refusal: type[BillingError]
) -> None:
    with pytest.raises(refusal):
        number_becomes(shop, belgian_owner, belgian, number)
    with pytest.raises(refusal):
        shop.customer(country="BE", vat_number=number)
    assert [found.vat_number for found in shop.all(Account)] == [BELGIAN]
