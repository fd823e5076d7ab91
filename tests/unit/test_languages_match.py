"""What the screens say in Dutch, they say in English too: the same sentences, with the same facts in them."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from string import Formatter
from typing import Any

import pytest

from dashboard import texts

_TWINS = sorted(
    name.removeprefix("en_") for _, name, _ in pkgutil.iter_modules(texts.__path__) if name.startswith("en_")
)


def _said(module: str) -> dict[str, Any]:
    found = importlib.import_module(f"dashboard.texts.{module}")
    return {name: value for name, value in vars(found).items() if name.isupper() and not name.startswith("_")}


def _sentences(said: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if is_dataclass(said):
        said = {field.name: getattr(said, field.name) for field in fields(said)}
    if isinstance(said, tuple):
        said = dict(enumerate(said))
    if isinstance(said, Mapping):
        for key, value in said.items():
            yield from _sentences(value, f"{at}/{key}")
    else:
        yield at, said if callable(said) else str(said)


def _facts(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("twin", _TWINS)
def test_every_sentence_has_its_place_in_both_languages(twin: str) -> None:
    dutch, english = _said(f"nl_{twin}"), _said(f"en_{twin}")
    assert [at for at, _ in _sentences(english)] == [at for at, _ in _sentences(dutch)]


@pytest.mark.parametrize("twin", _TWINS)
def test_every_sentence_tells_the_same_facts_in_both_languages(twin: str) -> None:
    english = dict(_sentences(_said(f"en_{twin}")))
    for at, sentence in _sentences(_said(f"nl_{twin}")):
        assert callable(sentence) == callable(english[at]), at
        if not callable(sentence):
            assert _facts(english[at]) == _facts(sentence), at
            assert bool(english[at]) == bool(sentence), at


@pytest.mark.parametrize("twin", _TWINS)
def test_no_whole_sentence_was_left_in_dutch(twin: str) -> None:
    english = dict(_sentences(_said(f"en_{twin}")))
    for at, sentence in _sentences(_said(f"nl_{twin}")):
        if not callable(sentence) and len(sentence.split()) > 3:
            assert english[at] != sentence, at


def test_the_companys_own_pages_are_said_in_english() -> None:
    own = {"demo", "staff", "staff_lights", "staff_money", "staff_pushes", "staff_runs", "staff_stops"}
    assert own <= set(_TWINS)
