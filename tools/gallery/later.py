"""The scenes of weeks later: a collection has been taken back on day 40, and what was not paid has gone its way."""

from billing.demo import console
from billing.demo import scenes as stage
from tests.e2e.stack import Demo
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
    story = next(told for told in console.STORIES if told.key == STORY)
    for _ in story.steps:
        console.go_on(demo.billing, presenter, STORY)
    [number] = next(scene for scene in demo.billing.ask(stage.begun, presenter) if scene.story == STORY).invoices
    return number
