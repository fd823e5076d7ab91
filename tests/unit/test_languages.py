"""Dutch and English say the same things: no sentence is missing in either, and each is filled in the same way."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import FunctionType
from typing import Any

import pytest

from dashboard.texts import nl
from dashboard.texts.en import EN
from dashboard.texts.nl import NL

TEXTS = Path(nl.__file__).parent
COUNTS = (0, 1, 2, 13)

Leaf = tuple[str, Any, Any]


def leaves(dutch: Any, english: Any, path: str = "texts") -> Iterator[Leaf]:
    """Whatever is no part with parts of its own, in both languages and by where it stands; the shapes must be one."""
    assert type(dutch) is type(english), path
    for name, ours, theirs in parts(dutch, english, path):
        yield from leaves(ours, theirs, f"{path}.{name}")
    if not (is_dataclass(dutch) or isinstance(dutch, dict | tuple)):
        yield path, dutch, english


def parts(dutch: Any, english: Any, path: str) -> Iterator[Leaf]:
    if is_dataclass(dutch):
        yield from ((one.name, getattr(dutch, one.name), getattr(english, one.name)) for one in fields(dutch))
    elif isinstance(dutch, dict):
        assert list(dutch) == list(english), path
        yield from ((str(key), dutch[key], english[key]) for key in dutch)
    elif isinstance(dutch, tuple):
        assert len(dutch) == len(english), path
        yield from ((str(place), *pair) for place, pair in enumerate(zip(dutch, english, strict=True)))


def sentences() -> Iterator[tuple[str, str, str]]:
    return (leaf for leaf in leaves(NL, EN) if isinstance(leaf[1], str))


def counting() -> Iterator[tuple[str, Callable[..., str], Callable[..., str]]]:
    return (leaf for leaf in leaves(NL, EN) if callable(leaf[1]))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"{.*?}", "", sentence))


def said(counted: Callable[..., str], count: int) -> str:
    """What a function makes of a count; it may ask for the count in words as well."""
    asked = inspect.signature(counted).parameters.values()
    return counted(*("some" if one.annotation is str else count for one in asked))


def test_both_languages_have_one_shape_of_sentences_counts_and_numbers():
    assert {type(dutch) for _, dutch, _ in leaves(NL, EN)} == {str, FunctionType, int}


def test_what_is_said_in_one_language_is_said_in_the_other():
    assert [path for path, dutch, english in sentences() if bool(dutch.strip()) != bool(english.strip())] == []


def test_a_sentence_is_filled_in_with_the_same_facts_in_both_languages():
    assert [path for path, dutch, english in sentences() if placeholders(dutch) != placeholders(english)] == []


@pytest.mark.parametrize("count", COUNTS)
def test_every_count_has_words_in_both_languages(count: int):
    told = [(path, said(dutch, count), said(english, count)) for path, dutch, english in counting()]
    assert told
    assert [path for path, dutch, english in told if not dutch.strip() or not english.strip()] == []


def test_no_sentence_is_left_untranslated():
    assert [path for path, dutch, english in sentences() if dutch == english and len(words(dutch)) > 3] == []


def test_small_numbers_are_words_and_larger_ones_are_figures_in_both_languages():
    dutch, english = (texts.dashboard.invoices_in_words for texts in (NL, EN))
    assert [dutch(count).split()[0] for count in COUNTS] == ["geen", "één", "twee", "13"]
    assert [english(count).split()[0] for count in COUNTS] == ["no", "one", "two", "13"]


@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("nl_*.py")))
def test_each_module_of_dutch_has_its_twin_of_english(name: str):
    dutch, english = (import_module(f"dashboard.texts.{one}") for one in (name, f"en{name.removeprefix('nl')}"))
    assert constants(dutch) == constants(english)


def constants(module: Any) -> list[str]:
    """What a module has to offer, in the order in which it says so."""
    return [name for name in vars(module) if name.isupper() and not name.startswith("_")]


def test_nothing_is_said_before_somebody_is_there_to_be_spoken_to():
    program = (
        "from dashboard.texts import languages\n"
        "languages.language = None\n"
        "from importlib import import_module\n"
        "from pkgutil import iter_modules\n"
        "import dashboard.rows\n"
        "for module in iter_modules(dashboard.rows.__path__): import_module(f'dashboard.rows.{module.name}')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
