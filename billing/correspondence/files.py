"""Handing out printed invoices: only to who may see them, and only the file of the version that is true now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.access import Actor
from billing.correspondence.queries import current_file
from billing.db import Work
from billing.invoices.queries import visible_invoices


@dataclass(frozen=True)
class PrintedInvoice:
    """A PDF with the digest of its bytes."""

    number: str
    sha256: str
    content: bytes = field(repr=False)


def printed_invoices(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[PrintedInvoice, ...] | None:
    """The PDFs of these invoices; None when one of them has yet to be printed. Raises NotFound or NotAllowed."""
    printed = []
    for invoice in visible_invoices(work, actor, numbers):
        file = current_file(work, invoice)
        if file is None:
            return None
        printed.append(PrintedInvoice(invoice.number or "", file.sha256, file.content))
    return tuple(printed)
