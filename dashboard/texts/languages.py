"""Which language is being spoken, and every sentence in it.

One event, one request or one live update speaks to one person. What it says is taken from `SAID`, in the language that
was set at its door; the pages themselves hold every language at once, see `dashboard.components.shown`.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import is_dataclass
from functools import reduce
from typing import Any, cast

from billing.documents import DUTCH, ENGLISH
from dashboard.texts.en import EN
from dashboard.texts.nl import NL
from dashboard.texts.words import Texts

LANGUAGES: Mapping[str, Texts] = {DUTCH: NL, ENGLISH: EN}

_spoken: ContextVar[str] = ContextVar("language", default=DUTCH)


def speak(code: str) -> None:
    """Say everything in this language from now on, until this event or request ends; in Dutch for an unknown one."""
    _spoken.set(code if code in LANGUAGES else DUTCH)


def language() -> str:
    """The code of the language that is being spoken."""
    return _spoken.get()


def at(texts: Texts, path: tuple[str, ...]) -> Any:
    """What stands in the texts of one language under these names."""
    return reduce(getattr, path, cast(Any, texts))


class _Part:
    """A part of the texts that may be kept: its sentences are looked up at the moment at which they are said."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:
        path = (*self._path, name)
        return _Part(path) if is_dataclass(at(NL, path)) else at(LANGUAGES[language()], path)


SAID = cast(Texts, _Part(()))
