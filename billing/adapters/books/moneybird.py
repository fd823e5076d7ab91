"""Moneybird: our documents as "external sales invoices", which keep our numbers and our PDFs.

It knows no idempotency key. What a call may have made before its answer got lost is looked up by our references.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import httpx

from billing.adapters.books import news
from billing.adapters.books.client import Missing, MoneybirdClient
from billing.adapters.books.settings import REVENUE, MoneybirdSettings
from billing.adapters.books.wire import Payment, cents_of, contact_body, foreign_cents, payments_of
from billing.clock import Clock, SystemClock
from billing.errors import ProviderRefused, ProviderUnclear
from billing.money import euros
from billing.ports import BookContact, BookDocument, BookJournal, BookNews, BookSettlement, BookStanding

_INVOICES, _JOURNALS = "external_sales_invoices", "documents/general_journal_documents"
_PAGE = 100


class Moneybird:
    """One administration. May be shared between threads. transport: stands in for the network."""

    def __init__(
        self, settings: MoneybirdSettings, *, transport: httpx.BaseTransport | None = None, clock: Clock | None = None
    ) -> None:
        self._settings, self._clock = settings, clock or SystemClock()
        self._client = MoneybirdClient(settings, self._clock, transport)

    @property
    def administration(self) -> str:
        return self._settings.administration

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def keep_contact(self, contact: BookContact, contact_id: str = "") -> str:
        """Have this customer there; found by our number of it, which is unique there. Raises as the port does."""
        known = contact_id or self._find_contact(contact.reference)
        if known:
            self._client.call("PATCH", f"contacts/{known}", json=contact_body(contact))
            return known
        return _id(self._client.call("POST", "contacts", json=contact_body(contact)))

    def keep_document(self, document: BookDocument, contact_id: str, *, may_exist: bool) -> str:
        """Have this document there. Raises as the port does, ProviderRefused also when it comes to another total."""
        stands = self._find_document(document, contact_id) if may_exist else None
        if stands is None:
            stands = self._client.call("POST", _INVOICES, json=self._document_body(document, contact_id))
        total = cents_of(stands, "total_price_incl_tax")
        if total != document.total_cents:
            raise ProviderRefused(reason=f"total_differs: {total} there, {document.total_cents} here")
        return _id(stands)

    def keep_file(self, document_id: str, name: str, content: bytes, *, may_exist: bool) -> None:
        """Have our PDF attached. Raises as the port does."""
        if may_exist:
            attached = self._document(document_id).get("attachments") or ()
            if any(one.get("filename") == name for one in attached):
                return
        file = (name, content, "application/pdf")
        self._client.call("POST", f"{_INVOICES}/{document_id}/attachment", files={"file": file})

    def settle(self, document_id: str, settlements: Sequence[BookSettlement]) -> int:
        """Have exactly these payments of ours there: what differs is taken away and made anew. Raises as the port
        does, ProviderRefused when the document is no longer there."""
        stands = self._document(document_id)
        there, left = payments_of(stands), list(settlements)
        for payment in (one for one in there if one.reference):
            same = [one for one in left if one.reference == payment.reference and one.cents == payment.cents]
            if same:
                left.remove(same[0])
            else:
                self._client.call("DELETE", f"{_INVOICES}/{document_id}/payments/{payment.id}")
        for settlement in left:
            body = {"payment": self._payment(settlement)}
            self._client.call("POST", f"{_INVOICES}/{document_id}/payments", json=body)
        return foreign_cents(there)

    def keep_journal(self, journal: BookJournal, *, may_exist: bool) -> str:
        """Have this entry there, as a "general journal document". Raises as the port does."""
        stands = self._find_journal(journal) if may_exist else None
        return _id(stands or self._client.call("POST", _JOURNALS, json=self._journal_body(journal)))

    def standing(self, first: date, last: date) -> Sequence[BookStanding]:
        """All documents there of these days. Raises as the port does."""
        found = self._listed({"filter": f"period:{first:%Y%m%d}..{last:%Y%m%d}"})
        return [
            BookStanding(
                _id(one), str(one.get("reference") or ""),
                tuple((payment.reference, payment.cents) for payment in payments_of(one) if payment.reference),
            )
            for one in found
        ]  # fmt: skip

    def remove_document(self, document_id: str) -> None:
        """Throw a document away. Raises as the port does."""
        with suppress(Missing):
            self._client.call("DELETE", f"{_INVOICES}/{document_id}")

    def read_news(self, headers: Mapping[str, str], body: bytes) -> BookNews | None:
        """What a message says of a document. Raises NewsRefused."""
        return news.read(self._settings, headers, body, self._clock.now())

    def _find_contact(self, reference: str) -> str:
        found = self._client.find(f"contacts/customer_id/{reference}")
        return _id(found) if found else ""

    def _find_document(self, document: BookDocument, contact_id: str) -> Any:
        """The one that carries our number; among those of its customer and its day, which are few."""
        day = document.issued_on.strftime("%Y%m%d")
        # Without a period only this year's are listed.
        found = self._listed({"filter": f"period:{day}..{day},contact_id:{contact_id}"})
        return next((one for one in found if one.get("reference") == document.reference), None)

    def _listed(self, query: dict[str, str]) -> Iterator[Any]:
        """All documents that a filter lets through, a page at a time."""
        for page in range(1, _PAGE):
            found = self._client.call("GET", _INVOICES, params={**query, "page": page, "per_page": _PAGE}) or []
            yield from found
            if len(found) < _PAGE:
                return
        raise ProviderUnclear(reason="too_many_pages")

    def _find_journal(self, journal: BookJournal) -> Any:
        day = journal.on.strftime("%Y%m%d")
        query = {"filter": f"period:{day}..{day},reference:{journal.reference}", "per_page": _PAGE}
        found = self._client.call("GET", _JOURNALS, params=query) or []
        return next((one for one in found if one.get("reference") == journal.reference), None)

    def _journal_body(self, journal: BookJournal) -> dict[str, Any]:
        entries = [
            {
                "ledger_account_id": self._settings.ledgers[move.contra], "description": journal.words,
                "debit": str(euros(max(move.cents, 0))), "credit": str(euros(max(-move.cents, 0))), "row_order": place,
            }
            for place, move in enumerate(journal.moves)
        ]  # fmt: skip
        return {
            "general_journal_document": {
                "reference": journal.reference, "date": _day(journal.on),
                "general_journal_document_entries_attributes": entries,
            }
        }  # fmt: skip

    def _document(self, document_id: str) -> Any:
        found = self._client.find(f"{_INVOICES}/{document_id}")
        if found is None:
            raise ProviderRefused(reason="removed_there")
        return found

    def _document_body(self, document: BookDocument, contact_id: str) -> dict[str, Any]:
        return {
            "external_sales_invoice": {
                "contact_id": contact_id, "reference": document.reference, "date": _day(document.issued_on),
                "due_date": _day(document.due_on), "currency": "EUR", "prices_are_incl_tax": False,
                "source": "voldaan",
                "details_attributes": [
                    {
                        "description": line.description, "price": str(euros(line.net_cents)), "amount": "1",
                        "tax_rate_id": self._tax_rate(line.vat_code),
                        "ledger_account_id": self._settings.ledgers[REVENUE], "row_order": place,
                    }
                    for place, line in enumerate(document.lines)
                ],
            }
        }  # fmt: skip

    def _payment(self, settlement: BookSettlement) -> dict[str, Any]:
        return {
            "payment_date": _day(settlement.on), "price": str(euros(settlement.cents)),
            "transaction_identifier": Payment.identifier(settlement.reference),
            "manual_payment_action": "balance_settlement",
            "ledger_account_id": self._settings.ledgers[settlement.contra],
        }  # fmt: skip

    def _tax_rate(self, vat_code: str) -> str:
        try:
            return self._settings.tax_rates[vat_code]
        except KeyError:
            raise ProviderRefused(reason=f"no_tax_rate: {vat_code}") from None


def _day(day: date) -> str:
    return day.isoformat()


def _id(answer: Any) -> str:
    """The id in an answer that says that something was made or found. Raises ProviderUnclear when there is none."""
    found = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(found, str | int) or not str(found):
        raise ProviderUnclear(reason="no_id")
    return str(found)
