"""Everybody is spoken to in the language of their choice, wherever they log in."""

import pytest

from billing.access import Actor
from billing.errors import NotFound
from billing.logins import queries, sessions
from billing.logins.languages import LANGUAGES, choose_language
from billing.logins.sessions import Visitor
from dashboard.texts import languages
from tests.factories import Shop


@pytest.fixture
def token(shop: Shop, owner: Actor) -> str:
    return shop.do(sessions.start, owner.user_id or 0, Visitor())


def spoken(shop: Shop, token: str) -> str:
    found = shop.ask(queries.identity, token) or pytest.fail("logged out")
    return found.language


def test_a_choice_is_kept_for_all_sessions_of_the_person_and_for_nobody_else(
    shop: Shop, account: int, owner: Actor, token: str
) -> None:
    elsewhere = shop.do(sessions.start, owner.user_id or 0, Visitor())
    other = shop.do(sessions.start, shop.member(account).user_id or 0, Visitor())
    shop.do(choose_language, token, "en")
    assert [spoken(shop, one) for one in (token, elsewhere, other)] == ["en", "en", "nl"]


def test_one_keeps_choosing_while_looking_through_other_eyes(
    shop: Shop, account: int, owner: Actor, token: str
) -> None:
    shop.do(sessions.look_as, owner, token, account, role="read_only", scopes=("invoices.view",))
    shop.do(choose_language, token, "en")
    assert spoken(shop, token) == "en"


@pytest.mark.parametrize("language", ["", "de", "EN", "nl'; --"])
def test_a_language_that_is_not_spoken_is_refused(shop: Shop, token: str, language: str) -> None:
    with pytest.raises(NotFound):
        shop.do(choose_language, token, language)
    assert spoken(shop, token) == "nl"


def test_a_session_that_ended_chooses_nothing(shop: Shop, owner: Actor, token: str) -> None:
    shop.do(sessions.end, token)
    shop.do(choose_language, token, "en")
    assert spoken(shop, shop.do(sessions.start, owner.user_id or 0, Visitor())) == "nl"


def test_what_can_be_chosen_is_what_the_screens_speak() -> None:
    assert set(languages.LANGUAGES) == LANGUAGES
