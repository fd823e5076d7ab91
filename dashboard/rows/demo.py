"""How a demo stands, as its page shows it."""

from dataclasses import dataclass

from babel.dates import format_date

from billing.clock import AMSTERDAM
from billing.demo.console import Console, Told
from billing.demo.stories import Step
from billing.errors import BillingError, NotAllowed
from billing.ports import Fault, StageMail
from dashboard.rows.common import LANGUAGE, day
from dashboard.rows.problems import sentence
from dashboard.texts.nl import NL

TEXTS = NL.demo
DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True)
class StoryRow:
    """A story in the list. mark: its number; state: done, now (it is being told) or next; current: as ARIA has it."""

    key: str
    title: str
    size: str
    mark: str
    state: str
    current: str


@dataclass(frozen=True)
class StepRow:
    """A step. state: done, now or next. open: who does it, on a page of which url is the address; empty for nobody."""

    key: str
    title: str
    text: str
    state: str
    tone: str
    icon: str
    open: str = ""
    where: str = ""
    url: str = ""


@dataclass(frozen=True)
class Card:
    """The story on screen. press: what the big button says; hint: why there is none."""

    key: str = ""
    place: str = ""
    title: str = ""
    badge: str = ""
    tone: str = "s-plain"
    say: str = ""
    press: str = ""
    hint: str = ""
    is_begun: bool = False
    steps: tuple[StepRow, ...] = ()


@dataclass(frozen=True)
class FaultRow:
    """A failure with its switch. on: "true" or "false", as ARIA has it."""

    key: str
    title: str
    text: str
    on: str


@dataclass(frozen=True)
class MailRow:
    subject: str
    reader: str
    at: str
    url: str


@dataclass(frozen=True)
class View:
    """The whole page. trouble: why the outside world can't be shown."""

    stories: tuple[StoryRow, ...] = ()
    card: Card = Card()
    time: str = ""
    day: str = ""
    event: str = ""
    faults: tuple[FaultRow, ...] = ()
    mails: tuple[MailRow, ...] = ()
    mailbox: str = ""
    trouble: str = ""


def view(found: Console, chosen: str) -> View:
    """chosen: the key of the story on screen; empty for the one that is being told."""
    known = [told.story.key for told in found.told]
    shown = chosen if chosen in known else found.current or known[0]
    outside, local = found.outside, found.now.astimezone(AMSTERDAM)
    return View(
        stories=tuple(_row(number, told, shown) for number, told in enumerate(found.told, start=1)),
        card=_card(found.told[known.index(shown)], known.index(shown) + 1, len(known)),
        time=f"{local:%H.%M}",
        day=format_date(local, "EEEE d MMMM y", locale=LANGUAGE),
        event=TEXTS.to_event.format(day=day(found.next_event)) if found.next_event else "",
        faults=tuple(_fault(fault, on=fault in outside.faults) for fault in Fault) if outside else (),
        mails=tuple(_mail(mail) for mail in outside.mails) if outside else (),
        mailbox=outside.mailbox_url if outside else "",
        trouble="" if outside else TEXTS.no_outside,
    )


def refused(problem: BillingError) -> str:
    """Why a click of who shows the demo came to nothing."""
    if problem.code == NotAllowed.code:
        return sentence(problem)
    return TEXTS.refused.get(str(problem.facts.get("reason")), TEXTS.refused["step"])


def _row(number: int, told: Told, shown: str) -> StoryRow:
    key, words = told.story.key, TEXTS.stories[told.story.key]
    state = DONE if _is_told(told) else NOW if key == shown else NEXT
    size = TEXTS.size(len(told.story.steps), words.minutes)
    return StoryRow(key, words.title, size, str(number), state, "true" if key == shown else "false")


def _card(told: Told, number: int, count: int) -> Card:
    key, words = told.story.key, TEXTS.stories[told.story.key]
    place = TEXTS.place.format(number=number, count=count)
    invoice = told.scene.invoices[0] if told.scene and told.scene.invoices else ""
    steps = tuple(_step(step, told, position, invoice) for position, step in enumerate(told.story.steps))
    if told.scene is None:
        return Card(key, place, words.title, TEXTS.not_begun, "s-plain", words.say, TEXTS.begin, "", False, steps)
    if _is_told(told):
        return Card(key, place, words.title, TEXTS.told, "s-paid", words.say, TEXTS.again, "", False, steps)
    badge = TEXTS.at_step.format(number=told.at + 1, count=len(steps))
    can = told.story.steps[told.at].do is not None
    press, hint = (TEXTS.next, "") if can else ("", TEXTS.by_itself)
    return Card(key, place, words.title, badge, "s-pending", words.say, press, hint, True, steps)


def _step(step: Step, told: Told, position: int, invoice: str) -> StepRow:
    words = TEXTS.stories[told.story.key].steps[step.key]
    is_done = bool(told.happened) and told.happened[position]
    state = DONE if is_done else NOW if told.scene and position == told.at else NEXT
    tone, icon = {DONE: ("s-paid", "check"), NOW: ("s-pending", "play"), NEXT: ("s-plain", "circle")}[state]
    row = StepRow(step.key, words.title, words.text, state, tone, icon)
    if not words.login or told.scene is None:
        return row
    path = words.path.format(invoice=invoice)
    where = TEXTS.where.format(login=words.login)
    return StepRow(step.key, words.title, words.text, state, tone, icon, TEXTS.open.format(login=words.login), where,
                   f"/login?next={path}")  # fmt: skip


def _fault(fault: Fault, *, on: bool) -> FaultRow:
    words = TEXTS.fault[fault.value]
    return FaultRow(fault.value, words.title, words.text, "true" if on else "false")


def _mail(mail: StageMail) -> MailRow:
    received = mail.received_at.astimezone(AMSTERDAM)
    at = f"{format_date(received, 'd MMM', locale=LANGUAGE)} {received:%H.%M}"
    return MailRow(mail.subject, mail.to, at, mail.url)


def _is_told(told: Told) -> bool:
    return told.scene is not None and told.at == len(told.story.steps)
