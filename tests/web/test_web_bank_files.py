"""Handing in files of the bank: what each comes to is said in sentences, and nobody else's is even read."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.bank.tables import BankLine, Statement
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.ports import MOST_BYTES
from dashboard import wiring
from dashboard.rows.common import cents
from dashboard.texts.nl import NL
from dashboard.web import limits
from tests.banking import mt940, received, with_bank
from tests.factories import password_hash
from tests.web.door import COOKIE

TEXTS = NL.staff.money.files
FILE = mt940(*received("121,00", "dank"), closing="C261123EUR221,00")


@pytest.fixture
def desk(house, browser):
    """Hands in a file as somebody of the finance department."""
    wiring.use(with_bank(house.billing), wiring.settings())
    user_id = house.billing.do(
        accounts.add_user, SYSTEM, email="fien@staff.example", name="Fien", password_hash=password_hash(),
        staff_role="finance",
    )  # fmt: skip
    token = house.billing.do(sessions.start, user_id, Visitor())

    def hand_in(content, **headers):
        return post(browser, content, token, **headers)

    return hand_in


def post(browser: TestClient, content, token="", **headers):
    browser.cookies.clear()
    cookie = {"Cookie": f"{COOKIE}={token}"} if token else {}
    return browser.post("/files/bank", content=content, headers=cookie | headers)


def count(house, table):
    return len(house.billing.ask(lambda work: work.session.exec(select(table.id)).all()))


def test_a_file_is_told_statement_by_statement(house, desk):
    [report] = desk(FILE.encode()).json()["reports"]
    assert report["title"].startswith("Geboekt: NL93 TEST 0123 4567 89, afschrift ")
    assert report["text"].startswith("1 regel, allemaal nieuw. 1 regel wacht op jou.")
    assert (report["tone"], report["icon"]) == ("s-pending", "info")
    [again] = desk(FILE.encode()).json()["reports"]
    assert (again["text"], count(house, BankLine)) == (TEXTS.nothing_new, 1)


def test_what_is_set_aside_shows_the_sum_that_does_not_come_out(house, desk):
    [report] = desk(mt940(*received("1,00"), closing="C261123EUR150,00").encode()).json()["reports"]
    assert report["title"].startswith("Opzijgezet: ")
    assert "Beginsaldo € 100,00 en regels € 1,00 geven € 101,00, maar er staat € 150,00: een verschil van € 49,00." in (
        report["text"].replace("\u00a0", " ")
    )
    assert count(house, BankLine) == 0


def test_a_statement_that_was_cut_off_has_no_balance_to_end_at(desk):
    [report] = desk(FILE.partition(":62F:")[0].encode()).json()["reports"]
    assert TEXTS.balance_missing.format(sum="€\u00a0121,00") in report["text"]


def test_a_gap_before_a_statement_is_said(desk):
    desk(mt940(*received("1,00"), closing="C261123EUR101,00").encode())
    later = mt940(*received("2,00"), closing="C261124EUR102,00").replace("2611231123", "2611241124")
    [report] = desk(later.encode()).json()["reports"]
    assert TEXTS.gap.format(gap=cents(-100)) in report["text"]


def test_equal_amounts_on_one_day_are_two_lines(house, desk):
    desk(mt940(*received("5,00"), *received("5,00"), closing="C261123EUR110,00").encode())
    assert count(house, BankLine) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unknown_format"),
        (b"datum;bedrag", "unknown_format"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>', "hostile"),
        (b'<?xml version="1.0"?><Document>', "malformed"),
        (b"0" * (MOST_BYTES + 1), "too_large"),
    ],
)
def test_what_can_not_be_read_is_one_clear_sentence(house, desk, content, reason):
    answer = desk(content)
    assert (answer.status_code, answer.json()["error"]) == (409, "bank_file_refused")
    assert answer.json()["sentence"] == TEXTS.refused[reason]
    assert count(house, Statement) == 0


def test_what_announces_itself_as_too_large_is_not_even_read(desk):
    assert desk(b"x", **{"Content-Length": str(50 * 1024 * 1024)}).json()["sentence"] == TEXTS.refused["too_large"]


def test_a_page_of_somebody_else_can_not_hand_in(house, desk):
    assert desk(FILE.encode(), **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert count(house, Statement) == 0


def test_nobody_else_can_hand_in(house, desk, door, browser):
    assert post(browser, FILE.encode()).json()["error"] == "no_session"
    refused = post(browser, FILE.encode(), door.session())
    assert (refused.status_code, refused.json()["error"]) == (409, "not_allowed")
    assert count(house, Statement) == 0


def test_one_person_hands_in_so_many_files_a_minute(desk):
    answers = [desk(b"no file of a bank") for _ in range(limits.BANK_FILES.times + 1)]
    assert answers[-2].status_code != 429
    assert (answers[-1].status_code, answers[-1].json()["error"]) == (429, "login_throttled")
