"""The scenes of weeks later: a collection is announced, made, and taken back on day 40; and what was not paid has gone
its way."""

from collections.abc import Iterator

from sqlmodel import col, select

from billing.access import Actor
from billing.db import Work
from billing.demo import console, doing
from billing.demo import scenes as stage
from billing.demo.console import Told
from billing.products.tables import Service, ServiceState
from billing.stops import service as stops
from billing.stops.tables import StopOrder
from tests.e2e import newcomers
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY
from tests.stopping import GREEN
from tools.gallery import links
from tools.gallery.now import OWN, STAFF
from tools.gallery.scenes import Scene

# Steps of the story, and what they are called as states of an invoice.
ON_THE_WAY = {"signed": "signed", "submitted": "on-its-way", "collected": "collected", "returned": "returned"}
# A worker hears of what was done within a second, on a machine that has nothing else to do.
PATIENCE_SECONDS = 120
DAYS_TO_ANNOUNCE = 20
STORY, PRESENTER = "storno", "presenter"
OWNER, FINANCE = "eigenaar@demo.test", "finance@demo.test"
PAGES = frozenset({
    "invoice", "reminder", "recover", "dashboard", "invoices", "mandate", "credits", "inbox", "products", *STAFF,
})  # fmt: skip


def scenes(demo: Demo) -> Iterator[Scene]:
    """Let the weeks pass, which takes a minute or two, and tell what there is to see on the way and at the end."""
    recovery = links.recover(demo)
    doing.let_pass(demo.billing, doing.ONE_DAY)
    yield Scene("recover", "plain", recovery)
    presenter = demo.billing.ask(stage.person, PRESENTER)
    console.begin(demo.billing, presenter, STORY)
    told = _told(demo, presenter)
    invoice = f"/invoices/{told.scene.invoices[0] if told.scene else ''}"
    while told.at < len(told.happened):
        step = told.story.steps[told.at].key
        console.go_on(demo.billing, presenter, STORY)
        told = _after(demo, presenter, told.at)
        if step in ON_THE_WAY:
            yield from _both(ON_THE_WAY[step], invoice)
        if step == "signed":
            _until_announced(demo, told)
            yield from _both("announced", invoice)
    yield Scene("reminder", "open", links.reminder(demo))
    yield from (Scene(page, "weeks-later", OWN[page], OWNER) for page in OWN if page in PAGES)
    yield from (Scene(page, "weeks-later", path, FINANCE) for page, path in STAFF.items())
    _order_stops(demo)
    yield Scene("staff-stops", "ordered", STAFF["staff-stops"], FINANCE)
    yield Scene("products", "stop-announced", OWN["products"], OWNER)


def _both(state: str, invoice: str) -> Iterator[Scene]:
    yield Scene("invoice", state, invoice, OWNER)
    yield Scene("mandate", state, OWN["mandate"], OWNER)


def _until_announced(demo: Demo, told: Told) -> None:
    """Days pass until the customer has been told of the collection."""
    scene = told.scene
    assert scene is not None
    for _ in range(DAYS_TO_ANNOUNCE):
        if demo.billing.ask(doing.collection_state, scene) == "announced":
            return
        doing.let_pass(demo.billing, doing.ONE_DAY)


def _order_stops(demo: Demo) -> None:
    """Two services are to be stopped; a second person has agreed to one of them, and its owner was told."""
    first, second = (newcomers.person(demo, f"{login}@demo.test") for login in ("finance", "finance2"))
    bakery = newcomers.account_id(demo, BAKERY)
    orders = [demo.billing.do(_propose, first, bakery, place) for place in range(2)]
    demo.billing.do(lambda work: stops.approve(work, second, work.session.get_one(StopOrder, orders[0]), GREEN))


def _propose(work: Work, actor: Actor, account_id: int, place: int) -> int:
    """The id of an order to stop one of an account's services, judged as if nothing had been paid for weeks."""
    stoppable = select(Service).where(Service.account_id == account_id, Service.state == ServiceState.ACTIVE.value)
    service = work.session.exec(stoppable.order_by(col(Service.id)).offset(place).limit(1)).one()
    return stops.propose(work, actor, service, GREEN)


def _after(demo: Demo, presenter: Actor, step: int) -> Told:
    """How far the story is once a step has happened: when the worker has heard of what was done."""
    eventually(lambda: _told(demo, presenter).at > step, seconds=PATIENCE_SECONDS)
    return _told(demo, presenter)


def _told(demo: Demo, presenter: Actor) -> Told:
    return next(told for told in console.overview(demo.billing, presenter).told if told.story.key == STORY)
