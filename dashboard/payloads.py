"""What a browser sends with an event is untrusted, whatever the annotations of the handler say: checked here, once.

A handler that is reached has every argument it declares, of the declared type, with text that can be stored, and no
other. What an argument says still has to be looked up: a right number is not yet one of this account.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

MAX_TEXT = 10_000
MAX_ITEMS = 500
MAX_DEPTH = 5
_BIGGEST = 2**63


def fits(handler: Callable[..., Any], payload: object) -> bool:
    """Whether the arguments in a payload are those that a handler declares, each of its type and within bounds."""
    if not isinstance(payload, dict) or not is_plain(payload):
        return False
    declared, required = _signature(handler)
    return required <= payload.keys() <= declared.keys() and all(
        _is_of(value, declared[name]) for name, value in payload.items()
    )


def is_plain(value: object, *, depth: int = MAX_DEPTH) -> bool:
    """Whether it holds only text that can be stored, numbers that fit a column, and not too much of either."""
    match value:
        case None | bool():
            return True
        case int():
            return -_BIGGEST <= value < _BIGGEST
        case float():
            return abs(value) < _BIGGEST
        case str():
            return is_text(value)
        case list():
            return depth > 0 and len(value) <= MAX_ITEMS and all(is_plain(item, depth=depth - 1) for item in value)
        case dict():
            keys = all(isinstance(key, str) and is_text(key) for key in value)
            return keys and is_plain(list(value.values()), depth=depth)
    return False


def is_text(value: str) -> bool:
    """Whether a text can be stored and sent on: no NUL, no half characters, not endless."""
    return len(value) <= MAX_TEXT and "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _is_of(value: object, declared: Any) -> bool:
    kind = get_origin(declared) or declared
    if kind is Any:
        return True
    if kind in {Union, UnionType}:
        return any(_is_of(value, choice) for choice in get_args(declared))
    inside = get_args(declared)[-1] if get_args(declared) else Any
    if kind is list:
        return isinstance(value, list) and all(_is_of(item, inside) for item in value)
    if isinstance(kind, type) and issubclass(kind, Mapping):
        values = _values(value)
        return values is not None and all(_is_of(item, inside) for item in values)
    return kind in {str, int, float, bool, NoneType} and type(value) is kind


def _values(value: object) -> list[object] | None:
    """The values of an object; None when it is none. Those of a form come as pairs under a name of Reflex's own, which
    it takes apart without looking."""
    if not isinstance(value, dict):
        return None
    if FORM_DATA_ENTRIES_KEY not in value:
        return list(value.values())
    pairs = value[FORM_DATA_ENTRIES_KEY]
    are_pairs = len(value) == 1 and isinstance(pairs, list) and all(_is_pair(pair) for pair in pairs)
    return [pair[1] for pair in pairs] if are_pairs else None


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)


@lru_cache(maxsize=500)
def _signature(handler: Callable[..., Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The arguments that a handler takes from a browser with their types, and which of those can't be left out."""
    hints = get_type_hints(handler)
    _, *parameters = inspect.signature(handler).parameters.values()
    return (
        {parameter.name: hints.get(parameter.name, Any) for parameter in parameters},
        frozenset(parameter.name for parameter in parameters if parameter.default is parameter.empty),
    )
