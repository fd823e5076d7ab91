"""What is said outside the pages is said in the language of who asks: in sentences, in files and in their names."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest

from billing.logins.flows import LogIn, log_in
from billing.logins.languages import choose_language
from dashboard.texts.en import EN
from dashboard.texts.nl import NL
from dashboard.web import files
from tests.fakes.house import PASSWORD, PDF
from tests.web.test_web_files import printed

OWNER, TODAY = "owner@demo.test", "2026-03-02"


@pytest.fixture
def bakery(house):
    """A customer with an owner."""
    account_id = house.customer("Bakkerij")
    house.person(OWNER, account_id)
    return account_id


@pytest.fixture
def english(house, bakery):
    """The headers of the owner, who chose English, in a browser that would ask for Dutch."""
    token = log_in(house.billing, LogIn(OWNER, PASSWORD)).token
    house.billing.do(choose_language, token, "en")
    return {"Cookie": f"voldaan_language=nl; __Host-voldaan_session={token}", "Accept-Language": "nl"}


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, NL),
        ({"Accept-Language": "en-GB,en;q=0.9,nl;q=0.8"}, EN),
        ({"Accept-Language": "de-DE,nl;q=0.9,en;q=0.8"}, NL),
        ({"Accept-Language": "de, fr;q=0.5, *"}, NL),
        ({"Accept-Language": "en", "Cookie": "voldaan_language=nl"}, NL),
        ({"Accept-Language": "nl", "Cookie": "voldaan_language=en"}, EN),
        ({"Accept-Language": "en", "Cookie": "voldaan_language=tlh"}, EN),
        ({"Accept-Language": "\x00;;,", "Cookie": "voldaan_language"}, NL),
    ],
)
def test_who_is_not_logged_in_is_answered_as_the_browser_asks(browser, headers, said):
    answer = browser.post(
        "/files/period.zip", data={"account": "many"}, headers=headers | {"Origin": "https://evil.test"}
    )
    code = "en" if said is EN else "nl"
    title, sentence = said.web.answers[403]
    assert all(words in answer.text for words in (f'<html lang="{code}">', title, sentence, said.web.back))


def test_a_person_is_answered_in_the_language_of_their_own(browser, english):
    answer = browser.get("/files/invoices/2026-0009.pdf", headers=english)
    assert (answer.status_code, EN.web.answers[404][0] in answer.text) == (404, True)


def test_the_next_request_is_not_in_the_language_of_the_last(browser, english):
    browser.get("/files/invoices/2026-0009.pdf", headers=english)
    answer = browser.post("/files/period.zip", headers={"Origin": "https://evil.test"})
    assert NL.web.answers[403][0] in answer.text


def test_a_file_that_is_being_made_says_so(browser, house, bakery, english, monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0)
    answer = browser.get(f"/files/invoices/{house.invoice(bakery)}.pdf", headers=english)
    assert (answer.status_code, EN.web.pdf_not_ready in answer.text) == (503, True)


def test_files_are_named_in_the_language_of_who_saves_them(browser, house, bakery, english):
    number = printed(house, bakery)
    one = browser.get(f"/files/invoices/{number}.pdf", headers=english)
    several = browser.post("/files/invoices.zip", data={"number": number}, headers=english)
    assert one.headers["content-disposition"] == f'inline; filename="invoice-{number}.pdf"'
    assert several.headers["content-disposition"] == 'attachment; filename="invoices.zip"'
    assert zipfile.ZipFile(BytesIO(several.content)).namelist() == [f"invoice-{number}.pdf"]


def test_a_period_and_its_index_are_in_the_language_of_who_asks(browser, house, bakery, english):
    number = printed(house, bakery)
    answer = browser.post("/files/period.zip", data=period(bakery), headers=english)
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert archive.namelist() == [f"invoice-{number}.pdf", f"invoice-{number}.xml", "index.csv"]
    heads, row = csv.reader(StringIO(archive.read("index.csv").decode("utf-8-sig"), newline=""), delimiter=";")
    assert tuple(heads) == EN.period.columns
    assert EN.status.unpaid in row


def test_a_statement_is_in_the_language_of_who_asks(browser, house, bakery, english):
    house.invoice(bakery)
    sheet = browser.post("/files/statement.csv", data=period(bakery), headers=english)
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert (tuple(rows[0]), rows[1][1]) == (EN.period.statement.columns, EN.period.statement.opening)
    paper = browser.post("/files/statement.pdf", data=period(bakery), headers=english)
    assert paper.content == PDF + b"balance 12100 en"
    assert paper.headers["content-disposition"] == (
        'attachment; filename="account-statement-2026-03-02-through-2026-03-02.pdf"'
    )


def test_a_refused_proof_is_told_in_the_language_of_who_gave_it(browser, english):
    answer = browser.post("/auth/proof", data={"password": "wrong"}, headers=english)
    assert answer.json()["sentence"] == EN.proof.wrong_password


def period(account):
    return {"account": account, "from": TODAY, "to": TODAY}
