"""Stands there while no bookkeeping is connected."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NoReturn

from billing.errors import ProviderUnclear
from billing.ports import BookContact, BookDocument, BookJournal, BookSettlement, NewsRefused


class NoBooks:
    """Has no administration, so nothing is ever meant for it."""

    administration = ""

    def keep_contact(self, contact: BookContact, contact_id: str = "") -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def keep_document(self, document: BookDocument, contact_id: str, *, may_exist: bool) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def keep_file(self, document_id: str, name: str, content: bytes, *, may_exist: bool) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def settle(self, document_id: str, settlements: Sequence[BookSettlement]) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def keep_journal(self, journal: BookJournal, *, may_exist: bool) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def standing(self, first: date, last: date) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def remove_document(self, document_id: str) -> NoReturn:
        raise ProviderUnclear(reason="no_books")

    def read_news(self, headers: Mapping[str, str], body: bytes) -> NoReturn:
        raise NewsRefused(status=404, reason="switched_off")
