"""The page of the link in a reminder, which works without a log-in."""

from datetime import date

import pytest

from billing.rates import Limit
from billing.reminders import answers
from billing.reminders.answers import Asked, SaysPaid
from dashboard.pages.reminder import ReminderState
from dashboard.rows.reminder import answering
from dashboard.web import limits
from tests.factories import SIGNING_KEY
from tests.reminding import link_of, write_step
from tests.states.conftest import Tab


@pytest.fixture
def number(shop, account):
    return shop.invoice(account)


@pytest.fixture
def link(shop, number):
    return link_of(shop.do(write_step, number), SIGNING_KEY)


def page(link, query=""):
    return Tab().open(ReminderState, f"/reminder/{link}{query}")


def test_the_page_shows_number_and_amount_and_two_ways_to_answer(link, number):
    shown = page(link)
    assert (shown.view.look, shown.view.about) == ("open", f"Het gaat om factuur {number} van €\u00a0121,00.")
    assert (shown.view.figures, shown.view.today, shown.view.last_day) == ("121,00", "2026-03-06", "2026-03-20")
    assert shown.action == f"/reminder/answer/{link}"


def test_several_invoices_are_listed_as_people_say_it():
    asked = Asked(("2026-0108", "2026-0110"), 24_200, date(2026, 3, 6), date(2026, 3, 20))
    assert answering(asked).about == "Het gaat om de facturen 2026-0108 en 2026-0110, samen €\u00a0242,00."


def test_what_was_answered_stands_there_the_next_time(shop, link):
    today = shop.ask(answers.asked, link, SIGNING_KEY).today
    shop.do(answers.says_paid, link, SIGNING_KEY, SaysPaid(today, "ideal", 12_100))
    shop.do(answers.promises, link, SIGNING_KEY, today)
    shown = page(link).view
    assert "13 maart 2026" in shown.told_paid
    assert "6 maart 2026" in shown.told_later


def test_a_link_about_what_is_paid_says_so(shop, bookkeeper, link, number):
    shop.pay(bookkeeper, number)
    assert page(link).view.look == "settled"


def test_a_link_that_is_not_ours_shows_nothing(shop):
    assert (page("made-up").view.look, page("made-up").view.about) == ("missing", "")


def test_the_page_says_what_went_wrong(link):
    assert "binnen twee weken" in page(link, "?fout=promise_refused").sorry


def test_who_opens_very_many_links_has_to_wait(link, monkeypatch):
    monkeypatch.setattr(limits, "REMINDER_PAGES", Limit("reminder page", times=1))
    assert [page(link).view.title for _ in range(2)][1] == "Even wachten"
