"""When an account may be debited, what of it may be shown, and when so much fails that all must stop. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from billing.errors import ForeignAccount, InvalidIban
from billing.proration import renewal
from billing.workdays import add_bank_days, is_bank_day, next_bank_day

# Given to the gateway before noon on bank day X, an account is debited on X + 2 (Buckaroo's own timeline).
NOON = time(12)
BANK_DAYS = 2
# One bank day more, so that an outage of a few hours costs nobody a new announcement.
SPARE_DAYS = 1
# SEPA rulebooks: a mandate that was not used for so long is worth nothing any more.
LAPSES_AFTER_MONTHS = 36
# Who took over somebody's log-in must not be able to debit another account at once.
NEW_ACCOUNT_WAITS = timedelta(hours=24)
LONGEST_CHOICE = timedelta(days=30)
PAY_DAY = 25
PAY_DAY_WITHIN = timedelta(days=10)
RETRY_AFTER = 5


@dataclass(frozen=True)
class MandateRules:
    """What the company has decided about collections.

    prefix: three characters of the gateway's contract, with which each reference begins. creditor_id: by which
    customers' banks know the collector. notice_days: how long before a
    debit the customer knows of it; 14 unless another term is agreed. window: of so many last submissions, of which
    there must be `least`, at most failed_percent may fail before all collections freeze.
    """

    prefix: str = ""
    creditor_id: str = ""
    notice_days: int = 14
    failed_percent: int = 30
    window: int = 50
    least: int = 10


def earliest_debit(local: datetime) -> date:
    """The first bank day on which an order given at this Dutch time can debit an account."""
    day = local.date()
    on_time = is_bank_day(day) and local.time() < NOON
    return add_bank_days(day if on_time else add_bank_days(day, 1), BANK_DAYS)


def submit_on(collect_on: date) -> date:
    """The day from which a collection is given to the gateway, with a day to spare."""
    return add_bank_days(collect_on, -(BANK_DAYS + SPARE_DAYS))


def collect_on(*, wished: date, today: date, notice_days: int, free_from: date) -> date:
    """The first bank day not before the wished one on which a debit told of today can be collected.

    free_from: before that day nothing may be submitted.
    """
    can_be_told = today + timedelta(days=notice_days)
    can_be_sent = add_bank_days(max(today, free_from), BANK_DAYS + SPARE_DAYS)
    return next_bank_day(max(wished, can_be_told, can_be_sent))


def retry_wish(today: date) -> date:
    """When to try again after there was no money: a few bank days later, and after pay day when that is near."""
    soon = add_bank_days(today, RETRY_AFTER)
    pay_day = renewal(PAY_DAY, soon, 0 if soon.day <= PAY_DAY else 1)
    return pay_day if pay_day - soon <= PAY_DAY_WITHIN else soon


def lapsed_before(today: date) -> date:
    """A mandate that was last used before this day has lapsed."""
    return renewal(today.day, today, -LAPSES_AFTER_MONTHS)


def is_spike(rules: MandateRules, *, submitted: int, failed: int) -> bool:
    """Whether so many of the last submissions failed that it is no longer the customers."""
    return submitted >= rules.least and failed * 100 > submitted * rules.failed_percent


def reference(prefix: str, account_id: int, place: int) -> str:
    """What banks know a mandate by: at most 35 characters of the SEPA set, and never that of another mandate.

    place: how many requests the account has made with this one.
    """
    return f"{prefix}{account_id}-{place}"


def compact_iban(text: str) -> str:
    """An account number in its electronic form. Raises InvalidIban."""
    try:
        # Accounts of a test bank have a country's form and no more than that.
        return str(iban_numbers.validate(text, check_country=False))
    except ValidationError:
        raise InvalidIban() from None


def dutch_iban(text: str) -> str:
    """As `compact_iban`, for a mandate that is signed at a bank. Raises InvalidIban, ForeignAccount."""
    compact = compact_iban(text)
    if not compact.startswith("NL"):
        raise ForeignAccount(country=compact[:2])
    return compact


def masked(iban: str) -> str:
    """What of an account number may be shown: its country and its last four characters."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"
