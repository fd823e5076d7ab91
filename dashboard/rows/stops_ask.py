"""The question before something is done about stops, reminders, renewals or collections."""

from dataclasses import dataclass

from dashboard.texts.languages import SAID

TEXTS = SAID.staff.stops
APPROVE, CARRY_OUT, WITHDRAW = "approve", "carry_out", "withdraw"
ALLOW, RELEASE, HOLD, TASK, FREEZE, THAW = "allow", "release", "hold", "task", "freeze", "thaw"


@dataclass(frozen=True)
class Option:
    """One of several answers."""

    value: str
    label: str


@dataclass(frozen=True)
class Ask:
    """kind: what is to be done; empty while nothing is asked. key: of the row that it is about. options: answers to
    choose from; asked: what they answer. has_day, has_note: what else can be filled in; note: how that is called."""

    kind: str = ""
    key: str = ""
    title: str = ""
    text: str = ""
    submit: str = ""
    done: str = ""
    asked: str = ""
    options: tuple[Option, ...] = ()
    has_day: bool = False
    note: str = ""
    is_grave: bool = False


def ask(kind: str, key: str, service: str = "", account: str = "", *, task: str = "") -> Ask:
    """The question about a row. service, account: what stands in it; task: the kind of a task."""
    texts = TEXTS.asking[kind]
    title, text, done = (
        pattern.format(service=service, account=account) for pattern in (texts.title, texts.text, texts.done)
    )
    return Ask(
        kind, key, title, text, texts.submit, done, asked=_asked(kind), options=_options(kind, task),
        has_day=kind == HOLD, note=_note(kind), is_grave=kind in {CARRY_OUT, FREEZE},
    )  # fmt: skip


def _asked(kind: str) -> str:
    return {TASK: TEXTS.tasks.outcome, HOLD: TEXTS.cases.kind}.get(kind, "")


def _options(kind: str, task: str) -> tuple[Option, ...]:
    if kind == TASK:
        return tuple(Option(value, label) for value, label in TEXTS.tasks.outcomes[task])
    if kind == HOLD:
        return tuple(Option(value, TEXTS.cases.holds[value]) for value in ("promise", "dispute", "complaint", "hold"))
    return ()


def _note(kind: str) -> str:
    return {TASK: TEXTS.tasks.note, HOLD: TEXTS.cases.why, FREEZE: TEXTS.switch.reason}.get(kind, "")
