"""Answering a reminder without a session: from the link in the mail."""

import pytest
from sqlalchemy import update
from sqlmodel import select

from billing.invoices.tables import Invoice
from billing.reminders.tables import AccountHold, ReminderTask
from tests.fakes.house import SIGNING_KEY
from tests.reminding import link_of, write_step

FOREIGN = {"Origin": "https://elsewhere.test", "Sec-Fetch-Site": "cross-site"}
PAID = {"answer": "paid", "paid_on": "2026-03-01", "how": "transfer", "amount": "121,00"}
LATER = {"answer": "later", "pay_on": "2026-03-09"}


@pytest.fixture
def link(house):
    """The token in a reminder about an invoice of € 121."""
    account_id = house.customer("Bakkerij")
    return link_of(house.billing.do(write_step, house.invoice(account_id)), SIGNING_KEY)


def tell(browser, link, fields, **headers):
    return browser.post(f"/reminder/answer/{link}", data=fields, headers=headers)


def holds(house):
    return house.billing.ask(lambda work: list(work.session.exec(select(AccountHold))))


def test_who_says_that_it_was_paid_is_left_in_peace_and_somebody_looks_for_it(browser, house, link):
    answer = tell(browser, link, PAID)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reminder/{link}")
    [hold] = holds(house)
    [task] = house.billing.ask(lambda work: list(work.session.exec(select(ReminderTask))))
    assert (hold.kind, hold.until.isoformat()) == ("says_paid", "2026-03-09")
    assert task.facts["cents"] == 12_100
    assert (task.kind, task.facts["how"], task.facts["paid_on"]) == ("paid", "transfer", "2026-03-01")


@pytest.mark.parametrize("typed", ["121", "121.00", "121,00", "€ 121,00", "€\u00a01.121,5"])
def test_an_amount_is_read_as_people_type_it(browser, house, link, typed):
    tell(browser, link, {**PAID, "amount": typed})
    assert holds(house)[0].said["cents"] in {12_100, 112_150}


def test_who_names_a_day_is_left_in_peace_through_it(browser, house, link):
    assert tell(browser, link, LATER).headers["location"] == f"/reminder/{link}"
    assert [(hold.kind, hold.until.isoformat()) for hold in holds(house)] == [("promise", "2026-03-09")]


def test_the_same_link_answers_each_question_once(browser, house, link):
    for fields in (PAID, {**PAID, "amount": "5,00"}, LATER, {**LATER, "pay_on": "2026-03-16"}):
        tell(browser, link, fields)
    assert [(hold.kind, hold.until.isoformat()) for hold in holds(house)] == [
        ("says_paid", "2026-03-09"), ("promise", "2026-03-09"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({**LATER, "pay_on": "2026-03-17"}, "promise_refused"),
        ({**LATER, "pay_on": "2026-03-01"}, "promise_refused"),
        ({**LATER, "pay_on": "morgen"}, "promise_refused"),
        ({**PAID, "paid_on": "2026-03-03"}, "promise_refused"),
        ({**PAID, "paid_on": "2020-03-03"}, "promise_refused"),
        ({**PAID, "how": "in ducats"}, "promise_refused"),
        ({**PAID, "amount": "-5,00"}, "invalid_amount"),
        ({**PAID, "amount": "0"}, "invalid_amount"),
        ({**PAID, "amount": "99999999999"}, "invalid_amount"),
        ({}, "promise_refused"),
    ],
)
def test_an_answer_that_can_not_be_is_refused_and_nothing_is_kept(browser, house, link, fields, code):
    assert tell(browser, link, fields).headers["location"] == f"/reminder/{link}?fout={code}"
    assert holds(house) == []


def test_who_answers_when_all_is_paid_hears_so(browser, house, link):
    house.billing.do(lambda work: work.session.execute(update(Invoice).values(open_cents=0)))
    assert tell(browser, link, PAID).headers["location"] == f"/reminder/{link}?fout=nothing_to_pay"
    assert holds(house) == []


def test_a_forged_link_answers_nothing(browser, house, link):
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert tell(browser, forged, PAID).headers["location"] == f"/reminder/{forged}?fout=reminder_gone"
    assert holds(house) == []


def test_a_page_of_somebody_else_can_not_answer(browser, house, link):
    assert tell(browser, link, PAID, **FOREIGN).status_code == 403
    assert holds(house) == []


def test_who_answers_very_often_has_to_wait(browser, link):
    answers = [tell(browser, link, LATER).headers["location"] for _ in range(11)]
    assert answers[-1] == f"/reminder/{link}?fout=reminder_too_often"
