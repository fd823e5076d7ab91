"""When a domain is renewed, and when a person is asked first. Pure: no database here."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class RenewalRules:
    """What the company has decided about domains.

    days: how long before it ends a period is renewed, whether or not the next one is paid. ceiling_cents: what an
    account may have open in all when it is renewed unpaid; above that a person decides.
    """

    days: int = 7
    ceiling_cents: int = 25_000

    def starts_until(self, today: date) -> date:
        """The last day on which a period may begin that is renewed today."""
        return today + timedelta(days=self.days)

    def lets_go(self, open_cents: int) -> bool:
        """Whether a domain is renewed without asking anybody."""
        return open_cents <= self.ceiling_cents
