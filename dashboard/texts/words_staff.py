"""What a language has to say on the pages of the company's own people."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.texts.words_staff_money import StaffMoney
from dashboard.texts.words_staff_runs import StaffRuns
from dashboard.texts.words_staff_stops import StaffStops


@dataclass(frozen=True)
class StaffNav:
    """The menu of these pages; also their titles."""

    label: str
    lights: str
    money: str
    pushes: str
    runs: str
    stops: str
    customers: str


@dataclass(frozen=True)
class StaffCustomers:
    lede: str
    search: str
    search_hint: str
    name: str
    to_pay: str
    overdue: str
    nothing_open: str
    count: Callable[[int], str]
    none: str
    none_text: str


@dataclass(frozen=True)
class Staff:
    nav: StaffNav
    customers: StaffCustomers
    money: StaffMoney
    stops: StaffStops
    runs: StaffRuns
