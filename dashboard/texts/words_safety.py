"""What a language has to say about why services are safe, and what they will cost next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Where a service stands. lead: comes first and stands out."""

    lead: str
    rest: str


@dataclass(frozen=True)
class Next:
    """The next step. moment: stands in for a day where there is none."""

    step: str
    moment: str = ""


@dataclass(frozen=True)
class Safety:
    """stages, steps: by the names that billing has for them. invoice: with a number; some_invoice: for who sees none.

    named: a moment and what happens then, in one sentence.
    """

    title: str
    title_plain: str
    text: str
    none: str
    stages: dict[str, Said]
    steps: dict[str, Next]
    invoice: str
    some_invoice: str
    days: str
    one_day: str
    named: str
    badge_stopped: str
    badge_announced: str
    coming: str
    coming_none: str
    coming_vat: str
    coming_by_mandate: str
    coming_to_pay: str
