"""The account statement as a download: printed, as a spreadsheet, or a page that says why not."""

import csv
from io import StringIO

import pytest

from billing.logins.flows import LogIn, log_in
from tests.fakes.house import PASSWORD, PDF

OWNER, TODAY = "owner@demo.test", "2026-03-02"


@pytest.fixture
def bakery(house):
    """A customer with an owner."""
    account_id = house.customer("Bakkerij")
    house.person(OWNER, account_id)
    return account_id


def asked(browser, house, account, ending, first=TODAY, last=TODAY):
    token = log_in(house.billing, LogIn(OWNER, PASSWORD)).token
    data = {"account": account, "from": first, "to": last}
    headers = {"Cookie": f"__Host-voldaan_session={token}"}
    return browser.post(f"/files/statement.{ending}", data=data, headers=headers)


def test_the_printed_statement_is_a_file_with_the_period_in_its_name(browser, house, bakery):
    house.invoice(bakery)
    answer = asked(browser, house, bakery, "pdf")
    assert (answer.status_code, answer.content) == (200, PDF + b"balance 12100 nl")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="rekeningoverzicht-2026-03-02-tot-en-met-2026-03-02.pdf"'
    )
    assert answer.headers["cache-control"] == "no-store"


def test_the_spreadsheet_begins_and_ends_with_the_balance(browser, house, bakery):
    number = house.invoice(bakery)
    text = asked(browser, house, bakery, "csv").content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text, newline=""), delimiter=";")) == [
        ["Datum", "Wat er gebeurde", "Document", "Bedrag", "Saldo"],
        ["02-03-2026", "Saldo op de eerste dag", "", "", "0,00"],
        ["02-03-2026", "Factuur", number, "121,00", "121,00"],
        ["02-03-2026", "Saldo op de laatste dag", "", "", "121,00"],
    ]


def test_a_period_that_is_the_wrong_way_round_is_explained(browser, house, bakery):
    answer = asked(browser, house, bakery, "pdf", first="2026-03-03")
    assert (answer.status_code, "draai de twee datums om" in answer.text) == (400, True)


def test_somebody_else_s_account_is_not_there(browser, house, bakery):
    assert asked(browser, house, house.customer("Ander"), "csv").status_code == 404


def test_without_a_session_the_door_is_shown(browser, bakery):
    answer = browser.post("/files/statement.pdf", data={"account": bakery, "from": TODAY, "to": TODAY})
    assert answer.headers["location"] == "/login?next=%2Finvoices"
