"""What a language has to say on the pages of the company's own people."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.texts.words_staff_lights import Certificate, Lights, Standing
from dashboard.texts.words_staff_money import StaffMoney
from dashboard.texts.words_staff_pushes import Pushes
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
class ActingFor:
    """The window before somebody acts on a customer's behalf."""

    button: str
    button_named: str
    title: str
    text: str
    reason: str
    reason_hint: str
    submit: str
    leave: str


@dataclass(frozen=True)
class LogOut:
    """One window of logging others out. done: what is said after it."""

    button: str
    title: str
    text: str
    submit: str
    done: str


@dataclass(frozen=True)
class LoggingOut:
    """Logging one person out everywhere, or everybody. nobody: no log-in has this address."""

    one: LogOut
    all: LogOut
    email: str
    nobody: str
    leave: str


@dataclass(frozen=True)
class Staff:
    """acting: the bar over every page while somebody acts on a customer's behalf."""

    nav: StaffNav
    acting: str
    acting_for: ActingFor
    customers: StaffCustomers
    logging_out: LoggingOut
    lights: Lights
    standing: Standing
    certificate: Certificate
    pushes: Pushes
    money: StaffMoney
    stops: StaffStops
    runs: StaffRuns
