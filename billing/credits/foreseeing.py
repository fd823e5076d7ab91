"""What a credit note would come to, to the cent, without making it."""

from collections.abc import Sequence
from dataclasses import dataclass

from billing.credits import arithmetic, notes
from billing.db import Work
from billing.invoices import carrying
from billing.invoices.tables import Invoice
from billing.vat import VatTotal


@dataclass(frozen=True)
class Foreseen:
    """A note to be. treatment: how its VAT is. offset_cents: lowers what is open on the invoice; the rest would become
    credits."""

    treatment: str
    net_cents: int
    vat: tuple[VatTotal, ...]
    total_cents: int
    offset_cents: int


def foresee(work: Work, invoice_id: int, amounts: Sequence[tuple[int, int]]) -> Foreseen:
    """What `service.credit_lines` would make of these (line, net amount). Raises as it does."""
    invoice, left = work.session.get_one(Invoice, invoice_id), notes.creditable(work, invoice_id)
    by_id = {line.line_id: line for line in left.lines}
    taken = [arithmetic.by_amount(by_id[line_id], net_cents) for line_id, net_cents in amounts]
    vat = arithmetic.vat_of(taken, left.vat)
    net_cents = sum(total.base_cents for total in vat)
    total_cents = net_cents + sum(total.vat_cents for total in vat)
    # A small rest that waits for the next invoice is taken back first.
    open_cents = invoice.open_cents + carrying.waiting_of(work, invoice_id)
    offset_cents = min(total_cents, open_cents)
    return Foreseen(invoice.vat_treatment, net_cents, tuple(vat), total_cents, offset_cents)
