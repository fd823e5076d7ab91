"""The page on which a customer answers a reminder without a log-in."""

from dataclasses import dataclass, field

from billing.reminders.answers import Asked
from dashboard.rows.common import amount, cents, day
from dashboard.texts.languages import SAID

TEXTS = SAID.reminder


@dataclass(frozen=True)
class Answering:
    """What the page shows. look: open, settled or missing. told_…: what was answered before, empty when nothing was.

    today, last_day: ISO dates for the fields; figures: the amount as one would type it.
    """

    look: str = "missing"
    title: str = field(default_factory=lambda: TEXTS.missing.title)
    text: str = field(default_factory=lambda: TEXTS.missing.text)
    about: str = ""
    told_paid: str = ""
    told_later: str = ""
    today: str = ""
    last_day: str = ""
    figures: str = ""


def answering(asked: Asked) -> Answering:
    """What the bearer of a link sees: numbers and amounts, and what was told before."""
    if not asked.numbers:
        return Answering("settled", TEXTS.settled.title, TEXTS.settled.text)
    about = TEXTS.invoice if len(asked.numbers) == 1 else TEXTS.invoices
    paid, later = asked.paid_until, asked.promised_until
    return Answering(
        look="open",
        title=TEXTS.title,
        text=TEXTS.lede,
        about=about.format(numbers=_listed(asked.numbers), amount=cents(asked.open_cents)),
        told_paid=TEXTS.told_paid.format(date=day(paid)) if paid else "",
        told_later=TEXTS.told_later.format(date=day(later)) if later else "",
        today=asked.today.isoformat(),
        last_day=asked.last_day.isoformat(),
        figures=amount(asked.open_cents).figures,
    )


def _listed(numbers: tuple[str, ...]) -> str:
    *others, last = numbers
    return f"{', '.join(others)}{TEXTS.both}{last}" if others else last


def too_many() -> Answering:
    """For who opens so many links that it could be guessing."""
    return Answering("missing", TEXTS.too_often.title, TEXTS.too_often.text)
