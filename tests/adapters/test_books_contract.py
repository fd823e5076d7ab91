"""What every bookkeeping does, the real adapter against the sandbox and the one in memory alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import httpx
import pytest

from billing.adapters.books import Moneybird, MoneybirdSettings
from billing.money import parse_euros
from billing.ports import BookContact, BookDocument, BookLine, Books, BookSettlement, BookStanding, Contra
from billing.sandbox import RunningSandbox
from tests.fakes.books import FakeBooks

CONTACT = BookContact("K7", "Bakkerij Test", "A. Tester", "Dorpsstraat 1", "1234 AB", "Teststad", "NL", "")
INVOICE = BookDocument(
    "F2026-0001", date(2026, 3, 2), date(2026, 3, 16),
    (BookLine("Webhosting", 10_000, "21"), BookLine("Boek", 1_000, "9")), 13_190,
)  # fmt: skip
NOTE = BookDocument("C2026-0001", date(2026, 3, 2), date(2026, 3, 2), (BookLine("Webhosting", -10_000, "21"),), -12_100)
PAID = BookSettlement("payment:1", date(2026, 3, 3), 13_190, Contra.PAYMENTS)
TAX_RATES = {"21": "2121", "9": "2109", "0": "2100", "reverse_charge": "2101"}
LEDGERS = {
    "revenue": "8000", "payments": "1200", "bank": "1100", "credits": "1600", "notes": "1310", "carried": "1320",
    "unallocated": "1610", "payout": "1620", "goodwill": "4910", "fees": "4500",
    "bank_other": "1190", "bad_debt": "4900", "earlier": "1330",
}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """A bookkeeping, and how its documents are seen from its own side."""

    books: Books
    sandbox: RunningSandbox | None = None

    def totals(self) -> list[tuple[str, int]]:
        """Number and total of each document."""
        if isinstance(self.books, FakeBooks):
            return [(one.document.reference, one.document.total_cents) for one in self.books.documents.values()]
        return [(one["reference"], _cents(one["total_price_incl_tax"])) for one in self._invoices()]

    def payments(self) -> list[int]:
        if isinstance(self.books, FakeBooks):
            return [one.cents for kept in self.books.documents.values() for one in kept.settlements]
        return [_cents(payment["price"]) for one in self._invoices() for payment in one["payments"]]

    def names(self) -> list[str]:
        if isinstance(self.books, FakeBooks):
            return [contact.name for contact in self.books.contacts.values()]
        return [contact["company_name"] for contact in self._json()["contacts"]]

    def book_by_hand(self, document_id: str) -> None:
        if isinstance(self.books, FakeBooks):
            self.books.documents[document_id].foreign_cents = 13_190
        elif self.sandbox:
            httpx.post(f"{self.sandbox.url}/books/{document_id}/pay", trust_env=False)

    def _invoices(self):
        return self._json()["invoices"]

    def _json(self):
        assert self.sandbox is not None
        return httpx.get(f"{self.sandbox.url}/books.json", trust_env=False).json()


def moneybird(sandbox: RunningSandbox, **changes: object) -> Moneybird:
    """The adapter, connected to an emptied sandbox."""
    sandbox.world.reset()
    settings = MoneybirdSettings(
        url=f"{sandbox.url}/books/api/v2", administration=sandbox.settings.books_administration,
        token=sandbox.settings.books_token, tax_rates=TAX_RATES, ledgers=LEDGERS,
        news_secret=sandbox.settings.books_news_secret,
    )  # fmt: skip
    return Moneybird(replace(settings, **changes))


@pytest.fixture(params=["in memory", "sandbox"])
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    if request.param == "in memory":
        yield Side(FakeBooks())
        return
    running: RunningSandbox = request.getfixturevalue("sandbox")
    books = moneybird(running)
    yield Side(books, running)
    books.close()


@pytest.fixture
def document_id(side: Side) -> str:
    """An invoice that stands there."""
    return side.books.keep_document(INVOICE, side.books.keep_contact(CONTACT), may_exist=False)


def test_an_invoice_stands_there_with_our_number_and_to_the_cent(side: Side, document_id: str) -> None:
    assert side.totals() == [("F2026-0001", 13_190)]


def test_a_credit_note_is_a_document_below_zero(side: Side, document_id: str) -> None:
    contact_id = side.books.keep_contact(CONTACT)
    side.books.keep_document(NOTE, contact_id, may_exist=False)
    assert side.totals() == [("F2026-0001", 13_190), ("C2026-0001", -12_100)]


def test_a_document_that_may_exist_is_found_and_not_made_again(side: Side, document_id: str) -> None:
    contact_id = side.books.keep_contact(CONTACT)
    assert side.books.keep_document(INVOICE, contact_id, may_exist=True) == document_id
    assert side.totals() == [("F2026-0001", 13_190)]


def test_a_document_that_may_exist_and_does_not_is_made(side: Side) -> None:
    side.books.keep_document(INVOICE, side.books.keep_contact(CONTACT), may_exist=True)
    assert side.totals() == [("F2026-0001", 13_190)]


def test_a_customer_is_there_once_and_as_described_last(side: Side) -> None:
    first = side.books.keep_contact(CONTACT)
    again = side.books.keep_contact(replace(CONTACT, name="Bakkerij Anders"))
    known = side.books.keep_contact(replace(CONTACT, name="Bakkerij Nieuw"), first)
    assert (first == again == known, side.names()) == (True, ["Bakkerij Nieuw"])


def test_a_settlement_stands_there_once_however_often_it_is_told(side: Side, document_id: str) -> None:
    assert [side.books.settle(document_id, [PAID]) for _ in range(3)] == [0, 0, 0]
    assert side.payments() == [13_190]


def test_a_settlement_that_is_no_longer_told_goes_away(side: Side, document_id: str) -> None:
    side.books.settle(document_id, [PAID])
    side.books.settle(document_id, [])
    assert side.payments() == []


def test_a_settlement_of_another_amount_takes_its_place(side: Side, document_id: str) -> None:
    side.books.settle(document_id, [PAID])
    side.books.settle(document_id, [replace(PAID, cents=10_000)])
    assert side.payments() == [10_000]


def test_a_credit_note_and_its_invoice_settle_each_other(side: Side, document_id: str) -> None:
    note_id = side.books.keep_document(NOTE, side.books.keep_contact(CONTACT), may_exist=False)
    side.books.settle(document_id, [BookSettlement("note:1", NOTE.issued_on, 12_100, Contra.NOTES)])
    side.books.settle(note_id, [BookSettlement("notes", NOTE.issued_on, -12_100, Contra.NOTES)])
    assert side.payments() == [12_100, -12_100]


def test_what_somebody_booked_there_by_hand_is_told_and_left_alone(side: Side, document_id: str) -> None:
    side.book_by_hand(document_id)
    assert side.books.settle(document_id, []) == 13_190
    assert side.books.settle(document_id, []) == 13_190


def test_our_pdf_is_attached_once(side: Side, document_id: str) -> None:
    side.books.keep_file(document_id, "F2026-0001.pdf", b"%PDF", may_exist=False)
    side.books.keep_file(document_id, "F2026-0001.pdf", b"%PDF", may_exist=True)
    if side.sandbox:
        [invoice] = side._invoices()
        assert [file["filename"] for file in invoice["attachments"]] == ["F2026-0001.pdf"]


def _cents(amount: str) -> int:
    return parse_euros(f"{Decimal(amount):.2f}")


def test_what_stands_there_is_told_with_what_settles_it(side: Side, document_id: str) -> None:
    side.books.settle(document_id, [PAID])
    day = INVOICE.issued_on
    assert list(side.books.standing(day, day)) == [
        BookStanding(document_id, "F2026-0001", (("payment:1", 13_190),)),
    ]
    before = day - timedelta(days=1)
    assert list(side.books.standing(before, before)) == []


def test_a_document_that_stands_there_twice_is_told_twice_until_one_is_removed(side: Side, document_id: str) -> None:
    double = side.books.keep_document(INVOICE, side.books.keep_contact(CONTACT), may_exist=False)
    day = INVOICE.issued_on
    assert [one.reference for one in side.books.standing(day, day)] == ["F2026-0001", "F2026-0001"]
    for _ in range(2):
        side.books.remove_document(double)
    assert [one.document_id for one in side.books.standing(day, day)] == [document_id]
