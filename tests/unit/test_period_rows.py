"""What goes with the download of a period: its index, its name and the days that are filled in."""

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.correspondence.periods import Invoiced, Period, PeriodInvoice
from billing.settlement import Label, Status
from dashboard.rows.period import index, period_form, zip_name

DAY = date(2026, 3, 6)


def row(*, buyer="Bakkerij", total_cents=12_100, paid_cents=0, label=Label.UNPAID):
    invoice = PeriodInvoice(
        number="2026-0001", issued_on=DAY, due_on=date(2026, 3, 20), buyer=buyer, net_cents=10_000, vat_cents=2_100,
        total_cents=total_cents, paid_cents=paid_cents, settled_cents=0, open_cents=total_cents - paid_cents,
        status=Status(label, DAY, total_cents - paid_cents), file_id=1,
    )  # fmt: skip
    text = index(Invoiced("Bakkerij", (invoice,), ()), [("a", "b")]).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))[1]


def test_a_paid_invoice_has_the_day_of_payment_and_an_open_one_has_none():
    assert row(label=Label.PAID, paid_cents=12_100)[10:12] == ["Betaald", "06-03-2026"]
    assert row(label=Label.OVERDUE)[10:12] == ["Te laat", ""]


@pytest.mark.parametrize(("cents", "amount"), [(0, "0,00"), (5, "0,05"), (123_456_789, "1234567,89"), (-1, "-0,01")])
def test_amounts_are_numbers_with_a_decimal_comma(cents, amount):
    assert row(paid_cents=cents)[7] == amount


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_arrives_as_it_is_and_never_begins_a_formula(name):
    shown = row(buyer=name)[3]
    assert shown.removeprefix("'") == name.removeprefix("'")
    assert shown[0] not in "=+-@\t\r\n"


@pytest.mark.parametrize("sign", "=+-@")
def test_a_name_that_begins_like_a_formula_gets_an_apostrophe(sign):
    assert row(buyer=f"{sign}1+1")[3] == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("customer", "part"),
    [("Bakkerij De Korenaar", "bakkerij-de-korenaar"), ("Café 't Hörntje", "cafe-t-horntje"), ('../\r\n"', "klant")],
)
def test_the_download_is_called_after_customer_and_period(customer, part):
    name = zip_name(customer, Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert name == f"facturen-{part}-2026-01-01-tot-en-met-2026-03-31.zip"


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 1), "2025-10-01", "2025-12-31"),
        (date(2026, 3, 31), "2025-10-01", "2025-12-31"),
        (date(2026, 4, 1), "2026-01-01", "2026-03-31"),
        (date(2026, 12, 31), "2026-07-01", "2026-09-30"),
    ],
)
def test_the_quarter_before_this_one_is_filled_in(today, first, last):
    form = period_form(7, today)
    assert (form.account, form.first, form.last) == ("7", first, last)
