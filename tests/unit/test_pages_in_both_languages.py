"""A page is built once and holds every language: nothing in it may be said in the one that happens to be spoken."""

import pytest

from billing.documents import DUTCH, ENGLISH
from dashboard.dashboard import app
from dashboard.texts.languages import speak

DRAWN = {draw.__name__: draw for draw, _ in app._registration_context.decorated_pages}


@pytest.mark.parametrize("page", DRAWN)
def test_a_page_is_the_same_whatever_is_spoken_while_it_is_built(page):
    built = []
    for language in (DUTCH, ENGLISH):
        speak(language)
        built.append(str(DRAWN[page]()))
    assert built[0] == built[1]


@pytest.fixture(autouse=True)
def dutch_again():
    yield
    speak(DUTCH)
