"""What a change of a service comes to, line by line. Pure: the same facts give the same plan, and the same hash."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.vat import VatTotal


@dataclass(frozen=True)
class GivenBack:
    """What is taken back of one invoice line. start, until: the days that it is for, without the last.

    net_cents: what those days cost without VAT. kept_cents: of the unused part, what the new product takes.
    cents: what is given back, without VAT. whole_cents: what the line was invoiced for.
    """

    service_id: int
    line_id: int
    invoice_id: int
    invoice_number: str
    description: str
    start: date
    until: date
    policy: str
    whole_cents: int
    net_cents: int
    used_days: int
    days: int
    used_cents: int
    kept_cents: int
    cents: int
    vat_rate: Decimal


@dataclass(frozen=True)
class Note:
    """A credit note to be. treatment: how the VAT of its invoice is. offset_cents: lowers what is open on that; the
    rest becomes credits."""

    invoice_id: int
    invoice_number: str
    treatment: str
    net_cents: int
    vat: tuple[VatTotal, ...]
    total_cents: int
    offset_cents: int

    @property
    def credit_cents(self) -> int:
        return self.total_cents - self.offset_cents


@dataclass(frozen=True)
class Charge:
    """What an upgrade costs for one prepaid period. worth_cents: what the old product's rest is worth in it."""

    start: date
    until: date
    used_days: int
    days: int
    price_cents: int
    rest_cents: int
    worth_cents: int
    cents: int
    vat_rate: Decimal


@dataclass(frozen=True)
class Bill:
    """The invoice of an upgrade. treatment: how its VAT is. brought_cents: small rests of earlier invoices.

    credits_cents: settled with credits at once. open_cents: left to pay; too little to ask for is none.
    """

    treatment: str
    lines: tuple[Charge, ...]
    net_cents: int
    vat: tuple[VatTotal, ...]
    total_cents: int
    brought_cents: int
    credits_cents: int
    open_cents: int

    @property
    def carried_cents(self) -> int:
        """The small rest that goes on to the next invoice."""
        return self.total_cents + self.brought_cents - self.credits_cents - self.open_cents


@dataclass(frozen=True)
class Ending:
    """A service that ends. ends_on: its last day."""

    service_id: int
    name: str
    label: str
    ends_on: date


@dataclass(frozen=True)
class Staying:
    """A service that hangs on one that ends, and goes on by itself."""

    service_id: int
    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class NewProduct:
    """What a service becomes, and the version of its price that counts on the day of the change."""

    product_id: int
    name: str
    price_version: int
    net_cents: int
    vat_rate: Decimal


@dataclass(frozen=True)
class Plan:
    """All that a change does. on: the first day on which it counts. lines: the newest period first."""

    what: str
    service_id: int
    name: str
    label: str
    on: date
    endings: tuple[Ending, ...]
    staying: tuple[Staying, ...]
    product: NewProduct | None
    lines: tuple[GivenBack, ...]
    notes: tuple[Note, ...]
    bill: Bill | None

    @property
    def credited_cents(self) -> int:
        return sum(note.total_cents for note in self.notes)

    @property
    def offset_cents(self) -> int:
        return sum(note.offset_cents for note in self.notes)

    @property
    def credit_cents(self) -> int:
        return self.credited_cents - self.offset_cents

    @property
    def charged_cents(self) -> int:
        return self.bill.total_cents if self.bill else 0

    def lines_of(self, invoice_id: int) -> Sequence[GivenBack]:
        """The lines that are taken back of one invoice."""
        return [line for line in self.lines if line.invoice_id == invoice_id]


def content_of(plan: Plan) -> dict[str, Any]:
    """The plan as JSON."""
    return {name: _plain(part) for name, part in asdict(plan).items()}


def digest(content: dict[str, Any]) -> str:
    """What tells two plans apart that differ in anything at all."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value
