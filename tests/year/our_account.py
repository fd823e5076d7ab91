"""Our own bank account as the bank has it: what was booked on which day, for whom in truth, and the day's statement."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from billing.sandbox import bankfile
from billing.workdays import is_bank_day
from tests.banking import GATEWAY, IBAN
from tests.year import mt940

BEGINS_WITH = 250_000


@dataclass
class Moved:
    """A line of our account. account_id, shares: whose it is in truth, and for which invoices; None and empty for what
    is no customer's. quotes: it names these invoices as it should. original: of what goes back, the line that came in.
    """

    cents: int
    text: str = ""
    reference: str = ""
    name: str = ""
    iban: str = ""
    return_reason: str = ""
    account_id: int | None = None
    shares: Mapping[str, int] = field(default_factory=dict)
    quotes: bool = False
    original: "Moved | None" = None
    booked_on: date = date.min
    key: str = ""
    is_back: bool = False

    @property
    def is_of_gateway(self) -> bool:
        return self.iban == GATEWAY


class OurAccount:
    """moved: all lines by the bank's name of each. read_at: when the statement of a day was first read by us.

    counts: how customers paid, and how statements came.
    """

    def __init__(self) -> None:
        self.moved: dict[str, Moved] = {}
        self.read_at: dict[date, datetime] = {}
        self.counts: Counter[str] = Counter()
        self._days: dict[date, list[Moved]] = {}
        self._of_account: dict[int, list[Moved]] = {}

    def book(self, moved: Moved, on: date) -> None:
        """The bank books a line on a bank day."""
        lines = self._days.setdefault(on, [])
        moved.booked_on, moved.key = on, f"{on:%Y%m%d}-{len(lines) + 1}"
        lines.append(moved)
        self.moved[moved.key] = moved
        if moved.account_id is not None:
            self._of_account.setdefault(moved.account_id, []).append(moved)
        if moved.original is not None:
            moved.original.is_back = True

    def of_account(self, account_id: int) -> Sequence[Moved]:
        """What is a customer's in truth."""
        return self._of_account.get(account_id, [])

    def balance(self, through: date) -> int:
        """What was on it at the end of a day."""
        return BEGINS_WITH + sum(one.cents for day, lines in self._days.items() if day <= through for one in lines)

    def unread(self, since: date, before: date) -> list[date]:
        """Bank days whose statement should have been read, and was not. Of those between nothing is missed when nothing
        was booked on them."""
        days = [since + timedelta(days=count) for count in range((before - since).days)]
        days = [day for day in days if is_bank_day(day)]
        return [day for day in days if day not in self.read_at and (day in self._days or day == days[-1])]

    def file(self, day: date, write: Callable[[date, int, Sequence[Moved]], str]) -> bytes:
        """The statement of a bank day, in one of the formats."""
        return write(day, self.balance(day - timedelta(days=1)), self._days.get(day, [])).encode()


def as_camt(day: date, opening_cents: int, lines: Sequence[Moved]) -> str:
    """A CAMT.053 file."""
    transfers = [
        {"amount_cents": one.cents, "text": one.text, "reference": one.reference, "name": one.name, "iban": one.iban,
         "return_reason": one.return_reason}
        for one in lines
    ]  # fmt: skip
    return bankfile.statement(IBAN, opening_cents, transfers, day)


def as_mt940(day: date, opening_cents: int, lines: Sequence[Moved]) -> str:
    """An MT940 file; as with some banks, in capitals, and the balance that it begins with is of the day before."""
    entries = [
        mt940.entry(day, one.cents, one.key, name=one.name.upper(), iban=one.iban, reason=one.return_reason,
                    remittance=f"STRD/CUR/{one.reference}" if one.reference else one.text.upper())
        for one in lines
    ]  # fmt: skip
    return mt940.statement(IBAN, opening_cents, opening_cents + sum(one.cents for one in lines), entries, day)
