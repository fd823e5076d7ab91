"""What customers have in use, on paper: which days are invoiced, and what each invoiced day is still worth."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from tests.machine.money import sums
from tests.machine.money.sums import ONE_DAY


@dataclass
class PaperProduct:
    """prices: net cents from a day on, the oldest first."""

    product_id: int
    family: int
    months: int
    rate: Decimal
    policy: str
    prices: list[tuple[date, int]]

    def price_on(self, day: date) -> int:
        return [cents for valid_from, cents in self.prices if valid_from <= day][-1]


@dataclass
class PaperPart:
    """An invoiced line as far as it is prepaid: worth cents for the days from `start` up to `until`.

    whole: the period it was invoiced for, None for the rest of one. own: the policy of the product it was sold as.
    credited: what notes took of it since it was worth that.
    """

    line: int
    start: date
    until: date
    worth: int
    policy: str
    whole: tuple[date, date] | None
    own: str | None
    credited: int = 0

    def left(self, on: date, policy: str = "") -> int:
        return sums.unused_cents(policy or self.policy, self.worth, self.start, self.until, on)

    def unused(self, on: date) -> int:
        return max(self.left(on) - self.credited, 0)


@dataclass
class PaperService:
    """next_start: the first day that is not invoiced. ends_on: its last day, once it was cancelled."""

    service_id: int
    account_id: int
    product: PaperProduct
    anchor_day: int
    next_start: date
    ends_on: date | None = None
    has_ended: bool = False
    parts: dict[int, PaperPart] = field(default_factory=dict)
    taken_back: set[int] = field(default_factory=set)

    def is_due(self, until: date) -> bool:
        goes_on = self.ends_on is None or self.next_start <= self.ends_on
        return not self.has_ended and goes_on and self.next_start <= until

    def invoice_next(self, line: int) -> tuple[date, date, int]:
        """The next period with its last day and its price; it is invoiced from here on."""
        start, product = self.next_start, self.product
        until = sums.next_renewal(self.anchor_day, start, product.months)
        cents = product.price_on(start)
        self.parts[line] = PaperPart(line, start, until, cents, product.policy, (start, until), product.policy)
        self.next_start = until
        return start, until - ONE_DAY, cents

    def over_on(self, today: date) -> bool:
        return self.has_ended or (self.ends_on is not None and self.ends_on < today)

    def latest_day(self, today: date) -> date:
        last = max(self.next_start - ONE_DAY, today - ONE_DAY)
        return min(last, self.ends_on or last) + ONE_DAY

    def prepaid(self, on: date) -> list[PaperPart]:
        """What is for a day from `on`, the newest first."""
        found = [part for part in self.parts.values() if part.until > on]
        return sorted(found, key=lambda part: (part.start, part.line), reverse=True)

    # Cancelling

    def given_back(self, on: date) -> dict[int, int]:
        """By line, what cancelling gives back."""
        return {part.line: part.unused(on) for part in self.prepaid(on) if part.unused(on)}

    def cancel(self, on: date, today: date) -> None:
        self.taken_back |= set(self.given_back(on))
        self.ends_on = on - ONE_DAY
        self.has_ended = self.ends_on < today

    def successor(self, service_id: int, today: date) -> "PaperService":
        """What goes on when a cancellation that gave something back is taken back."""
        assert self.ends_on is not None
        own = self.prepaid(today)
        first = max([self.ends_on + ONE_DAY, *(part.until for part in own if part.line not in self.taken_back)])
        self.has_ended = True
        return PaperService(
            service_id, self.account_id, self.product, self.anchor_of(first), first,
            parts={part.line: replace(part) for part in own},
        )  # fmt: skip

    def anchor_of(self, first: date) -> int:
        """The day on which it renews when it goes on at `first`: nobody pays a whole period for a part."""
        return self.anchor_day if sums.next_renewal(self.anchor_day, first, 0) == first else first.day

    # Changing

    def periods(self, on: date) -> Iterator[list[PaperPart]]:
        for _, group in groupby(sorted(self.prepaid(on), key=lambda p: p.until, reverse=True), key=lambda p: p.until):
            yield list(group)

    def given_for(self, product: PaperProduct, on: date) -> dict[int, int]:
        """By line, what becoming something cheaper gives back."""
        given = {}
        for group in self.periods(on):
            rest = sums.unused_cents(self._own(group), *self._new_price(group, product, on), on)
            left = max(sum(part.left(on) for part in group) - rest, 0)
            for part in group:
                cents = min(part.unused(on), left)
                left -= cents
                given |= {part.line: cents} if cents else {}
        return given

    def charged_for(self, product: PaperProduct, on: date) -> list[tuple[date, date, int]]:
        """First day, first day after, and cents of each line that becoming something dearer costs."""
        charged = []
        for group in self.periods(on):
            override = "linear" if self._own(group) == "none" else ""
            cents, start, until = self._new_price(group, product, on)
            rest = sums.unused_cents(override or self._own(group), cents, start, until, on)
            more = rest - sum(part.left(on, override) for part in group)
            if more > 0:
                charged.append((max(on, start), until, more))
        return charged

    def rests(self, on: date, given: dict[int, int]) -> dict[int, PaperPart]:
        """By line, what is left of the parts after becoming something cheaper."""
        rests = {}
        for line, cents in given.items():
            part = self.parts[line]
            policy = "linear" if on > part.start else part.policy
            worth = part.unused(on) - cents
            rests[line] = replace(part, start=max(on, part.start), worth=worth, credited=0, policy=policy)
        return rests

    def charge(self, line: int, start: date, until: date, cents: int, product: PaperProduct) -> None:
        self.parts[line] = PaperPart(line, start, until, cents, product.policy, None, None)

    def _own(self, group: list[PaperPart]) -> str:
        return group[-1].own or self.product.policy

    def _new_price(self, group: list[PaperPart], product: PaperProduct, on: date) -> tuple[int, date, date]:
        found = [part.whole for part in group if part.whole]
        start, until = found[0] if found else (min(part.start for part in group), group[0].until)
        return product.price_on(max(on, start)), start, until
