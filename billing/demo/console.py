"""What the presenter's page can do: begin a story, let it go on, move the clock, break things, and begin anew."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, func, select

from billing.access import Actor
from billing.accounts import queries as accounts
from billing.accounts.tables import Account
from billing.clock import AMSTERDAM, local_day
from billing.db import Work
from billing.demo import doing, restoring, scenes
from billing.demo.people import BAKERY, CLUB
from billing.demo.scenes import Scene
from billing.demo.stories import STORIES, Story
from billing.errors import NotFound, ProviderRefused, ProviderUnclear, Refused
from billing.invoices.tables import Invoice
from billing.mandates.tables import Collection
from billing.ports import Fault, Party, StageView
from billing.runtime import Billing

LONGEST_MOVE = timedelta(days=60)
# In the morning, when the banks have done what they do at night.
MORNING = 8


@dataclass(frozen=True)
class Told:
    """A story and how far it is. happened: for each of its steps; scene: None before it was begun."""

    story: Story
    scene: Scene | None
    happened: tuple[bool, ...]

    @property
    def at(self) -> int:
        """The step that comes next; the number of steps when it is told."""
        return next((place for place, is_done in enumerate(self.happened) if not is_done), len(self.happened))


@dataclass(frozen=True)
class Console:
    """Everything on the page. current: the key of the story that is being told; empty for none. outside: None while the
    sandbox does not answer. versions: the change counters of the customers in the stories."""

    told: tuple[Told, ...]
    current: str
    now: datetime
    next_event: date | None
    outside: StageView | None
    versions: Mapping[int, int]


@dataclass(frozen=True)
class Cue:
    """What who shows the demo has at hand on every page. told: the story that is being told, None for none."""

    now: datetime
    next_event: date | None
    told: Told | None


def overview(billing: Billing, actor: Actor) -> Console:
    """How the demo stands. Raises NotFound outside of one, and NotAllowed."""
    stage = doing.stage(billing)
    begun = billing.ask(scenes.begun, actor)
    by_story = {scene.story: scene for scene in begun}
    try:
        outside = stage.view()
        told = tuple(_told(billing, story, by_story.get(story.key)) for story in STORIES)
    except (ProviderUnclear, ProviderRefused):
        outside, told = None, tuple(Told(story, None, ()) for story in STORIES)
    return Console(
        told, begun[-1].story if begun else "", billing.clock.now(), billing.ask(next_event), outside,
        billing.ask(_versions),
    )  # fmt: skip


def cue(billing: Billing, actor: Actor) -> Cue:
    """What comes next. Raises NotFound outside of a demo, and NotAllowed."""
    doing.stage(billing)
    begun = billing.ask(scenes.begun, actor)
    try:
        told = _told(billing, _story(begun[-1].story), begun[-1]) if begun else None
    except (ProviderUnclear, ProviderRefused):
        told = None
    return Cue(billing.clock.now(), billing.ask(next_event), told)


def begin(billing: Billing, actor: Actor, key: str) -> None:
    """Set the scene of a story. Raises NotFound, NotAllowed, or Refused (`again`) for what needs a reset first."""
    story, stage = _story(key), doing.stage(billing)
    billing.do(_set, actor, story, billing.policy.seller)
    if story.fault is not None:
        stage.turn(story.fault, on=True)


def go_on(billing: Billing, actor: Actor, key: str) -> None:
    """Do the next step of a story that was begun. Raises NotFound, NotAllowed, what the step raises, and Refused
    (`by_itself`) when it is not for anybody to do."""
    billing.ask(scenes.require_presenter, actor)
    doing.stage(billing)
    scene = {scene.story: scene for scene in billing.ask(scenes.begun, actor)}.get(key)
    told = _told(billing, _story(key), scene)
    if scene is None or told.at == len(told.story.steps):
        raise NotFound()
    step = told.story.steps[told.at]
    if step.do is None:
        raise Refused(reason="by_itself")
    step.do(billing, scene)


def move(billing: Billing, actor: Actor, by: timedelta) -> None:
    """Let time pass, with all that should happen meanwhile. Raises NotFound, NotAllowed, and Refused (`too_far`)."""
    billing.ask(scenes.require_presenter, actor)
    if not timedelta() < by <= LONGEST_MOVE:
        raise Refused(reason="too_far")
    doing.let_pass(billing, by)


def move_to_event(billing: Billing, actor: Actor) -> None:
    """Let time pass until the morning of the next day on which something is due. Raises as `move` does."""
    day = billing.ask(next_event)
    if day is None:
        raise Refused(reason="no_event")
    morning = datetime(day.year, day.month, day.day, MORNING, tzinfo=AMSTERDAM)
    move(billing, actor, morning - billing.clock.now())


def turn(billing: Billing, actor: Actor, fault: str, *, on: bool) -> None:
    """Switch a failure on or off. Raises NotFound and NotAllowed."""
    billing.ask(scenes.require_presenter, actor)
    if fault not in set(Fault):
        raise NotFound()
    doing.stage(billing).turn(Fault(fault), on=on)


def reset(billing: Billing, actor: Actor) -> timedelta:
    """Everything as it was seeded, on the machine's own day; returns how long it took.

    Raises NotFound, NotAllowed, Refused (`nothing_kept`), and Conflict while the database is never free.
    """
    billing.ask(scenes.require_presenter, actor)
    stage, began = doing.stage(billing), time.monotonic()

    def begin() -> datetime:
        # The clock with the rows: with the old story on the new day, a worker would dun everybody for weeks that did
        # not pass.
        stage.reset()
        return billing.clock.now()

    restoring.restore(billing.database, begin)
    return timedelta(seconds=time.monotonic() - began)


def next_event(work: Work) -> date | None:
    """The next day on which an invoice is late for the first time, or a collection is due."""
    today = local_day(work.now)
    late = select(func.min(Invoice.due_on)).where(col(Invoice.due_on) >= today, Invoice.open_cents > 0)
    due = work.session.exec(late).one()
    days = [due + doing.ONE_DAY] if due else []
    for day, states in (
        (Collection.submit_on, ("planned", "announced")), (Collection.collect_on, ("submitted",)),
    ):  # fmt: skip
        found = select(func.min(day)).where(col(day) > today, col(Collection.state).in_(states))
        days += [first for first in work.session.exec(found) if first]
    return min(days, default=None)


def _set(work: Work, actor: Actor, story: Story, seller: Party) -> None:
    scenes.require_presenter(work, actor)
    scenes.note(work, actor, story.key, story.prepare(work, seller))


def _told(billing: Billing, story: Story, scene: Scene | None) -> Told:
    happened = tuple(step.happened(billing, scene) for step in story.steps) if scene else ()
    return Told(story, scene, happened)


def _story(key: str) -> Story:
    found = next((story for story in STORIES if story.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _versions(work: Work) -> Mapping[int, int]:
    on_stage = select(Account.id).where(col(Account.name).in_([BAKERY.name, CLUB.name]))
    return accounts.versions(work, [found or 0 for found in work.session.exec(on_stage)])
