"""The scenes of weeks later: a collection is announced, made, and taken back on day 40; and what was not paid has gone
its way."""

from collections.abc import Iterator

from billing.access import Actor
from billing.demo import console
from billing.demo import scenes as stage
from billing.demo.console import Told
from tests.e2e.stack import Demo, eventually
from tools.gallery import links
from tools.gallery.now import OWN, STAFF
from tools.gallery.scenes import Scene

# Steps of the story, and what they are called as states of an invoice.
ON_THE_WAY = {"signed": "announced", "submitted": "on-its-way", "collected": "collected", "returned": "returned"}
# A worker hears of what was done within a second, on a machine that has nothing else to do.
PATIENCE_SECONDS = 120
STORY, PRESENTER = "storno", "presenter"
OWNER, FINANCE = "eigenaar@demo.test", "finance@demo.test"
PAGES = frozenset({"invoice", "reminder", "dashboard", "invoices", "mandate", "credits", "inbox", *STAFF})


def scenes(demo: Demo) -> Iterator[Scene]:
    """Let the weeks pass, which takes a minute or two, and tell what there is to see on the way and at the end."""
    presenter = demo.billing.ask(stage.person, PRESENTER)
    console.begin(demo.billing, presenter, STORY)
    told = _told(demo, presenter)
    invoice = f"/invoices/{told.scene.invoices[0] if told.scene else ''}"
    while told.at < len(told.happened):
        step = told.story.steps[told.at].key
        console.go_on(demo.billing, presenter, STORY)
        told = _after(demo, presenter, told.at)
        if step in ON_THE_WAY:
            yield Scene("invoice", ON_THE_WAY[step], invoice, OWNER)
            yield Scene("mandate", ON_THE_WAY[step], OWN["mandate"], OWNER)
    yield Scene("reminder", "open", links.reminder(demo))
    yield from (Scene(page, "weeks-later", OWN[page], OWNER) for page in OWN if page in PAGES)
    yield from (Scene(page, "weeks-later", path, FINANCE) for page, path in STAFF.items())


def _after(demo: Demo, presenter: Actor, step: int) -> Told:
    """How far the story is once a step has happened: when the worker has heard of what was done."""
    eventually(lambda: _told(demo, presenter).at > step, seconds=PATIENCE_SECONDS)
    return _told(demo, presenter)


def _told(demo: Demo, presenter: Actor) -> Told:
    return next(told for told in console.overview(demo.billing, presenter).told if told.story.key == STORY)
