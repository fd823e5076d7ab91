"""The download of a period: which files and which index, for whom, and what is said when it can't be had."""

import csv
import hashlib
import zipfile
from io import BytesIO, StringIO

import pytest

from billing.accounts.tables import Role
from billing.logins.flows import LogIn, log_in
from dashboard.web import files, period
from tests.fakes.house import PASSWORD, PDF
from tests.web.test_web_files import credited, found, printed

OWNER = "owner@demo.test"
TODAY = "2026-03-02"
COLUMNS = [
    "Factuurnummer", "Factuurdatum", "Vervaldatum", "Klant", "Bedrag excl. btw", "Btw", "Factuurbedrag", "Betaald",
    "Verrekend", "Nog te betalen", "Status", "Betaald op", "Bestand", "SHA-256", "E-factuur",
    "SHA-256 van de e-factuur",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(files, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def bakery(house):
    """A customer with an owner."""
    account_id = house.customer("Bakkerij 't Hörntje")
    house.person(OWNER, account_id)
    return account_id


def asked(browser, house, account, first=TODAY, last=TODAY, *, email=OWNER, **headers):
    token = log_in(house.billing, LogIn(email, PASSWORD)).token
    data = {"account": account, "from": first, "to": last}
    return browser.post("/files/period.zip", data=data, headers={"Cookie": f"__Host-voldaan_session={token}"} | headers)


def digest(content):
    return hashlib.sha256(content).hexdigest()


def archive_of(answer):
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(BytesIO(answer.content))


def index_of(answer):
    text = archive_of(answer).read("index.csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_all_invoices_of_a_period_come_with_an_index(browser, house, bakery):
    numbers = [printed(house, bakery) for _ in range(3)]
    answer = asked(browser, house, bakery)
    archive = archive_of(answer)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="facturen-bakkerij-t-horntje-2026-03-02-tot-en-met-2026-03-02.zip"'
    )
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["cache-control"] == "no-store"
    assert archive.namelist() == [
        *(f"factuur-{number}.{ending}" for number in numbers for ending in ("pdf", "xml")), "index.csv",
    ]  # fmt: skip
    for number in numbers:
        assert archive.read(f"factuur-{number}.pdf") == PDF + number.encode()
        assert archive.read(f"factuur-{number}.xml") == f"<ubl {number} open 12100/>".encode()


def test_credit_notes_of_the_period_are_in_it_with_a_row_of_their_own(browser, house, bakery):
    note, number = credited(house, bakery)
    answer = asked(browser, house, bakery)
    archive, (_, of_invoice, of_note) = archive_of(answer), index_of(answer)
    assert archive.namelist() == [
        f"factuur-{number}.pdf", f"factuur-{number}.xml", f"creditnota-{note}.pdf", f"creditnota-{note}.xml",
        "index.csv",
    ]  # fmt: skip
    assert archive.read(f"creditnota-{note}.pdf") == PDF + note.encode()
    assert note.encode() in archive.read(f"creditnota-{note}.xml")
    assert (of_invoice[0], of_invoice[6], of_invoice[8]) == (number, "121,00", "121,00")
    assert of_note[:12] == [
        note, "02-03-2026", "", "Bakkerij 't Hörntje", "-100,00", "-21,00", "-121,00", "", "", "",
        f"Creditnota bij {number}", "",
    ]  # fmt: skip
    for name, sha256 in (of_note[12:14], of_note[14:16]):
        assert digest(archive.read(name)) == sha256


def test_a_credit_note_that_is_still_being_printed_is_waited_for_too(browser, house, bakery):
    credited(house, bakery, is_printed=False)
    assert asked(browser, house, bakery).status_code == 503


def test_the_index_is_what_a_spreadsheet_with_dutch_settings_reads(browser, house, bakery):
    number = printed(house, bakery)
    answer = asked(browser, house, bakery)
    assert archive_of(answer).read("index.csv").startswith(b"\xef\xbb\xbf")
    assert index_of(answer) == [
        COLUMNS,
        [number, "02-03-2026", "16-03-2026", "Bakkerij 't Hörntje", "100,00", "21,00", "121,00", "0,00", "0,00",
         "121,00", "Onbetaald", "", f"factuur-{number}.pdf", digest(PDF + number.encode()), f"factuur-{number}.xml",
         digest(f"<ubl {number} open 12100/>".encode())],
    ]  # fmt: skip


def test_a_name_that_looks_like_a_formula_calculates_nothing(browser, house):
    account = house.customer('=HYPERLINK("https://evil.test");x')
    house.person(OWNER, account)
    printed(house, account)
    assert index_of(asked(browser, house, account))[1][3] == '\'=HYPERLINK("https://evil.test");x'


def test_only_the_days_that_were_asked_for_are_in_it(browser, house, bakery):
    printed(house, bakery)
    house.clock.forward(days=1)
    second = printed(house, bakery)
    assert [row[0] for row in index_of(asked(browser, house, bakery, "2026-03-03", "2026-12-31"))[1:]] == [second]


def test_more_files_than_are_read_at_once_are_all_there(browser, house, bakery, monkeypatch):
    monkeypatch.setattr(period, "AT_ONCE", 2)
    monkeypatch.setattr(period, "SMALL_BYTES", 10)
    monkeypatch.setattr(period, "CHUNK_BYTES", 7)
    numbers = [credited(house, bakery) for _ in range(5)]
    archive = archive_of(asked(browser, house, bakery))
    assert archive.testzip() is None
    for note, number in numbers:
        assert archive.read(f"factuur-{number}.pdf") == PDF + number.encode()
        assert archive.read(f"creditnota-{note}.pdf") == PDF + note.encode()


def test_while_one_is_still_being_printed_there_is_no_archive(browser, house, bakery):
    printed(house, bakery)
    house.invoice(bakery)
    answer = asked(browser, house, bakery)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "wordt nog gemaakt" in answer.text


def test_one_that_is_printed_meanwhile_is_waited_for(browser, house, bakery, monkeypatch):
    number = house.invoice(bakery)
    monkeypatch.setattr(files, "WAIT_SECONDS", 30)

    async def worker_prints(seconds):
        house.print(found(house, number).id)

    monkeypatch.setattr(files, "sleep", worker_prints)
    assert asked(browser, house, bakery).status_code == 200


@pytest.mark.parametrize(
    ("first", "last", "status", "words"),
    [
        ("2026-03-03", "2026-03-02", 400, "draai de twee datums om"),
        ("2025-01-01", "2026-03-02", 400, "hoogstens 400 dagen"),
        ("2026-01-01", "2026-01-31", 404, "Geen facturen in deze periode"),
    ],
)
def test_a_period_that_can_not_be_had_gets_a_page_that_says_why(browser, house, bakery, first, last, status, words):
    printed(house, bakery)
    answer = asked(browser, house, bakery, first, last)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_too_many_invoices_get_a_page_that_says_so(browser, house, bakery, monkeypatch):
    monkeypatch.setattr("billing.correspondence.periods.MOST_DOCUMENTS", 1)
    for _ in range(2):
        printed(house, bakery)
    answer = asked(browser, house, bakery)
    assert (answer.status_code, "te veel facturen" in answer.text) == (413, True)


@pytest.mark.parametrize(
    ("first", "last"),
    [("", TODAY), ("2026-3-2", TODAY), ("20260302", TODAY), ("2026-02-30", TODAY), ("2026-W10-1", TODAY),
     (TODAY, "morgen"), (TODAY, "٢٠٢٦-03-02"), ([TODAY, TODAY], TODAY)],
)  # fmt: skip
def test_what_is_no_day_is_refused(browser, house, bakery, first, last):
    printed(house, bakery)
    assert asked(browser, house, bakery, first, last).status_code == 400


@pytest.mark.parametrize("account", ["", "x", "-1", "0", "1.0", "1 OR 1=1", "9" * 30])
def test_what_is_no_account_is_refused(browser, house, bakery, account):
    assert asked(browser, house, account).status_code == 400


def test_a_foreign_account_and_one_that_is_not_there_get_the_same_answer(browser, house, bakery):
    foreign = house.customer("Van een ander")
    printed(house, foreign)
    answers = [asked(browser, house, account) for account in (foreign, 4711, 10**8)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Van een ander" not in answers[0].text


def test_a_foreign_account_says_nothing_of_its_period_either(browser, house, bakery):
    foreign = house.customer("Van een ander")
    texts = {asked(browser, house, foreign, first).text for first in (TODAY, "2026-03-03", "2020-01-01")}
    assert len(texts) == 1


def test_a_technician_of_the_customer_gets_nothing(browser, house, bakery):
    printed(house, bakery)
    house.person("tech@demo.test", bakery, role=Role.TECHNICIAN)
    assert asked(browser, house, bakery, email="tech@demo.test").status_code == 404


def test_it_needs_a_session_and_a_page_of_ours(browser, house, bakery):
    data = {"account": bakery, "from": TODAY, "to": TODAY}
    assert browser.post("/files/period.zip", data=data).headers["location"] == "/login?next=%2Finvoices"
    assert asked(browser, house, bakery, Origin="https://evil.test").status_code == 403
