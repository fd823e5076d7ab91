"""What the tax office is told of sales across borders: the ICP listing and the OSS return, to the cent of the journal.

Sources: article 37a of the Wet op de omzetbelasting 1968 (listing of intra-Community supplies, per VAT number) and
articles 369a to 369k of directive 2006/112/EC (OSS: per member state and rate, by quarter). Both ask for the documents
of the period in which they were issued; a credit note counts in its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from billing.bookkeeping import places
from billing.bookkeeping.places import Place
from billing.credits.tables import CreditNote, CreditNoteVat
from billing.db import Work, table_of
from billing.invoices.tables import Invoice, InvoiceVat
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.money import euros
from billing.vat_treatment import VatTreatment

_E, _P, _I = table_of(JournalEntry).c, table_of(Posting).c, table_of(Invoice).c
# What invoices and credit notes booked as turnover and VAT, by how the invoice is taxed.
_BOOKED = (
    select(_I.vat_treatment, _P.ledger_account, func.sum(-_P.cents).label("cents"))
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .join(table_of(Invoice), _I.id == _P.invoice_id)
    .where(
        _E.kind.in_([EntryKind.INVOICE_ISSUED.value, EntryKind.CREDIT_NOTE_ISSUED.value]),
        _P.ledger_account.in_([LedgerAccount.DEFERRED_REVENUE.value, LedgerAccount.VAT.value]),
        _E.occurred_on.between(bindparam("first"), bindparam("last")),
    )
    .group_by(_I.vat_treatment, _P.ledger_account)
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """Sales of a period. key: what the return tells apart: a VAT number, or a country. rate: per cent."""

    treatment: VatTreatment
    key: str
    name: str
    rate: Decimal
    net_cents: int
    vat_cents: int


@dataclass(frozen=True)
class VatFigures:
    """Both returns of a period, the sales outside the Union, and where consumers in it live.

    off_cents: how far the documents are from what the journal says of turnover and VAT; anything but 0 is a mistake of
    ours.
    """

    first: date
    last: date
    icp: tuple[Figure, ...]
    oss: tuple[Figure, ...]
    outside: tuple[Figure, ...]
    places: tuple[Place, ...]
    off_cents: int


def vat_figures(work: Work, first: date, last: date) -> VatFigures:
    """The figures of what was issued from the first day to the last, both included."""
    rows = [*_rows(work, Invoice, 1, first, last), *_rows(work, CreditNote, -1, first, last)]
    return VatFigures(
        first, last,
        icp=_summed(rows, VatTreatment.REVERSE_CHARGE, lambda row: row.vat_number),
        oss=_summed(rows, VatTreatment.OSS, lambda row: row.country),
        outside=_summed(rows, VatTreatment.OUTSIDE, lambda row: row.country),
        places=places.places(work, first, last), off_cents=_off_cents(work, rows, first, last),
    )  # fmt: skip


@dataclass(frozen=True)
class _Row:
    treatment: VatTreatment
    country: str
    vat_number: str
    name: str
    rate: Decimal
    net_cents: int
    vat_cents: int


def _rows(work: Work, model: type[Invoice | CreditNote], sign: int, first: date, last: date) -> Iterator[_Row]:
    """Every rate of every document of the period; a credit note takes off."""
    is_note = model is CreditNote
    document, vat = table_of(model), table_of(CreditNoteVat if is_note else InvoiceVat)
    statement = (
        select(document.c.vat_treatment, document.c.buyer, vat.c.vat_rate, vat.c.base_cents, vat.c.vat_cents)
        .join_from(document, vat, document.c.id == (vat.c.credit_note_id if is_note else vat.c.invoice_id))
        .where(document.c.issued_on.between(first, last))
        .order_by(document.c.id, vat.c.id)
    )
    for row in work.plain(statement):
        yield _Row(
            VatTreatment(row.vat_treatment), row.buyer["country"], row.buyer["vat_number"], row.buyer["name"],
            row.vat_rate, sign * row.base_cents, sign * row.vat_cents,
        )  # fmt: skip


def _summed(rows: Iterable[_Row], treatment: VatTreatment, key: Callable[[_Row], str]) -> tuple[Figure, ...]:
    """The rows of one treatment added up by key and rate, with the name on the newest document."""
    sums: dict[tuple[str, Decimal], list[Any]] = {}
    for row in rows:
        if row.treatment is treatment:
            found = sums.setdefault((key(row), row.rate.normalize()), ["", 0, 0])
            found[:] = [row.name, found[1] + row.net_cents, found[2] + row.vat_cents]
    return tuple(Figure(treatment, key, name, rate, net, vat) for (key, rate), (name, net, vat) in sorted(sums.items()))


def _off_cents(work: Work, rows: Iterable[_Row], first: date, last: date) -> int:
    """How far the documents are from the journal, over all ways of being taxed."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sums[row.treatment.value, LedgerAccount.DEFERRED_REVENUE.value] += row.net_cents
        sums[row.treatment.value, LedgerAccount.VAT.value] += row.vat_cents
    for booked in work.plain(_BOOKED, first=first, last=last):
        sums[booked.vat_treatment, booked.ledger_account] -= int(booked.cents)
    return sum(abs(cents) for cents in sums.values())


def as_row(found: VatFigures) -> dict[str, object]:
    """The figures as JSON has them; amounts in cents."""
    kinds = {"icp": found.icp, "oss": found.oss, "outside": found.outside}
    return {
        "first": found.first.isoformat(), "last": found.last.isoformat(), "off_cents": found.off_cents,
        "places": [asdict(place) | {"contradicts": place.contradicts} for place in found.places],
        **{name: [_figure_row(figure) for figure in figures] for name, figures in kinds.items()},
    }  # fmt: skip


def as_lines(found: VatFigures) -> Iterator[str]:
    """The figures for people."""
    yield f"Issued from {found.first} to {found.last}, without VAT and VAT:"
    yield from _part("ICP listing, by VAT number", found.icp)
    yield from _part("OSS return, by country and rate", found.oss)
    yield from _part("Outside the Union, by country", found.outside)
    yield from places.as_lines(found.places)
    said = "The journal says the same." if not found.off_cents else f"The journal is {found.off_cents} cents off."
    yield said


def _part(title: str, figures: Sequence[Figure]) -> Iterator[str]:
    yield f"{title}:" if figures else f"{title}: none."
    for one in figures:
        yield f"  {one.key:<16} {one.rate:>5f} %  {euros(one.net_cents):>12}  {euros(one.vat_cents):>12}  {one.name}"
    if figures:
        net_cents, vat_cents = sum(one.net_cents for one in figures), sum(one.vat_cents for one in figures)
        yield f"  {'together':<16} {'':>7}  {euros(net_cents):>12}  {euros(vat_cents):>12}"


def _figure_row(figure: Figure) -> dict[str, object]:
    return {
        "key": figure.key, "name": figure.name, "rate": format(figure.rate, "f"), "net_cents": figure.net_cents,
        "vat_cents": figure.vat_cents,
    }  # fmt: skip
