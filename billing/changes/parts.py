"""What is prepaid of a service: the invoice lines for days to come, and what each is still worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from billing.changes.tables import PrepaidPart
from billing.credits.tables import CreditNoteLine
from billing.db import Work, table_of
from billing.invoices.tables import ISSUED, Invoice, InvoiceLine
from billing.proration import ONE_DAY, Period, Proration, Split, split
from billing.vat_treatment import Taxation, VatTreatment

_L, _I, _P = table_of(InvoiceLine).c, table_of(Invoice).c, table_of(PrepaidPart).c
_C = table_of(CreditNoteLine).c
_WORTH = select(_P.id, _P.invoice_line_id, _P.start, _P.until, _P.net_cents, _P.policy, _P.credited_before_cents).where(
    _P.service_id == bindparam("service_id")
)
_LINES = (
    select(_L.id, _L.invoice_id, _I.number, _I.vat_treatment, _I.buyer, _I.issued_on, _L.description, _L.net_cents,
           _L.vat_rate, _L.period_start, _L.period_end, _L.explanation)
    .join_from(table_of(InvoiceLine), table_of(Invoice), _I.id == _L.invoice_id)
    .where(_I.state == ISSUED, or_(_L.service_id == bindparam("service_id"),
                                   _L.id.in_(bindparam("lines", expanding=True))))
)  # fmt: skip
_CREDITED = (
    select(_C.invoice_line_id, func.sum(_C.net_cents).label("cents"))
    .where(_C.invoice_line_id.in_(bindparam("lines", expanding=True)))
    .group_by(_C.invoice_line_id)
)


@dataclass(frozen=True)
class Part:
    """An invoice line as far as it is prepaid. start, until: the days that `net_cents` is for, without the last.

    period: the whole period that the line was invoiced for, None for the line of an upgrade; own_policy: what was to be
    given back of that. credited_cents: what credit notes took of `net_cents`. taxed: as its invoice
    was, by the day that its price is of (priced_on).
    """

    line_id: int
    invoice_id: int
    invoice_number: str
    description: str
    taxed: Taxation
    priced_on: date
    vat_rate: Decimal
    whole_cents: int
    period: Period | None
    own_policy: Proration
    start: date
    until: date
    net_cents: int
    policy: Proration
    credited_before_cents: int
    credited_cents: int

    def split(self, on: date, policy: Proration | None = None) -> Split:
        """How much is used at the start of a day, by the part's own policy unless another is named."""
        return split(policy or self.policy, self.net_cents, Period(self.start, self.until), on)

    def unused_cents(self, on: date) -> int:
        """What is left of it from a day on, without VAT: what was taken back before is no longer there."""
        return max(self.split(on).unused_cents - self.credited_cents, 0)


def prepaid(work: Work, service_id: int, policy: Proration, on: date) -> list[Part]:
    """The parts that are for `on` or a later day, the newest first. policy: of lines that don't say their own."""
    worth = {row.invoice_line_id: row for row in sorted(work.plain(_WORTH, service_id=service_id), key=lambda r: r.id)}
    lines = work.plain(_LINES, service_id=service_id, lines=sorted(worth)).all()
    credited = {row.invoice_line_id: int(row.cents) for row in work.plain(_CREDITED, lines=[line.id for line in lines])}
    parts = [_part(line, policy, worth.get(line.id), credited.get(line.id, 0)) for line in lines]
    later = (part for part in parts if part.until > on)
    return sorted(later, key=lambda part: (part.start, part.line_id), reverse=True)


def hand_on(work: Work, service_id: int, parts: Sequence[Part]) -> None:
    """Let another service have what is prepaid."""
    work.session.add_all(_row(service_id, part) for part in parts)
    work.flush()


def write_rest(work: Work, service_id: int, part: Part, on: date, cents: int) -> None:
    """`cents` are taken back of what a part is worth from a day on; the rest is for the same days.

    Of a part that has begun the days before are used up, and of the rest nothing goes at once any more.
    """
    begun = on > part.start
    rest = replace(
        part, start=max(part.start, on), net_cents=part.unused_cents(on) - cents, credited_cents=0,
        policy=Proration.LINEAR if begun else part.policy,
        credited_before_cents=part.credited_before_cents + part.credited_cents + cents,
    )  # fmt: skip
    work.session.add(_row(service_id, rest))


def _row(service_id: int, part: Part) -> PrepaidPart:
    return PrepaidPart(
        service_id=service_id, invoice_line_id=part.line_id, start=part.start, until=part.until,
        net_cents=part.net_cents, policy=part.policy.value, credited_before_cents=part.credited_before_cents,
    )  # fmt: skip


def _part(line: Any, policy: Proration, worth: Any, credited_cents: int) -> Part:
    period = Period(line.period_start, line.period_end + ONE_DAY) if line.period_start else None
    own = Proration((line.explanation or {}).get("policy", policy))
    before = worth.credited_before_cents if worth else 0
    return Part(
        line_id=line.id, invoice_id=line.invoice_id, invoice_number=line.number, description=line.description,
        taxed=Taxation(VatTreatment(line.vat_treatment), line.buyer["country"]),
        priced_on=line.period_start or line.issued_on, vat_rate=line.vat_rate, whole_cents=line.net_cents,
        period=period, own_policy=own,
        start=worth.start if worth else line.period_start, until=worth.until if worth else line.period_end + ONE_DAY,
        net_cents=worth.net_cents if worth else line.net_cents, policy=Proration(worth.policy) if worth else own,
        credited_before_cents=before, credited_cents=credited_cents - before,
    )  # fmt: skip
