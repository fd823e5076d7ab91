"""Sentences of a page, in every language: which one is seen is decided in the browser, without asking the server."""

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any

import reflex as rx

from billing.documents import DUTCH, ENGLISH
from dashboard.language import LanguageState
from dashboard.texts.languages import LANGUAGES


class Pattern:
    """A sentence that is still to be filled in."""

    def __init__(self, dutch: str, english: str) -> None:
        self._dutch, self._english = dutch, english

    def format(self, **values: Any) -> rx.Var[str]:
        """The sentence with these values, each a constant or a var."""
        return _either(self._dutch.format(**values), self._english.format(**values))

    @property
    def unfilled(self) -> rx.Var[str]:
        """The sentence as it is, for a script that fills it in."""
        return _either(self._dutch, self._english)


class _Part:
    """A part of the texts, by the same names as in the texts of one language."""

    def __init__(self, dutch: Any, english: Any) -> None:
        self._dutch, self._english = dutch, english

    def __getattr__(self, name: str) -> Any:
        return _shown(getattr(self._dutch, name), getattr(self._english, name))


def _shown(dutch: Any, english: Any) -> Any:
    match dutch:
        case str():
            return Pattern(dutch, english) if "{" in dutch else _either(dutch, english)
        case tuple():
            return tuple(_shown(*both) for both in zip(dutch, english, strict=True))
        case dict():
            return {key: _shown(sentence, english[key]) for key, sentence in dutch.items()}
        case _ if is_dataclass(dutch):
            return _Part(dutch, english)
        case _:
            return _either(dutch, english)


def _either(dutch: Any, english: Any) -> Any:
    return rx.cond(LanguageState.english, english, dutch).to(str)


def in_each(content: Callable[[str], rx.Component]) -> rx.Component:
    """A part of a page that is more than sentences, for each language. content: makes it for a code of one."""
    return rx.cond(LanguageState.english, content(ENGLISH), content(DUTCH))


def spoken(*children: Any, class_name: str) -> rx.Component:
    """The whole of a page, in the language that it is shown in."""
    code = _either(DUTCH, ENGLISH)
    return rx.el.div(*children, class_name=class_name, lang=code, custom_attrs={"data-spoken": code})


SHOWN: Any = _Part(LANGUAGES[DUTCH], LANGUAGES[ENGLISH])
