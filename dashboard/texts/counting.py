"""Sentences that count something, in any language."""

from collections.abc import Callable


def counted(one: str, more: str) -> Callable[[int], str]:
    """A sentence for one, and one for any other number."""
    return lambda count: one if count == 1 else more.format(count=count)
