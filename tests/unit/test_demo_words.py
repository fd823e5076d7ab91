"""The page of who shows the demo has words for everything that can be on it."""

import re
from datetime import UTC, datetime

import pytest

from billing.demo.console import Console, Told
from billing.demo.people import USERS
from billing.demo.scenes import Scene
from billing.demo.stories import STORIES, Story
from billing.ports import Fault, StageView
from dashboard.rows.demo import Card, View, view
from dashboard.texts.nl import NL

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
TEXTS = NL.demo


def shown(*told: Told, current: str = "", chosen: str = "") -> View:
    outside = StageView(frozenset({Fault.MAIL_DOWN}), (), "http://sandbox.test/mailbox")
    return view(Console(told, current, NOW, None, outside, {}), chosen)


def card(story: Story, *happened: bool) -> Card:
    return shown(Told(story, Scene(story.key, NOW, ("2026-0007",)), happened)).card


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_each_story_and_each_of_its_steps_has_words_and_no_words_are_left_over(story: Story) -> None:
    assert list(TEXTS.stories[story.key].steps) == [step.key for step in story.steps]
    assert set(TEXTS.stories) == {story.key for story in STORIES}
    assert set(TEXTS.fault) == set(Fault)


def test_who_a_step_is_for_has_a_log_in() -> None:
    logins = {step.login for story in TEXTS.stories.values() for step in story.steps.values()} - {""}
    assert {f"{login}@demo.test" for login in logins} <= set(USERS)


def test_before_it_is_begun_a_story_asks_for_its_scene() -> None:
    fresh = shown(Told(STORIES[0], None, ())).card
    assert (fresh.press, fresh.badge, fresh.is_begun) == ("Klaarzetten", "Nog niet begonnen", False)
    assert {step.open for step in fresh.steps} == {""}


def test_the_next_step_is_the_first_that_did_not_happen() -> None:
    at_second = card(STORIES[0], True, False, False, False)
    assert [step.state for step in at_second.steps] == ["done", "now", "next", "next"]
    assert (at_second.badge, at_second.press) == ("Bezig, stap 2 van 4", "Volgende stap")
    assert at_second.steps[1].url == "/login?next=/invoices/2026-0007"


def test_what_comes_by_itself_has_a_hint_in_place_of_a_button() -> None:
    waiting = card(STORIES[0], False, False, False, False)
    assert (waiting.press, waiting.hint) == ("", "Dit gebeurt vanzelf; het duurt een paar tellen.")


def test_a_story_that_was_told_can_be_set_again() -> None:
    told = card(STORIES[0], True, True, True, True)
    assert (told.badge, told.press, told.is_begun) == ("Verteld", "Opnieuw klaarzetten", False)


def test_the_story_that_was_chosen_goes_before_the_one_that_is_being_told() -> None:
    every = [Told(story, None, ()) for story in STORIES]
    assert shown(*every, current="late").card.key == "late"
    assert shown(*every, current="late", chosen="cancel").card.key == "cancel"
    assert shown(*every, chosen="nothing of the kind").card.key == "ideal"


def test_a_sandbox_that_is_silent_is_named() -> None:
    silent = view(Console((Told(STORIES[0], None, ()),), "", NOW, None, None, {}), "")
    assert re.search("sandbox antwoordt niet", silent.trouble)
    assert silent.faults == ()


def test_a_failure_that_is_on_shows() -> None:
    switches = {row.key: row.on for row in shown(Told(STORIES[0], None, ())).faults}
    assert switches == dict.fromkeys(Fault, "false") | {"mail_down": "true"}
