"""The port to bookkeeping software: it is told how things should stand there, and makes them so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from billing.errors import BillingError, ProviderUnclear


class Contra(StrEnum):
    """What stands over against the debtor when something settles a document; and over against each other in entries
    that no document is about.

    PAYMENTS: money on its way through the gateway. BANK: money on our own account. CREDITS: what the customer has to
    spend. NOTES: an invoice and its credit note against each other. CARRIED: small rests on their way to a next
    invoice. UNALLOCATED: received, and without a purpose. PAYOUT: on its way back to a customer. GOODWILL: credits as a
    gesture. FEES: what the gateway keeps. BANK_OTHER: on our account, and nothing to do with customers. BAD_DEBT: what
    will never be paid. EARLIER: what is owed on documents from before the bookkeeping was connected, and became of it.
    """

    PAYMENTS = "payments"
    BANK = "bank"
    CREDITS = "credits"
    NOTES = "notes"
    CARRIED = "carried"
    UNALLOCATED = "unallocated"
    PAYOUT = "payout"
    GOODWILL = "goodwill"
    FEES = "fees"
    BANK_OTHER = "bank_other"
    BAD_DEBT = "bad_debt"
    EARLIER = "earlier"


@dataclass(frozen=True)
class BookContact:
    """A customer. reference: our number of it, by which it is found again; country: ISO 3166 code."""

    reference: str
    name: str
    attention: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str


@dataclass(frozen=True)
class BookLine:
    """One line. vat_code: the rate in per cent without trailing zeros ("21", "9", "0"), or "reverse_charge"."""

    description: str
    net_cents: int
    vat_code: str


@dataclass(frozen=True)
class BookDocument:
    """An invoice, or a credit note, whose amounts are below zero. reference: our number of it.

    total_cents: including VAT, as it is printed; what the bookkeeping makes of the lines has to equal it.
    """

    reference: str
    issued_on: date
    due_on: date
    lines: tuple[BookLine, ...]
    total_cents: int


@dataclass(frozen=True)
class BookSettlement:
    """What takes a document's amount away: money, credits, a credit note. reference: unique within the document.

    cents: what is still unpaid becomes so much less; below zero on a credit note, and where money went back.
    """

    reference: str
    on: date
    cents: int
    contra: Contra


@dataclass(frozen=True)
class BookMove:
    """One side of an entry: debit above zero, credit below."""

    contra: Contra
    cents: int


@dataclass(frozen=True)
class BookJournal:
    """An entry that no document is about; its moves come to zero. reference: our number of it. words: what happened."""

    reference: str
    on: date
    words: str
    moves: tuple[BookMove, ...]


@dataclass(frozen=True)
class BookNews:
    """What the bookkeeping says happened to a document there. message_id: the same when it repeats itself.

    version: the highest one counts, in whatever order they arrive. foreign_cents: what somebody there booked on it by
    hand. is_gone: it was thrown away.
    """

    message_id: str
    document_id: str
    version: int
    foreign_cents: int
    is_gone: bool


@dataclass(frozen=True)
class BookStanding:
    """A document as it stands there. reference: our number of it. settlements: our reference and the cents of each of
    ours on it; one that stands there twice is listed twice."""

    document_id: str
    reference: str
    settlements: tuple[tuple[str, int], ...] = ()


class BooksBusy(ProviderUnclear):
    """The bookkeeping takes no more for now; `until`: an aware instant before which it need not be asked."""

    code = "books_busy"


class BooksClosed(BillingError):
    """The bookkeeping lets us in no more: a person has to look at its key or subscription. `reason`: for staff."""

    code = "books_closed"


class NewsRefused(BillingError):
    """A message of the bookkeeping that can't be trusted or read. `status` is the HTTP status to answer with."""

    code = "news_refused"


class Books(Protocol):
    """One administration in the bookkeeping software.

    Every call may be repeated: what stands there already is found by our reference and not made again. Each raises
    ProviderUnclear when nobody knows what became of it, BooksBusy (with `until`) when it has to wait, ProviderRefused
    when a person has to look at this document, and BooksClosed when a person has to look at the connection.
    """

    @property
    def administration(self) -> str:
        """Which administration it is; empty when no bookkeeping is connected."""
        ...

    def keep_contact(self, contact: BookContact, contact_id: str = "") -> str:
        """Have this customer there, as described; returns the id there. contact_id: that id, when it is known."""
        ...

    def keep_document(self, document: BookDocument, contact_id: str, *, may_exist: bool) -> str:
        """Have this document there; returns its id there. may_exist: an earlier call may have made it."""
        ...

    def keep_file(self, document_id: str, name: str, content: bytes, *, may_exist: bool) -> None:
        """Have our PDF attached to a document."""
        ...

    def settle(self, document_id: str, settlements: Sequence[BookSettlement]) -> int:
        """Have exactly these settlements of ours on a document; returns what others booked on it, in cents."""
        ...

    def keep_journal(self, journal: BookJournal, *, may_exist: bool) -> str:
        """Have this entry there; returns its id there. may_exist: an earlier call may have made it."""
        ...

    def standing(self, first: date, last: date) -> Sequence[BookStanding]:
        """All documents there of these days, by their own dates, whoever made them."""
        ...

    def remove_document(self, document_id: str) -> None:
        """Throw away a document that stands there once too often; one that is gone already is no trouble."""
        ...

    def read_news(self, headers: Mapping[str, str], body: bytes) -> BookNews | None:
        """What a message from there says; None for one about nothing of interest. headers: names in small letters.

        Raises NewsRefused for one that can't be trusted or read.
        """
        ...
