"""What credit notes have left of an invoice, and writing the next one: numbered, with its lines and VAT, for good."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, func, select

from billing import locks
from billing.clock import local_day
from billing.credits.arithmetic import LineLeft, Taken
from billing.credits.tables import CreditNote, CreditNoteLine, CreditNoteVat
from billing.db import Work
from billing.invoices import service as invoices
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceVat
from billing.taxes import service as taxes
from billing.vat import VatTotal

SERIES = "C"


@dataclass(frozen=True)
class Creditable:
    """An invoice as earlier notes left it: its lines in their order, and its VAT per rate."""

    lines: Sequence[LineLeft]
    vat: Sequence[VatTotal]


@dataclass(frozen=True)
class Split:
    """What happens with the money of a note; the parts add up to its total."""

    offset_cents: int
    credit_cents: int
    payout_cents: int


def creditable(work: Work, invoice_id: int) -> Creditable:
    """What may still be taken back of an invoice that is locked."""
    taken = _taken(work, invoice_id)
    return Creditable(
        lines=[_left(line, taken.get(line.id or 0, [])) for line in invoices.lines_of(work, invoice_id)],
        vat=_vat_left(work, invoice_id),
    )


def write(
    work: Work, invoice: Invoice, taken: Sequence[Taken], vat: Sequence[VatTotal], split: Split, reason: str,
    details: dict[int, str],
) -> CreditNote:  # fmt: skip
    """Number and store a note. details: what to say of a line instead of what the invoice says."""
    today = local_day(work.now)
    net_cents, vat_cents = sum(t.base_cents for t in vat), sum(t.vat_cents for t in vat)
    taxes.sold(work, invoice.vat_treatment, (invoice.issued_on or today).year, -net_cents)
    series = locks.number_series(work, SERIES, today.year)
    series.last += 1
    work.session.add(series)
    note = CreditNote(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on or today, year=today.year, sequence=series.last,
        number=f"{SERIES}{today.year}-{series.last:04d}", issued_on=today, issued_at=work.now, reason=reason,
        seller=invoice.seller, buyer=invoice.buyer, language=invoice.language, net_cents=net_cents,
        vat_cents=vat_cents, total_cents=net_cents + vat_cents, vat_treatment=invoice.vat_treatment, **vars(split),
    )  # fmt: skip
    work.session.add(note)
    work.flush()
    note_id = note.id or 0
    work.session.add_all(_lines(work, note, taken, details))
    work.session.add_all(
        CreditNoteVat(credit_note_id=note_id, vat_rate=t.rate, base_cents=t.base_cents, vat_cents=t.vat_cents)
        for t in vat
    )
    work.flush()
    return note


def lines_of(work: Work, note_id: int) -> Sequence[CreditNoteLine]:
    """The lines of a note in their order."""
    lines = select(CreditNoteLine).where(CreditNoteLine.credit_note_id == note_id)
    return work.session.exec(lines.order_by(col(CreditNoteLine.position))).all()


def _lines(work: Work, note: CreditNote, taken: Sequence[Taken], details: dict[int, str]) -> list[CreditNoteLine]:
    invoiced = {line.id: line for line in invoices.lines_of(work, note.invoice_id)}
    return [
        CreditNoteLine(
            credit_note_id=note.id or 0, position=position, invoice_line_id=part.line_id,
            description=invoiced[part.line_id].description,
            detail=details.get(part.line_id) or invoiced[part.line_id].detail, quantity=part.quantity,
            unit_price=part.unit_price, vat_rate=part.vat_rate, net_cents=part.net_cents,
        )
        for position, part in enumerate(taken, start=1)
    ]  # fmt: skip


def _left(line: InvoiceLine, taken: Sequence[CreditNoteLine]) -> LineLeft:
    """An earlier part at the line's own price took a quantity; one as an amount took no quantity of it."""
    quantities = [part.quantity for part in taken if part.unit_price == line.unit_price]
    return LineLeft(
        line_id=line.id or 0, quantity=line.quantity, unit_price=line.unit_price, vat_rate=line.vat_rate,
        whole_cents=line.net_cents, left_cents=line.net_cents - sum(part.net_cents for part in taken),
        left_quantity=line.quantity - sum(quantities, Decimal(0)),
    )  # fmt: skip


def _taken(work: Work, invoice_id: int) -> dict[int, list[CreditNoteLine]]:
    statement = (
        select(CreditNoteLine)
        .join(CreditNote, col(CreditNote.id) == col(CreditNoteLine.credit_note_id))
        .where(CreditNote.invoice_id == invoice_id)
    )
    taken: dict[int, list[CreditNoteLine]] = defaultdict(list)
    for line in work.session.exec(statement):
        taken[line.invoice_line_id].append(line)
    return taken


def _vat_left(work: Work, invoice_id: int) -> list[VatTotal]:
    statement = (
        select(
            col(CreditNoteVat.vat_rate), func.sum(col(CreditNoteVat.base_cents)), func.sum(col(CreditNoteVat.vat_cents))
        )
        .join(CreditNote, col(CreditNote.id) == col(CreditNoteVat.credit_note_id))
        .where(CreditNote.invoice_id == invoice_id)
        .group_by(col(CreditNoteVat.vat_rate))
    )
    taken = {rate: (int(base), int(vat)) for rate, base, vat in work.session.exec(statement)}
    invoiced = work.session.exec(select(InvoiceVat).where(InvoiceVat.invoice_id == invoice_id)).all()
    left = []
    for total in invoiced:
        base_cents, vat_cents = taken.get(total.vat_rate, (0, 0))
        left.append(VatTotal(total.vat_rate, total.base_cents - base_cents, total.vat_cents - vat_cents))
    return left
