"""The bar of who shows the demo, which is on every page."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from billing.clock import AMSTERDAM
from billing.demo.console import Cue, Told
from dashboard.rows.common import LANGUAGE
from dashboard.texts.nl import NL

TEXTS = NL.demo


@dataclass(frozen=True)
class StageBar:
    """time: empty when there is no bar. ahead: milliseconds that the demo is ahead of the machine. event: what the
    button says that goes there; empty for nothing to come. hint: the next step of the story."""

    time: str = ""
    day: str = ""
    ahead: str = ""
    event: str = ""
    hint: str = ""


def stage_bar(cue: Cue, machine: datetime) -> StageBar:
    """machine: the time of the machine that the demo runs on."""
    local = cue.now.astimezone(AMSTERDAM)
    return StageBar(
        time=f"{local:%H.%M}",
        day=format_date(local, "EEE d MMM y", locale=LANGUAGE),
        ahead=str(round((cue.now - machine).total_seconds() * 1000)),
        event=_event(cue.next_event) if cue.next_event else "",
        hint=_hint(cue.told),
    )


def _event(day: date) -> str:
    return TEXTS.to_event.format(day=format_date(day, "d MMM", locale=LANGUAGE))


def _hint(told: Told | None) -> str:
    if told is None:
        return TEXTS.cue_none
    words = TEXTS.stories[told.story.key]
    if told.at == len(told.story.steps):
        return TEXTS.cue_told.format(story=words.title)
    step = words.steps[told.story.steps[told.at].key]
    return TEXTS.cue.format(story=words.title, number=told.at + 1, count=len(told.happened), step=step.title)
