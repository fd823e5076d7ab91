"""Where consumers elsewhere in the Union live, by what proves it: their address, and the countries of their banks.

Source: implementing regulation 282/2011, articles 24b and 24f: two pieces of evidence that don't contradict each other,
of which one is enough as long as sales to such consumers stay below € 100,000 a year. So a
customer whose address is outside the Union and whose bank is in it has to be looked at as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.bookkeeping.documents import customer_reference
from billing.db import Work, table_of
from billing.invoices.tables import Invoice
from billing.mandates.tables import Mandate
from billing.payments.tables import Payment
from billing.taxes.service import TO_CONSUMERS
from billing.vat_treatment import MEMBER_STATES, VatTreatment

_I, _M, _L, _B, _Y = (table_of(table).c for table in (Invoice, Mandate, BankLine, BankMatch, Payment))
# An account number begins with its country, also where the rest of it is not kept in the open.
_BY_MANDATE = select(_M.account_id, func.substr(_M.iban_mask, 1, 2).label("country")).where(_M.iban_mask != "")
_BY_TRANSFER = (
    select(_Y.account_id, func.substr(_L.other_iban, 1, 2).label("country"))
    .join_from(table_of(BankLine), table_of(BankMatch), _B.line_id == _L.id)
    .join(table_of(Payment), _Y.id == _B.payment_id)
    .where(_B.purpose == Purpose.RECEIPT.value, _B.undone_at.is_(None), _L.other_iban != "")
)


@dataclass(frozen=True)
class Place:
    """A consumer: the country on its newest invoice of a period, and those that its bank accounts are in. is_outside:
    it was invoiced without VAT, as living outside the VAT area of the Union."""

    account_id: int
    name: str
    country: str
    banks: tuple[str, ...]
    is_outside: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether a bank account speaks against the address."""
        if self.is_outside:
            return any(bank in MEMBER_STATES for bank in self.banks)
        return any(bank != self.country for bank in self.banks)


def places(work: Work, first: date, last: date) -> tuple[Place, ...]:
    """The consumers of a period who pay by where they live, and the customers outside the Union whose bank is in it, in
    the order of their numbers."""
    statement = (
        select(_I.account_id, _I.buyer, _I.vat_treatment)
        .where(
            _I.vat_treatment.in_([one.value for one in (*TO_CONSUMERS, VatTreatment.OUTSIDE)]),
            _I.issued_on.between(first, last),
        )
        .order_by(_I.id)
    )
    newest = {row.account_id: row for row in work.plain(statement)}
    banks = _banks(work, sorted(newest))
    found = (
        Place(account_id, row.buyer["name"], row.buyer["country"], tuple(sorted(banks[account_id])),
              row.vat_treatment == VatTreatment.OUTSIDE)
        for account_id, row in sorted(newest.items())
    )  # fmt: skip
    return tuple(one for one in found if one.contradicts or not one.is_outside)


def as_lines(found: Sequence[Place]) -> Iterator[str]:
    """What the places of consumers rest on, for people: how many, and who has to be looked at."""
    if not found:
        return
    inside = [place for place in found if not place.is_outside]
    proven = sum(bool(place.banks) and not place.contradicts for place in inside)
    count = len(inside)
    yield f"Consumers in the Union: {count}, of whom {proven} have a bank account in the country of their address."
    for place in found:
        if place.contradicts:
            reference = customer_reference(place.account_id)
            untaxed = ", without VAT" if place.is_outside else ""
            yield f"  {reference} {place.name}: address in {place.country}{untaxed}, bank in {', '.join(place.banks)}"


def _banks(work: Work, accounts: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for statement, account_id in ((_BY_MANDATE, _M.account_id), (_BY_TRANSFER, _Y.account_id)):
        for row in work.plain(statement.where(account_id.in_(accounts)).distinct()):
            found[row.account_id].add(row.country)
    return found
