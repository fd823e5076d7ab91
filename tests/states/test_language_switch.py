"""A tab speaks the language of its person, else that of its browser, and changes it at one press."""

import asyncio

import pytest

from dashboard.language import LanguageState, Speaker, of_headers
from dashboard.pages.login import LoginState
from dashboard.pages.overview import OverviewState
from dashboard.texts.languages import language
from tests.states.conftest import Tab


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        ("", "", "nl"), ("", "en-GB,en;q=0.9", "en"), ("", "fr, en;q=0.8, nl;q=0.7", "en"), ("", "fr-FR", "nl"),
        ("voldaan_language=nl", "en", "nl"), ("voldaan_language=xx", "en", "en"),
        ("a=b; voldaan_language=en", "", "en"), ("voldaan_language=", ";;,", "nl"),
    ],
)  # fmt: skip
def test_a_browser_is_answered_as_it_was_before_else_as_it_asks(cookie, accepted, spoken):
    assert of_headers(cookie, accepted) == spoken


def test_all_that_a_page_says_comes_in_the_language_that_was_chosen(shop, account, tab):
    shop.invoice(account, "10.00")
    tab.open(OverviewState)
    tab.do(LanguageState, "choose", "en")
    shown = tab.open(OverviewState)
    assert shown.today == "Friday, 6 March 2026. There is one invoice open."
    assert shown.open.rows[0].badge.label == "Unpaid"
    assert shown.open.rows[0].open.figures == "12.10"


def test_a_choice_has_the_page_loaded_again_and_is_there_in_another_tab(shop, account, bookkeeper, token, owners_tab):
    owners_tab.open(OverviewState)
    owners_tab.do(LanguageState, "choose", "en")
    assert "on_load_internal" in str(owners_tab.last)
    other = Tab(token)
    other.open(OverviewState)
    assert other.page(LanguageState).english


@pytest.mark.parametrize("code", ["de", "", "nl-NL"])
def test_a_language_that_we_do_not_speak_changes_nothing(shop, owners_tab, code):
    owners_tab.open(OverviewState)
    owners_tab.do(LanguageState, "choose", code)
    assert owners_tab.last == []
    assert not owners_tab.page(LanguageState).english


def test_nobody_may_choose_too_and_the_door_stays_in_that_language(shop):
    tab = Tab()
    tab.open(LoginState, "/login")
    assert tab.do(LanguageState, "choose", "en").english
    tab.open(LoginState, "/login")
    assert tab.page(LanguageState).english


def test_before_any_event_it_is_known_how_to_answer(shop, token):
    async def told() -> str:
        state = tab.at(LanguageState, "/")
        await Speaker().preprocess(None, state, None)
        return language()

    tab = Tab()
    tab.page(LanguageState)._code = "en"
    assert asyncio.run(told()) == "en"
