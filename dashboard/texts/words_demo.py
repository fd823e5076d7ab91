"""What a language has to say on the page of who shows the demo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StepWords:
    """A step of a story. login: who does it, as stands before @demo.test; path: where, with {invoice} in its place."""

    title: str
    text: str
    login: str = ""
    path: str = ""


@dataclass(frozen=True)
class StoryWords:
    """say: what to tell meanwhile."""

    title: str
    minutes: int
    say: str
    steps: Mapping[str, StepWords]


@dataclass(frozen=True)
class FaultWords:
    title: str
    text: str


@dataclass(frozen=True)
class Demo:
    watermark: str
    title: str
    lede: str
    list: str
    size: Callable[[int, int], str]
    place: str
    again: str
    begin: str
    next: str
    busy: str
    by_itself: str
    not_begun: str
    at_step: str
    told: str
    say: str
    where: str
    open: str
    private: str
    cue: str
    cue_none: str
    cue_told: str
    cue_link: str
    clock: str
    clock_note: str
    moves: Mapping[str, str]
    to_event: str
    faults: str
    mailbox: str
    mailbox_all: str
    no_mails: str
    reset: str
    reset_took: str
    no_outside: str
    stories: Mapping[str, StoryWords]
    fault: Mapping[str, FaultWords]
    refused: Mapping[str, str]
