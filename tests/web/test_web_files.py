"""Downloads of printed invoices: whose they are, which version, and what a browser is told of them."""

import zipfile
from io import BytesIO

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.correspondence.flows import ensure_note_file
from billing.credits import service as credits
from billing.credits.service import CreditLines
from billing.invoices.queries import visible_invoices
from billing.invoices.service import changed
from billing.logins.flows import LogIn, log_in
from dashboard.web import files
from tests.fakes.house import PASSWORD, PDF


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(files, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def bakery(house):
    """A customer with an owner."""
    account_id = house.customer("Bakkerij")
    house.person("owner@demo.test", account_id)
    return account_id


def as_person(house, email):
    token = log_in(house.billing, LogIn(email, PASSWORD)).token
    return {"Cookie": f"__Host-voldaan_session={token}"}


def printed(house, account_id):
    """An issued invoice that the worker has printed."""
    number = house.invoice(account_id)
    house.print(found(house, number).id)
    return number


def found(house, number):
    return house.billing.ask(visible_invoices, SYSTEM, [number])[0]


def test_the_owner_gets_the_pdf_in_the_browser(browser, house, bakery):
    number = printed(house, bakery)
    answer = browser.get(f"/files/invoices/{number}.pdf", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.content) == (200, PDF + number.encode())
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="factuur-{number}.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_on_request_it_is_saved_instead_of_shown(browser, house, bakery):
    number = printed(house, bakery)
    answer = browser.get(f"/files/invoices/{number}.pdf?download=1", headers=as_person(house, "owner@demo.test"))
    assert answer.headers["content-disposition"] == f'attachment; filename="factuur-{number}.pdf"'


def test_without_a_session_the_way_leads_through_signing_in(browser, house, bakery):
    answer = browser.get(f"/files/invoices/{printed(house, bakery)}.pdf?download=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Ffiles%2Finvoices%2F2026-0001.pdf%3Fdownload%3D1"


def test_foreign_unknown_and_impossible_numbers_get_one_and_the_same_answer(browser, house, bakery):
    foreign = printed(house, house.customer("Fietsclub"))
    names = [f"{foreign}.pdf", "2026-9999.pdf", "2026-0001", "2026-0001.exe", "a'b.pdf", "%00.pdf", "é.pdf", ".pdf",
             "x" * 500 + ".pdf", "2026-0001.pdf%0d%0aX-Evil: 1"]  # fmt: skip
    cookie = as_person(house, "owner@demo.test")
    answers = [browser.get(f"/files/invoices/{name}", headers=cookie) for name in names]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd.pdf", "../../etc/passwd.pdf", "%2e%2e/%2e%2e/etc/passwd"])
def test_a_path_that_climbs_finds_nothing(browser, house, bakery, name):
    answer = browser.get(f"/files/invoices/{name}", headers=as_person(house, "owner@demo.test"))
    assert answer.status_code == 404


def test_a_technician_of_the_same_customer_gets_the_answer_of_a_stranger(browser, house, bakery):
    house.person("tech@demo.test", bakery, role=Role.TECHNICIAN)
    cookie = as_person(house, "tech@demo.test")
    own = browser.get(f"/files/invoices/{printed(house, bakery)}.pdf", headers=cookie)
    unknown = browser.get("/files/invoices/2026-9999.pdf", headers=cookie)
    assert (own.status_code, own.text) == (unknown.status_code, unknown.text) == (404, own.text)


def test_a_refused_download_is_logged_once_with_who_asked_for_what(browser, house, bakery, caplog):
    house.person("tech@demo.test", bakery, role=Role.TECHNICIAN)
    browser.get(f"/files/invoices/{printed(house, bakery)}.pdf", headers=as_person(house, "tech@demo.test"))
    [said] = [line.getMessage() for line in caplog.records if line.name == "billing.refusals"]
    assert said.startswith("refused: user ")
    assert said.endswith(f" has no right invoices.view in account {bakery}: correspondence.files.printed_invoices")


def test_a_pdf_of_an_older_version_is_never_handed_out(browser, house, bakery):
    number = printed(house, bakery)
    house.billing.do(lambda work: changed(work, visible_invoices(work, SYSTEM, [number])[0]))
    answer = browser.get(f"/files/invoices/{number}.pdf", headers=as_person(house, "owner@demo.test"))
    assert answer.status_code == 503
    assert PDF not in answer.content


def test_while_it_is_being_printed_a_page_says_so_and_tries_again(browser, house, bakery):
    answer = browser.get(f"/files/invoices/{house.invoice(bakery)}.pdf", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "De pdf wordt gemaakt" in answer.text
    assert 'http-equiv="refresh"' in answer.text


def test_a_pdf_that_is_printed_meanwhile_is_waited_for(browser, house, bakery, monkeypatch):
    number, cookie = house.invoice(bakery), as_person(house, "owner@demo.test")
    monkeypatch.setattr(files, "WAIT_SECONDS", 30)

    async def worker_prints(seconds):
        house.print(found(house, number).id)

    monkeypatch.setattr(files, "sleep", worker_prints)
    assert browser.get(f"/files/invoices/{number}.pdf", headers=cookie).status_code == 200


def test_chosen_invoices_come_together_in_one_archive(browser, house, bakery):
    numbers = [printed(house, bakery) for _ in range(3)]
    cookie = as_person(house, "owner@demo.test")
    answer = browser.post("/files/invoices.zip", data={"number": numbers}, headers=cookie)
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert answer.headers["content-type"] == "application/zip"
    assert archive.namelist() == [f"factuur-{number}.pdf" for number in numbers]
    assert [archive.read(name) for name in archive.namelist()] == [PDF + number.encode() for number in numbers]


def test_one_foreign_invoice_spoils_the_whole_archive(browser, house, bakery):
    numbers = [printed(house, bakery), printed(house, house.customer("Fietsclub"))]
    cookie = as_person(house, "owner@demo.test")
    assert browser.post("/files/invoices.zip", data={"number": numbers}, headers=cookie).status_code == 404


@pytest.mark.parametrize(
    ("numbers", "status"), [([], 400), (["../x"], 404), ([f"2026-{n:04}" for n in range(101)], 413)]
)
def test_an_archive_of_nothing_or_of_too_much_is_refused(browser, house, bakery, numbers, status):
    cookie = as_person(house, "owner@demo.test")
    assert browser.post("/files/invoices.zip", data={"number": numbers}, headers=cookie).status_code == status


def test_an_archive_needs_a_session_and_a_page_of_ours(browser, house, bakery):
    data = {"number": ["2026-0001"]}
    assert browser.post("/files/invoices.zip", data=data).headers["location"] == "/login?next=%2Finvoices"
    foreign = browser.post("/files/invoices.zip", data=data, headers={"Origin": "https://evil.test"})
    assert foreign.status_code == 403


# E-invoices


def test_the_owner_saves_the_einvoice_also_before_it_is_printed(browser, house, bakery):
    number = house.invoice(bakery)
    answer = browser.get(f"/files/invoices/{number}.xml", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.content) == (200, f"<ubl {number} open 12100/>".encode())
    assert answer.headers["content-type"] == "application/xml"
    assert answer.headers["content-disposition"] == f'attachment; filename="factuur-{number}.xml"'
    assert answer.headers["cache-control"] == "no-store"


def test_foreign_and_unknown_einvoices_get_one_and_the_same_answer(browser, house, bakery):
    foreign_note, foreign = credited(house, house.customer("Fietsclub"))
    note, own = credited(house, bakery)
    cookie = as_person(house, "owner@demo.test")
    paths = [f"invoices/{number}" for number in (foreign, "2026-9999", note)]
    paths += [f"credit-notes/{number}" for number in (foreign_note, "C2026-9999", own)]
    answers = [browser.get(f"/files/{path}.xml", headers=cookie) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert browser.get(f"/files/invoices/{own}.xml").headers["location"].startswith("/login?next=")


def test_who_may_not_see_invoices_gets_no_einvoice(browser, house, bakery):
    note, number = credited(house, bakery)
    house.person("tech@demo.test", bakery, role=Role.TECHNICIAN)
    cookie = as_person(house, "tech@demo.test")
    assert browser.get(f"/files/invoices/{number}.xml", headers=cookie).status_code == 404
    assert browser.get(f"/files/credit-notes/{note}.xml", headers=cookie).status_code == 404


def test_the_owner_saves_a_credit_note_as_einvoice(browser, house, bakery):
    number, _ = credited(house, bakery, is_printed=False)
    answer = browser.get(f"/files/credit-notes/{number}.xml", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.content) == (200, f"<ubl {number} credits 12100/>".encode())
    assert answer.headers["content-disposition"] == f'attachment; filename="creditnota-{number}.xml"'


# Credit notes


def credited(house, account_id, *, is_printed=True):
    """A credit note that the worker has printed, with its invoice; returns both numbers."""
    number = printed(house, account_id)
    command = CreditLines(found(house, number).id, "Opgezegd")
    note = house.billing.do(credits.credit_lines, SYSTEM, command)
    house.print(found(house, number).id)
    if is_printed:
        ensure_note_file(house.billing, note.id)
    return note.number, number


def test_the_owner_gets_the_pdf_of_a_credit_note(browser, house, bakery):
    number, _ = credited(house, bakery)
    answer = browser.get(f"/files/credit-notes/{number}.pdf?download=1", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.content) == (200, PDF + number.encode())
    assert answer.headers["content-disposition"] == f'attachment; filename="creditnota-{number}.pdf"'


def test_foreign_and_unknown_credit_notes_get_one_and_the_same_answer(browser, house, bakery):
    foreign, invoice = credited(house, house.customer("Fietsclub"))
    own, own_invoice = credited(house, bakery)
    cookie = as_person(house, "owner@demo.test")
    names = [foreign, "C2026-9999", invoice, own_invoice, "x" * 500]
    answers = [browser.get(f"/files/credit-notes/{name}.pdf", headers=cookie) for name in names]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert browser.get(f"/files/invoices/{own}.pdf", headers=cookie).status_code == 404
    assert browser.get(f"/files/credit-notes/{own}.pdf").headers["location"].startswith("/login?next=")


def test_a_credit_note_that_is_being_printed_is_waited_for(browser, house, bakery):
    number, _ = credited(house, bakery, is_printed=False)
    answer = browser.get(f"/files/credit-notes/{number}.pdf", headers=as_person(house, "owner@demo.test"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_credit_notes_come_along_in_an_archive(browser, house, bakery):
    numbers = credited(house, bakery)
    answer = browser.post("/files/invoices.zip", data={"number": numbers}, headers=as_person(house, "owner@demo.test"))
    names = [f"creditnota-{numbers[0]}.pdf", f"factuur-{numbers[1]}.pdf"]
    assert zipfile.ZipFile(BytesIO(answer.content)).namelist() == names


def test_one_foreign_credit_note_spoils_the_whole_archive(browser, house, bakery):
    numbers = [printed(house, bakery), credited(house, house.customer("Fietsclub"))[0]]
    cookie = as_person(house, "owner@demo.test")
    assert browser.post("/files/invoices.zip", data={"number": numbers}, headers=cookie).status_code == 404
