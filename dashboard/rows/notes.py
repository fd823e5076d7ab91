"""Credit notes as lists and pages show them."""

from dataclasses import dataclass

from billing.credits.queries import NoteRow
from dashboard.rows.common import Badge, cents, day
from dashboard.texts.languages import SAID

TEXTS = SAID.credits.notes


@dataclass(frozen=True)
class Note:
    """One credit note. file_url: its PDF; name: what that link is called; what: what happened with the money.

    xml_url, xml_name: the same for its e-invoice.
    """

    number: str
    file_url: str
    name: str
    issued_on: str
    invoice: str
    invoice_name: str
    invoice_url: str
    reason: str
    amount: str
    what: str
    xml_url: str
    xml_name: str


def note(row: NoteRow) -> Note:
    """A credit note with its links."""
    return Note(
        number=row.number,
        file_url=file_url(row),
        name=TEXTS.name.format(number=row.number),
        issued_on=day(row.issued_on),
        invoice=row.invoice_number,
        invoice_name=TEXTS.of_invoice.format(number=row.invoice_number),
        invoice_url=f"/invoices/{row.invoice_number}",
        reason=row.reason,
        amount=cents(row.total_cents),
        what=TEXTS.join.join([*(f"{label} {cents(part)}" for label, part in _parts(row)), *_vat(row)]),
        xml_url=f"/files/credit-notes/{row.number}.xml",
        xml_name=TEXTS.einvoice_name.format(number=row.number),
    )


def file_url(row: NoteRow) -> str:
    """Where the PDF is."""
    return f"/files/credit-notes/{row.number}.pdf"


def note_badge(row: NoteRow) -> Badge:
    """What happened with the money, as the status of a credit note."""
    first, *others = [label for label, _ in _parts(row)]
    return Badge(label=first, detail="".join(f"{TEXTS.join}{label}" for label in others), tone="s-credit", icon="note")


def _vat(row: NoteRow) -> tuple[str, ...]:
    return tuple(filter(None, (TEXTS.untaxed.get(row.vat_treatment),)))


def _parts(row: NoteRow) -> list[tuple[str, int]]:
    parts = (("offset", row.offset_cents), ("credit", row.credit_cents), ("payout", row.payout_cents))
    return [(TEXTS.parts[kind], part) for kind, part in parts if part]
