"""Explanations that open where they are needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """A question as the customer would ask it, and its answer in a few short paragraphs."""

    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    mandate: Explanation
    under_way: Explanation
    credits: Explanation
