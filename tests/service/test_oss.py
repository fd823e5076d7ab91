"""Consumers elsewhere in the Union: Dutch VAT below the threshold, their own country's above it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from billing import locks
from billing.access import SYSTEM
from billing.credits import service as credits
from billing.credits.service import CreditLines
from billing.db import Work
from billing.errors import Refused
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import Invoice, InvoiceLine
from billing.runs import service as runs
from billing.runs.due import Skipped
from billing.runs.flows import preview as dry_run
from billing.runs.rules import RunRules
from billing.taxes import service as taxes
from billing.taxes.tables import UnionTurnover
from billing.vat_rates import standard_rate
from billing.vat_treatment import VatRules, VatTreatment
from tests.factories import SELLER, Shop, line
from tests.renewals import product, run, service

TODAY = date(2026, 3, 6)
# What may still be sold below the threshold, in euro.
NEARLY = "9999.99"


@pytest.fixture
def german(shop: Shop) -> int:
    return shop.customer("H. Beispiel", country="DE", customer_kind="consumer")


def under(shop: Shop, rules: VatRules) -> None:
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, vat=rules))
    shop.do, shop.ask = shop.billing.do, shop.billing.ask


def taxed(shop: Shop, *numbers: str) -> list[tuple[str, int]]:
    return [(shop.row(number).vat_treatment, shop.row(number).vat_cents) for number in numbers]


def turnover(shop: Shop) -> list[tuple[int, int, date | None]]:
    return [(one.year, one.net_cents, one.over_since) for one in shop.all(UnionTurnover)]


# The threshold


def test_the_sale_that_passes_the_threshold_is_the_first_at_the_customers_own_rate(shop: Shop, german: int) -> None:
    finn = shop.customer(country="FI", customer_kind="consumer")
    numbers = [shop.invoice(german, NEARLY), shop.invoice(finn, "0.01"), shop.invoice(german, "0.10"),
               shop.invoice(finn, "100.00")]  # fmt: skip
    assert taxed(shop, *numbers) == [("union_consumer", 210_000), ("union_consumer", 0), ("oss", 2), ("oss", 2_550)]
    assert turnover(shop) == [(2026, 1_010_010, TODAY)]
    assert shop.broken() == []


def test_businesses_customers_at_home_and_outside_do_not_count(shop: Shop, german: int, belgian: int) -> None:
    for customer in (belgian, shop.customer(), shop.customer(country="US")):
        shop.invoice(customer, "9000.00")
    assert taxed(shop, shop.invoice(german, NEARLY)) == [("union_consumer", 210_000)]


def test_a_business_without_a_number_counts_as_a_consumer(shop: Shop, german: int) -> None:
    shop.invoice(german, "10000.00")
    assert taxed(shop, shop.invoice(shop.customer(country="DE"), "10.00")) == [("oss", 190)]


def test_the_year_after_it_was_passed_begins_above_it_and_the_next_one_below(shop: Shop, german: int) -> None:
    shop.invoice(german, "10000.01")
    shop.clock.advance(days=365)
    later = shop.invoice(german, "10.00")
    shop.clock.advance(days=365)
    assert taxed(shop, later, shop.invoice(german, "10.00")) == [("oss", 190), ("union_consumer", 210)]
    assert [year for year, _, over in turnover(shop) if over] == [2026]


def test_what_is_credited_makes_room_below_the_threshold_but_never_undoes_passing_it(shop: Shop, german: int) -> None:
    first = shop.invoice(german, NEARLY)
    shop.credit(first, 500_000)
    assert taxed(shop, shop.invoice(german, "5000.00"), over := shop.invoice(german, "0.02")) == [
        ("union_consumer", 105_000), ("oss", 0),
    ]  # fmt: skip
    assert shop.credit(over, 1, vat=Decimal(19)).vat_treatment == "oss"
    shop.credit(first, 400_000)
    assert taxed(shop, shop.invoice(german, "10.00")) == [("oss", 190)]
    assert shop.broken() == []


def test_a_run_passes_the_threshold_with_one_of_its_invoices(shop: Shop, german: int) -> None:
    shop.invoice(german, NEARLY)
    hosting = product(shop, "0.01")
    for customer in (german, shop.customer(country="FI", customer_kind="consumer"), shop.customer(country="SE")):
        service(shop, customer, TODAY, hosting)
    service(shop, shop.customer(country="SE"), TODAY, product(shop, "100.00"))
    looked = dry_run(shop.billing)
    assert run(shop).tally == looked.tally
    assert [(i.vat_treatment, i.vat_cents) for i in shop.all(Invoice)[1:]] == [
        ("union_consumer", 0), ("oss", 0), ("oss", 0), ("oss", 2_500),
    ]  # fmt: skip
    assert shop.broken() == []


def test_two_who_pass_it_at_one_moment_pass_it_one_after_the_other(shop: Shop, german: int) -> None:
    finn = shop.customer(country="FI", customer_kind="consumer")
    shop.invoice(german, "9000.00")
    first, second = (shop.draft(customer, line("600.00")) for customer in (german, finn))

    def issue(draft_id: int) -> object:
        return lambda work: invoices.issue_invoice(work, SYSTEM, IssueInvoice(draft_id, SELLER))

    with pytest.raises(Refused, match="vat_treatment_changed"):
        shop.overlap(issue(first), issue(second))  # type: ignore[arg-type]  # a lambda says nothing of itself
    assert turnover(shop) == [(2026, 960_000, None)]


@pytest.mark.parametrize("kind", ["run", "credit note"])
def test_who_counts_sales_never_waits_for_the_numbers_that_wait_for_the_count(
    shop: Shop, german: int, kind: str
) -> None:
    under(shop, VatRules(oss_since=TODAY))
    credited = shop.row(shop.invoice(german))
    service(shop, german, TODAY, product(shop, "10.00"))
    begun = shop.do(runs.begin, SYSTEM, TODAY, RunRules(), forced=False)
    assert begun is not None
    series = {"run": "F", "credit note": "C"}[kind]

    def count_and_then_number(work: Work) -> None:
        taxes.sold(work, VatTreatment.OSS, 2026, 0)
        event.listen(work.session, "before_commit", lambda _: locks.number_series(work, series, 2026))

    def number(work: Work) -> None:
        if kind == "run":
            runs.invoice_chunk(work, SYSTEM, begun, 0, SELLER, runs.Tally())
        else:
            credits.credit_lines(work, SYSTEM, CreditLines(credited.id or 0, "Opgezegd"))

    shop.overlap(count_and_then_number, number)
    assert [net for _, net, _ in turnover(shop)] == [11_000 if kind == "run" else 0]
    assert shop.broken() == []


def test_the_owner_can_begin_sooner(shop: Shop, german: int) -> None:
    under(shop, VatRules(oss_since=date(2026, 3, 7)))
    before = shop.invoice(german, "10.00")
    shop.clock.advance(days=1)
    assert taxed(shop, before, shop.invoice(german, "10.00")) == [("union_consumer", 210), ("oss", 190)]


# Rates


def test_the_rate_is_that_of_the_day_of_the_price(shop: Shop, monkeypatch: pytest.MonkeyPatch, german: int) -> None:
    """Invoiced in December 2025 are months that begin before and after a rate that changes on 1 January."""

    def changing(country: str, on: date) -> Decimal | None:
        known = standard_rate(country, on)
        return known + 1 if known and on >= date(2026, 4, 1) else known

    monkeypatch.setattr("billing.vat_treatment.standard_rate", changing)
    under(shop, VatRules(oss_since=TODAY))
    draft_id = shop.draft(german, line("10.00"), replace(line("10.00"), period_start=date(2026, 4, 1)))
    shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))
    assert [one.vat_rate for one in shop.all(InvoiceLine)] == [19, 20]
    late = shop.draft(german)
    shop.clock.advance(days=31)
    with pytest.raises(Refused, match="vat_treatment_changed"):
        shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(late, SELLER))


def test_who_moves_to_another_country_between_draft_and_issue_is_drafted_anew(shop: Shop, german: int) -> None:
    under(shop, VatRules(oss_since=TODAY))
    draft_id = shop.draft(german)
    shop.sql("UPDATE account SET country = 'FR'")
    with pytest.raises(Refused, match="vat_treatment_changed"):
        shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))
    assert taxed(shop, shop.invoice(german, "10.00")) == [("oss", 200)]


def test_where_no_rate_is_known_nothing_is_issued_and_the_run_says_so(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, german: int, account: int
) -> None:
    monkeypatch.setattr("billing.vat_treatment.standard_rate", lambda country, on: None)
    under(shop, VatRules(oss_since=TODAY))
    left_out, made = service(shop, german, TODAY), service(shop, account, TODAY)
    assert run(shop).tally.skipped == [Skipped(left_out, "vat_rate_unknown")]
    assert [line.service_id for line in shop.all(InvoiceLine)] == [made]
    with pytest.raises(Refused, match="vat_rate_unknown"):
        shop.invoice(german)


def test_what_is_sold_without_vat_at_home_has_none_abroad(shop: Shop, german: int) -> None:
    under(shop, VatRules(oss_since=TODAY))
    draft_id = shop.draft(german, line("40.00", vat="0"), line("10.00", vat="9"))
    invoice = shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))
    assert [one.vat_rate for one in shop.all(InvoiceLine, invoice_id=invoice.id)] == [0, 19]


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        ("UPDATE union_turnover SET net_cents = net_cents + 1",
         "the turnover with consumers in the Union is what was sold to them less what was credited"),
        ("UPDATE union_turnover SET over_since = NULL",
         "a year in which the threshold was passed says since when"),
    ],
)  # fmt: skip
def test_a_turnover_that_is_wrong_is_found(shop: Shop, german: int, damage: str, invariant: str) -> None:
    shop.invoice(german, "10000.01")
    assert invariant in shop.broken_after(damage)
