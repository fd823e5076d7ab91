"""Amounts, dates and badges as a screen shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from billing.clock import AMSTERDAM, local_day
from billing.documents import NO_BREAK, locale, long_date, money
from billing.settlement import Label, Status
from dashboard.texts.languages import SAID, language

# A wait in words: seconds up to a minute and a half, minutes above.
_SECONDS_UP_TO = 90


@dataclass(frozen=True)
class Amount:
    """An amount whose euro sign is drawn lighter than its figures. sign: with the gap behind it, where there is one."""

    sign: str = ""
    figures: str = ""


@dataclass(frozen=True)
class Badge:
    """A status as text, icon and colour. tone: CSS class; icon: name in the sprite. joint: between label and detail."""

    label: str = ""
    detail: str = ""
    tone: str = "s-open"
    icon: str = "circle"
    joint: str = " "


# Between a label and a detail that does not complete it.
APART = ", "
_SAYS_TWO_THINGS = {Label.UNDER_WAY, Label.RETURNED, Label.PARTLY_SETTLED}
_LOOKS = {
    Label.CREDITED: ("s-credit", "note"),
    Label.PAID: ("s-paid", "okc"),
    Label.UNDER_WAY: ("s-pending", "way"),
    Label.RETURNED: ("s-back", "undo"),
    Label.PARTLY_SETTLED: ("s-part", "half"),
    Label.OVERDUE: ("s-late", "alert"),
    Label.UNPAID: ("s-open", "circle"),
}


def cents(value: int) -> str:
    """An amount as one text that never breaks: `€ 1.234,56`, in English `€1,234.56`."""
    return money(value, language())


def amount(value: int) -> Amount:
    """An amount in its two parts."""
    said = cents(value)
    start = next(place for place, letter in enumerate(said) if letter.isdigit())
    return Amount(said[:start], said[start:])


def masked(iban_mask: str) -> str:
    """What may be shown of an account number, as one text that never breaks."""
    return iban_mask.replace(" ", NO_BREAK)


def day(value: date | None) -> str:
    """A date in words; empty when there is none."""
    return long_date(value, language()) if value else ""


def moment(value: datetime) -> str:
    """An instant as people in the Netherlands read it: `6 maart 2026, 10.41`."""
    return SAID.at.format(date=day(local_day(value)), time=clock(value))


def clock(value: datetime) -> str:
    """The time of day in the Netherlands: `10.41`, in English `10:41`."""
    return value.astimezone(AMSTERDAM).strftime(SAID.clock)


def dated(value: date, form: str) -> str:
    """A day in a form of Babel's: `full`, or a pattern such as `EEEE d MMMM y`."""
    return format_date(value, form, locale=locale(language()))


def distance(value: date, today: date) -> str:
    """How far away a day is: `over 7 dagen`, `13 dagen geleden`."""
    days = (value - today).days
    if days == 0:
        return SAID.today
    return SAID.days_ahead(days) if days > 0 else SAID.days_ago(-days)


def wait(seconds: int) -> str:
    """How long to wait, rounded up."""
    return SAID.seconds(seconds) if seconds <= _SECONDS_UP_TO else SAID.minutes(-(-seconds // 60))


def initials(name: str) -> str:
    """The first letters of somebody's first and last name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def badge(status: Status) -> Badge:
    """The status of an invoice in the words, icon and colour of the customer's screens."""
    tone, icon = _LOOKS[status.label]
    joint = APART if status.label in _SAYS_TWO_THINGS else " "
    return Badge(getattr(SAID.status, status.label.value), _detail(status), tone, icon, joint)


def _detail(status: Status) -> str:
    match status.label:
        case Label.PAID | Label.CREDITED:
            return SAID.status.on.format(date=day(status.on)) if status.on else ""
        case Label.UNDER_WAY:
            return SAID.status.expected.format(date=day(status.on))
        case Label.RETURNED:
            return SAID.status.open_again
        case Label.PARTLY_SETTLED:
            return SAID.status.still.format(amount=cents(status.open_cents))
        case _:
            return ""
