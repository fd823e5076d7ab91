"""The download of a period: what its form starts with, and the index that goes with the files."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from billing.correspondence.periods import Invoiced, Period, PeriodInvoice, PeriodNote
from billing.documents import file_name
from billing.ports import AccountStatement
from billing.settlement import Label
from billing.spreadsheets import amount, day, sheet, words
from dashboard.rows.common import badge
from dashboard.texts.languages import SAID, language


@dataclass(frozen=True)
class PeriodForm:
    """account: id of the account that is chosen from the start. first, last: days as a date field has them."""

    account: str = ""
    first: str = ""
    last: str = ""


def period_form(account_id: int, today: date) -> PeriodForm:
    """The form filled in for the quarter before this one, which is what a VAT return asks for."""
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    last = quarter - timedelta(days=1)
    return PeriodForm(str(account_id), date(last.year, last.month - 2, 1).isoformat(), last.isoformat())


def pdf_name(number: str, *, is_note: bool = False) -> str:
    """What the printed invoice or credit note is called when it is saved."""
    return f"{file_name(number, language(), is_note=is_note)}.pdf"


def xml_name(number: str, *, is_note: bool = False) -> str:
    """What the same as an e-invoice is called."""
    return f"{file_name(number, language(), is_note=is_note)}.xml"


def zip_name(customer: str, period: Period) -> str:
    """What the download is called: plain letters only, because the name travels in a header."""
    letters = unicodedata.normalize("NFKD", customer).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]
    return SAID.period.file_name.format(customer=name or SAID.web.nameless, first=period.first, last=period.last)


def statement_name(period: Period, ending: str) -> str:
    """What an account statement is called when it is saved."""
    return SAID.period.statement_file.format(first=period.first, last=period.last, ending=ending)


def statement_sheet(statement: AccountStatement) -> bytes:
    """An account statement as a spreadsheet: the balance before it, its rows, and the balance after it."""
    said = SAID.period.statement
    rows = [
        [day(row.on), words(said.kinds[row.kind.value]), words(", ".join(row.documents)), amount(row.cents),
         amount(row.balance_cents)]
        for row in statement.rows
    ]  # fmt: skip
    first = [day(statement.first), said.opening, "", "", amount(statement.opening_cents)]
    last = [day(statement.last), said.closing, "", "", amount(statement.closing_cents)]
    return sheet(said.columns, [first, *rows, last])


def index(found: Invoiced, digests: Sequence[tuple[str, str]]) -> bytes:
    """The index as a spreadsheet, invoices first. digests: SHA-256 of the PDF and the e-invoice of each document."""
    rows = [*map(_invoice, found.invoices), *map(_note, found.notes)]
    files = [_files(one.number, isinstance(one, PeriodNote)) for one in found.documents]
    return sheet(
        SAID.period.columns,
        [
            [*row, pdf, of_pdf, xml, of_xml]
            for row, (pdf, xml), (of_pdf, of_xml) in zip(rows, files, digests, strict=True)
        ],
    )


def _invoice(invoice: PeriodInvoice) -> list[str]:
    amounts = (
        invoice.net_cents, invoice.vat_cents, invoice.total_cents, invoice.paid_cents, invoice.settled_cents,
        invoice.open_cents,
    )  # fmt: skip
    status = invoice.status
    return [
        words(invoice.number),
        day(invoice.issued_on),
        day(invoice.due_on),
        words(invoice.buyer),
        *map(amount, amounts),
        words(badge(status).label),
        day(status.on) if status.label is Label.PAID else "",
    ]


def _note(note: PeriodNote) -> list[str]:
    """What a credit note came to stands with its invoice, and in the note itself."""
    return [
        words(note.number),
        day(note.issued_on),
        "",
        words(note.buyer),
        *map(amount, (note.net_cents, note.vat_cents, note.total_cents)),
        *("", "", ""),
        words(SAID.period.note_of.format(number=note.invoice_number)),
        "",
    ]


def _files(number: str, is_note: bool) -> tuple[str, str]:
    return words(pdf_name(number, is_note=is_note)), words(xml_name(number, is_note=is_note))
