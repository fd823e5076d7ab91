"""The journal as a spreadsheet, and the index of documents. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.bookkeeping.export.chart import event, journal_of, ledger
from billing.bookkeeping.export.journal import JournalRow
from billing.spreadsheets import amount, day, sheet, words

_JOURNAL = (
    "Datum", "Dagboek", "Boekstuk", "Rekening", "Naam van de rekening", "Omschrijving", "Btw-code", "Debet", "Credit",
    "Klantnummer", "Klant", "Factuur", "Boeking",
)  # fmt: skip
_INDEX = (
    "Nummer", "Soort", "Datum", "Klantnummer", "Klant", "Exclusief btw", "Btw", "Inclusief btw", "Btw per tarief",
    "Bestand", "SHA-256",
)  # fmt: skip


@dataclass(frozen=True)
class Indexed:
    """A document of a period. Amounts of a credit note are below zero. rates: code, base and VAT of each."""

    number: str
    kind: str
    on: date
    customer_reference: str
    customer: str
    net_cents: int
    vat_cents: int
    rates: tuple[tuple[str, int, int], ...]
    file: str
    sha256: str


def journal_sheet(rows: Sequence[JournalRow]) -> bytes:
    """A row a posting; what is debited and what is credited come to the same."""
    return sheet(_JOURNAL, [_journal_row(row) for row in rows])


def index_sheet(documents: Sequence[Indexed]) -> bytes:
    """A row a document, with the digest of its file."""
    return sheet(_INDEX, [_index_row(document) for document in documents])


def _journal_row(row: JournalRow) -> list[str]:
    account = ledger(row.ledger_account)
    return [
        day(row.on), journal_of(row.kind).code, words(row.document), account.number, account.name, event(row.kind),
        words(row.vat_code), amount(row.cents) if row.cents > 0 else "", amount(-row.cents) if row.cents < 0 else "",
        f"K{row.customer_id}" if row.customer_id else "", words(row.customer), words(row.invoice), str(row.entry_id),
    ]  # fmt: skip


def _index_row(one: Indexed) -> list[str]:
    rates = ", ".join(f"{code}: {amount(base)} + {amount(vat)}" for code, base, vat in one.rates)
    return [
        words(one.number), one.kind, day(one.on), one.customer_reference, words(one.customer), amount(one.net_cents),
        amount(one.vat_cents), amount(one.net_cents + one.vat_cents), rates, one.file, one.sha256,
    ]  # fmt: skip
