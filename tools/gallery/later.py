"""The scenes of weeks later: a collection has been taken back on day 40, and what was not paid has gone its way."""

from billing.access import Actor
from billing.demo import console
from billing.demo import scenes as stage
from billing.demo.console import Told
from tests.e2e.stack import Demo, eventually
from tools.gallery.cast import reminder_link
from tools.gallery.now import OWN, STAFF
from tools.gallery.scenes import Scene

STORY, PRESENTER = "storno", "presenter"
OWNER, FINANCE = "eigenaar@demo.test", "finance@demo.test"
PAGES = frozenset({"invoice", "reminder", "dashboard", "invoices", "mandate", "credits", "inbox", *STAFF})


def scenes(demo: Demo) -> list[Scene]:
    """Let the weeks pass, which takes a minute or two, and tell what there is to see then."""
    number = _tell(demo)
    return [
        Scene("invoice", "returned", f"/invoices/{number}", OWNER),
        Scene("reminder", "open", reminder_link(demo)),
        *(Scene(page, "weeks-later", OWN[page], OWNER) for page in OWN if page in PAGES),
        *(Scene(page, "weeks-later", path, FINANCE) for page, path in STAFF.items()),
    ]


def _tell(demo: Demo) -> str:
    """The story to its end; the number of its invoice."""
    presenter = demo.billing.ask(stage.person, PRESENTER)
    console.begin(demo.billing, presenter, STORY)
    told = _told(demo, presenter)
    while told.at < len(told.happened):
        console.go_on(demo.billing, presenter, STORY)
        told = _after(demo, presenter, told.at)
    return told.scene.invoices[0] if told.scene else ""


def _after(demo: Demo, presenter: Actor, step: int) -> Told:
    """How far the story is once a step has happened: when the worker has heard of what was done."""
    eventually(lambda: _told(demo, presenter).at > step)
    return _told(demo, presenter)


def _told(demo: Demo, presenter: Actor) -> Told:
    return next(told for told in console.overview(demo.billing, presenter).told if told.story.key == STORY)
