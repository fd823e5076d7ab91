"""On which days banks move money: the calendar of TARGET2, and when a direct debit is collected."""

from datetime import date, datetime, time, timedelta

from holidays import financial_holidays

from billing.sandbox.clock import AMSTERDAM

LAST_SUBMISSION = time(12)
DAYS_TO_COLLECTION = 2  # one to the bank, one to the debtor's bank

_CALENDAR = financial_holidays("XECB")


def next_bank_day(day: date) -> date:
    """The day itself when banks work on it, else the first on which they do."""
    return _CALENDAR.get_nth_working_day(day, 0)


def add_bank_days(day: date, count: int) -> date:
    """`count` bank days after a bank day; negative for before it."""
    return _CALENDAR.get_nth_working_day(day, count)


def collection_day(submitted: datetime, wished: date) -> date:
    """The bank day of a direct debit: the wished one, or the first that can still be made.

    What is submitted before noon on a bank day is collected two bank days later at the earliest.
    """
    local = submitted.astimezone(AMSTERDAM)
    in_time = local.time() < LAST_SUBMISSION
    taken_up = next_bank_day(local.date() if in_time else local.date() + timedelta(days=1))
    return next_bank_day(max(wished, add_bank_days(taken_up, DAYS_TO_COLLECTION)))


def at_dutch_time(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a Dutch wall clock's reading."""
    return datetime.combine(day, time(hour, minute), AMSTERDAM)
