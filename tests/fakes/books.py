"""Bookkeeping software in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from billing.errors import BillingError
from billing.ports import BookContact, BookDocument, BookJournal, BookNews, BookSettlement, BookStanding, NewsRefused

T = TypeVar("T")


@dataclass
class Kept:
    """A document as it stands there."""

    document: BookDocument
    contact_id: str
    file: bytes = b""
    settlements: tuple[BookSettlement, ...] = ()
    foreign_cents: int = 0


@dataclass
class FakeBooks:
    """Keeps what it was told. fails: what the next calls end in, by the name of the call, before or after the work."""

    administration: str = "admin-1"
    contacts: dict[str, BookContact] = field(default_factory=dict)
    documents: dict[str, Kept] = field(default_factory=dict)
    journals: list[BookJournal] = field(default_factory=list)
    before: dict[str, list[BillingError]] = field(default_factory=dict)
    after: dict[str, list[BillingError]] = field(default_factory=dict)
    news: BookNews | None = None
    calls: list[str] = field(default_factory=list)

    def keep_contact(self, contact: BookContact, contact_id: str = "") -> str:
        def work() -> str:
            self.contacts[contact.reference] = contact
            return f"contact {contact.reference}"

        return self._call("keep_contact", work)

    def keep_document(self, document: BookDocument, contact_id: str, *, may_exist: bool) -> str:
        def work() -> str:
            found = [key for key, kept in self.documents.items() if kept.document.reference == document.reference]
            if may_exist and found:
                return found[0]
            key = f"document {len(self.documents) + 1}"
            self.documents[key] = Kept(document, contact_id)
            return key

        return self._call("keep_document", work)

    def keep_file(self, document_id: str, name: str, content: bytes, *, may_exist: bool) -> None:
        def work() -> None:
            self.documents[document_id].file = content

        self._call("keep_file", work)

    def settle(self, document_id: str, settlements: Sequence[BookSettlement]) -> int:
        def work() -> int:
            kept = self.documents[document_id]
            kept.settlements = tuple(settlements)
            return kept.foreign_cents

        return self._call("settle", work)

    def keep_journal(self, journal: BookJournal, *, may_exist: bool) -> str:
        def work() -> str:
            if not (may_exist and journal in self.journals):
                self.journals.append(journal)
            return f"journal {journal.reference}"

        return self._call("keep_journal", work)

    def standing(self, first: date, last: date) -> Sequence[BookStanding]:
        def work() -> list[BookStanding]:
            return [
                BookStanding(
                    key, kept.document.reference, tuple((one.reference, one.cents) for one in kept.settlements)
                )
                for key, kept in self.documents.items()
                if first <= kept.document.issued_on <= last
            ]

        return self._call("standing", work)

    def remove_document(self, document_id: str) -> None:
        self._call("remove_document", lambda: self.documents.pop(document_id, None))

    def read_news(self, headers: Mapping[str, str], body: bytes) -> BookNews | None:
        if body == b"forged":
            raise NewsRefused(status=401, reason="forged")
        return self.news

    def numbers(self) -> list[str]:
        return [kept.document.reference for kept in self.documents.values()]

    def of(self, number: str) -> Kept:
        [kept] = [kept for kept in self.documents.values() if kept.document.reference == number]
        return kept

    def _call(self, name: str, work: Callable[[], T]) -> T:
        self.calls.append(name)
        if self.before.get(name):
            raise self.before[name].pop(0)
        done = work()
        if self.after.get(name):
            raise self.after[name].pop(0)
        return done
