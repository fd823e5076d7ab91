"""What the standing mandate means for one invoice: what is planned, what came back, and which days can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from billing.clock import local_day
from billing.mandates.choosing import Choice
from billing.mandates.queries import CollectionRow, Freeze, InvoiceCollection, MandateView
from billing.settlement import Label, Status
from billing.states import LIVE_MANDATES, CollectionState
from billing.workdays import ONE_DAY, is_bank_day
from dashboard.rows.common import cents, dated, day, masked
from dashboard.rows.mandate import frozen
from dashboard.texts.languages import SAID

TEXTS = SAID.mandate.of_invoice
_UNSENT = {CollectionState.PLANNED, CollectionState.ANNOUNCED}


@dataclass(frozen=True)
class Day:
    """A day that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class Back:
    """A collection that failed or came back; nothing while its title is empty."""

    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Planned:
    """A collection that the customer can count on; there is none while its sentence is empty. told: what the customer
    knows of it so far; collected: what happens on the day."""

    sentence: str = ""
    told: str = ""
    on: str = ""
    collected: str = ""


@dataclass(frozen=True)
class Automatic:
    """All of it. hint: under the button of the mandate; url: where that leads. days: that can be chosen; date_title:
    what choosing one is called. frozen: that nothing is collected from anybody now, and why."""

    hint: str = field(default_factory=lambda: TEXTS.hints[""])
    url: str = ""
    planned: Planned = field(default_factory=Planned)
    back: Back = field(default_factory=Back)
    days: tuple[Day, ...] = ()
    date_title: str = ""
    frozen: str = ""


def automatic(
    number: str, status: Status, found: InvoiceCollection, mandate: MandateView | None, *, is_waiting: bool,
    freeze: Freeze | None = None,
) -> Automatic:  # fmt: skip
    """How an invoice stands with the mandate. is_waiting: whether one was asked for that the bank has yet to confirm.

    mandate: None also for who may not see it. freeze: all collections are held.
    """
    lives = mandate is not None and mandate.state in LIVE_MANDATES
    state = mandate.state.value if mandate and lives else "requested" if is_waiting else ""
    planned = found.planned if found.planned and found.planned.state in _UNSENT else None
    return Automatic(
        hint=TEXTS.hints[state],
        url=f"/account/mandate?factuur={number}",
        planned=_planned(planned, mandate) if planned and mandate else Planned(),
        back=_back(found, status),
        days=tuple(_days(found.choice)) if found.choice else (),
        date_title=TEXTS.date_other if planned else TEXTS.date_title,
        frozen=frozen(freeze) if status.open_cents else "",
    )


def chosen(number: str, on: date) -> str:
    """What is said once a day was chosen."""
    return TEXTS.date_done.format(number=number, date=day(on))


def _planned(row: CollectionRow, mandate: MandateView) -> Planned:
    facts = {"date": day(row.collect_on), "amount": cents(row.cents), "iban": masked(mandate.iban_mask)}
    told = TEXTS.to_announce
    if row.announced_at:
        told = TEXTS.announced.format(date=day(local_day(row.announced_at)))
    return Planned(
        sentence=TEXTS.planned_text.format(**facts), told=told, on=facts["date"],
        collected=TEXTS.collected_on.format(**facts),
    )  # fmt: skip


def _back(found: InvoiceCollection, status: Status) -> Back:
    if found.is_untold:
        return Back(TEXTS.untold_title, TEXTS.untold)
    row = found.came_back
    if row is None:
        return Back()
    facts = {"reason": SAID.mandate.reasons[row.reason_key], "date": day(row.collect_on)}
    if row.state is not CollectionState.RETURNED:
        return Back(TEXTS.failed_title, f"{TEXTS.failed.format(**facts)} {TEXTS.no_stop}")
    returned = TEXTS.returned if status.label is Label.RETURNED else TEXTS.returned_once
    return Back(SAID.invoice.returned_title, f"{returned.format(on=day(status.on), **facts)} {TEXTS.no_stop}")


def _days(choice: Choice) -> Iterator[Day]:
    """The bank days, the weekday with each."""
    for distance in range((choice.last - choice.first).days + 1):
        on = choice.first + distance * ONE_DAY
        if is_bank_day(on):
            yield Day(on.isoformat(), dated(on, "EEEE d MMMM y"))
