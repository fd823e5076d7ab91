"""Where a service stands and what comes next, told from plain facts. Pure. Nothing in here ever ends a service."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where a service stands; the first that fits wins, in this order.

    ENDING: by the customer's own wish. STOPPED: for a while, under a stop order. ANNOUNCED: the customer was told of
    such an order. RESTING: nobody asks for anything now. UNDER_WAY, RETURNED, OVERDUE, DEBIT, OPEN: of the oldest
    invoice that is to be paid. PAID, and PAST when a period is over of which there is no invoice yet.
    """

    ENDING = "ending"
    STOPPED = "stopped"
    ANNOUNCED = "announced"
    RESTING = "resting"
    UNDER_WAY = "under_way"
    RETURNED = "returned"
    OVERDUE = "overdue"
    DEBIT = "debit"
    OPEN = "open"
    PAID = "paid"
    PAST = "past"


class Step(StrEnum):
    """What comes next. PAY: the customer pays, or calls; that needs no date."""

    LAST_DAY = "last_day"
    PAY_TO_RESTORE = "pay_to_restore"
    PAY_OR_CALL = "pay_or_call"
    WE_CALL_BACK = "we_call_back"
    EXPECTED = "expected"
    REMINDER = "reminder"
    CALL = "call"
    PAY = "pay"
    DEBIT = "debit"
    DUE = "due"
    INVOICE = "invoice"
    INVOICE_BY_DEBIT = "invoice_by_debit"


@dataclass(frozen=True)
class OpenInvoice:
    """The oldest invoice of a service with something to pay. number: empty for who may not see invoices."""

    number: str
    due_on: date
    expected_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True)
class ServiceFacts:
    """A service. paid_through: the last paid day. invoice_on: when the next invoice comes. earliest_stop: the first day
    on which an announced stop may be carried out; kept_until: of what is stopped, until when everything is kept."""

    paid_through: date
    invoice_on: date
    ends_on: date | None = None
    open: OpenInvoice | None = None
    earliest_stop: date | None = None
    kept_until: date | None = None


@dataclass(frozen=True)
class Standing:
    """What comes next for an account. The defaults are those of one without mandate or case.

    is_held: a complaint, a hold or a promise to pay. is_frozen: nobody is reminded of anything now. reminder_on,
    call_on: the next of each. by_mandate: invoices are collected by direct debit. debit_on: when the next open one is.
    """

    is_held: bool = False
    is_frozen: bool = False
    reminder_on: date | None = None
    call_on: date | None = None
    by_mandate: bool = False
    debit_on: date | None = None

    @property
    def is_resting(self) -> bool:
        """Whether nobody asks for anything now."""
        return self.is_held or self.is_frozen


@dataclass(frozen=True)
class Safety:
    """Where a service stands. on: the day that the stage is about; next_on: that of the next step, None for none."""

    stage: Stage
    on: date
    step: Step
    next_on: date | None
    number: str = ""
    days_late: int = 0


def safety(facts: ServiceFacts, known: Standing, today: date) -> Safety:
    """Where a service stands today, and what comes next."""
    if facts.kept_until:
        return Safety(Stage.STOPPED, facts.kept_until, Step.PAY_TO_RESTORE, None, _number(facts))
    if facts.ends_on:
        return Safety(Stage.ENDING, facts.ends_on, Step.LAST_DAY, facts.ends_on)
    if facts.earliest_stop:
        return Safety(Stage.ANNOUNCED, facts.earliest_stop, Step.PAY_OR_CALL, facts.earliest_stop, _number(facts))
    if facts.open:
        return _unpaid(facts.open, known, today)
    stage = Stage.PAID if facts.paid_through >= today else Stage.PAST
    step = Step.INVOICE_BY_DEBIT if known.by_mandate else Step.INVOICE
    return Safety(stage, facts.paid_through, step, facts.invoice_on)


def _unpaid(invoice: OpenInvoice, known: Standing, today: date) -> Safety:
    number, due_on, late = invoice.number, invoice.due_on, max((today - invoice.due_on).days, 0)
    if invoice.expected_on:
        return Safety(Stage.UNDER_WAY, due_on, Step.EXPECTED, invoice.expected_on, number)
    if known.is_resting:
        return Safety(Stage.RESTING, due_on, Step.WE_CALL_BACK, None, number)
    step, next_on = _next_asked(known)
    if invoice.returned_on:
        return Safety(Stage.RETURNED, invoice.returned_on, step, next_on, number, late)
    if late:
        return Safety(Stage.OVERDUE, due_on, step, next_on, number, late)
    if known.debit_on:
        return Safety(Stage.DEBIT, due_on, Step.DEBIT, known.debit_on, number)
    return Safety(Stage.OPEN, due_on, Step.DUE, due_on, number)


def _next_asked(known: Standing) -> tuple[Step, date | None]:
    """What comes first: the reminder or the call; when neither is planned, it is the customer's turn."""
    planned = [(on, step) for on, step in ((known.reminder_on, Step.REMINDER), (known.call_on, Step.CALL)) if on]
    if not planned:
        return Step.PAY, None
    on, step = min(planned)
    return step, on


def _number(facts: ServiceFacts) -> str:
    return facts.open.number if facts.open else ""
