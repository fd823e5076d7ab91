"""Days on which banks settle, and days on which the Netherlands is off. Pure; the calendars are the library's.

Bank days are those of TARGET2, the settlement system of the euro: Monday to Friday but for New Year's Day, Good Friday,
Easter Monday, 1 May, 25 and 26 December. No collection is booked and no transfer arrives on another day.

Dutch holidays are those of the Algemene termijnenwet (article 3, first paragraph) and the Sundays that belong to them.
By that law 5 May is one each year, though in practice many are off on it only every fifth year; Good Friday is none.
"""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5
NO_HOLIDAY_BY_LAW = "Goede vrijdag"


def is_bank_day(day: date) -> bool:
    """True when banks settle in euros on that day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def next_bank_day(day: date) -> date:
    """The day itself when banks settle on it, else the first day after it on which they do."""
    while not is_bank_day(day):
        day += ONE_DAY
    return day


def add_bank_days(day: date, count: int) -> date:
    """The bank day that is `count` bank days after a day, or before it when negative; for 0 see `next_bank_day`."""
    if count == 0:
        return next_bank_day(day)
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_bank_day(day):
            day += step
    return day


def is_dutch_holiday(day: date) -> bool:
    """True on a public holiday of the Netherlands, whatever day of the week it is."""
    return day in _dutch_holidays(day.year)


# Whole years, kept: the library's own calendars grow while they are asked, which two threads must not do at once.
@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("XECB", years=year))


@cache
def _dutch_holidays(year: int) -> frozenset[date]:
    calendar = holidays.country_holidays("NL", years=year, language="nl", categories=("public", "optional"))
    return frozenset(day for day, name in calendar.items() if name != NO_HOLIDAY_BY_LAW)
