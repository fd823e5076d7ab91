"""Counting what a run has invoiced, or would."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from billing.invoices.bulk import Bill
from billing.runs.due import Skipped


@dataclass
class Tally:
    """Counts and sums in cents. vat: base and VAT by rate (per cent). credits_cents: settled with credits at once."""

    invoices: int = 0
    lines: int = 0
    net_cents: int = 0
    vat_cents: int = 0
    credits_cents: int = 0
    vat: dict[Decimal, tuple[int, int]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.vat_cents

    def add(self, bills: Sequence[Bill], *, credits_cents: int, skipped: Iterable[Skipped]) -> None:
        """Count these invoices and what was left out."""
        self.invoices += len(bills)
        self.lines += sum(len(bill.lines) for bill in bills)
        self.net_cents += sum(bill.net_cents for bill in bills)
        self.vat_cents += sum(bill.vat_cents for bill in bills)
        self.credits_cents += credits_cents
        self.skipped += skipped
        for total in (total for bill in bills for total in bill.vat):
            self._add_vat(total.rate, total.base_cents, total.vat_cents)

    def merge(self, other: "Tally") -> None:
        """Count all of another tally."""
        self.invoices += other.invoices
        self.lines += other.lines
        self.net_cents += other.net_cents
        self.vat_cents += other.vat_cents
        self.credits_cents += other.credits_cents
        self.skipped += other.skipped
        for rate, (base_cents, vat_cents) in other.vat.items():
            self._add_vat(rate, base_cents, vat_cents)

    def _add_vat(self, rate: Decimal, base_cents: int, vat_cents: int) -> None:
        base, tax = self.vat.get(rate, (0, 0))
        self.vat[rate] = (base + base_cents, tax + vat_cents)
