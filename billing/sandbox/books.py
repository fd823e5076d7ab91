"""The bookkeeping software: one administration with contacts, external sales invoices and their payments.

Amounts are decimal text and ids text of digits, as the real one has them. It knows no idempotency key, and two invoices
may carry one reference: who sends twice has two.
"""

import threading
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from billing.sandbox.booksrates import RATES

Json = dict[str, Any]
LEDGERS = {
    "8000": "Omzet", "1200": "Betalingen onderweg", "1100": "Bank", "1600": "Tegoeden van klanten",
    "1310": "Factuur tegen creditnota", "1320": "Kleine restanten", "1610": "Ontvangen, nog te verdelen",
    "1620": "Terugbetalingen onderweg", "4910": "Gegeven tegoeden", "4500": "Kosten van de betaaldienst",
    "1190": "Bank, niet van klanten", "4900": "Oninbare vorderingen",
    "1330": "Debiteuren van voor de koppeling",
}  # fmt: skip
CENT = Decimal("0.01")
FIRST_ID = 496_081_458_000_000_000
CONTACT_FIELDS = (
    "company_name", "send_invoices_to_attention", "address1", "zipcode", "city", "country", "tax_number", "customer_id",
)  # fmt: skip


class Invalid(Exception):
    """Fields with what is wrong with each: an answer of 422."""

    def __init__(self, **errors: str) -> None:
        super().__init__(str(errors))
        self.errors = {name: [text] for name, text in errors.items()}


class NotThere(Exception):
    """There is no such thing: an answer of 404."""


class Books:
    """Everything in the administration. Safe to share by threads. changed: is told of each document that changed, with
    the name of the event."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._contacts: dict[str, Json] = {}
        self._invoices: dict[str, Json] = {}
        self._journals: dict[str, Json] = {}
        self._last = FIRST_ID
        self.changed: Callable[[str, Json], None] = lambda event, invoice: None

    def contact_of(self, customer_id: str) -> Json:
        """The contact with this number of the customer. Raises NotThere."""
        with self._lock:
            for contact in self._contacts.values():
                if contact["customer_id"] == customer_id:
                    return contact
        raise NotThere

    def put_contact(self, data: Json, contact_id: str = "") -> Json:
        """Make a contact, or change one. Raises Invalid or NotThere."""
        with self._lock:
            before = self._found(self._contacts, contact_id) if contact_id else {"id": self._next_id()}
            contact = {**dict.fromkeys(CONTACT_FIELDS), **before}
            contact |= {name: data[name] for name in CONTACT_FIELDS if name in data}
            if not contact["company_name"]:
                raise Invalid(company_name="can't be blank")
            others = (one for one in self._contacts.values() if one["id"] != contact["id"])
            if contact["customer_id"] and any(one["customer_id"] == contact["customer_id"] for one in others):
                raise Invalid(customer_id="has already been taken")
            self._contacts[contact["id"]] = contact
            return contact

    def add_invoice(self, data: Json) -> Json:
        """Make an external sales invoice; with prices below zero it is a credit. Raises Invalid."""
        with self._lock:
            if not str(data.get("reference") or "").strip():
                raise Invalid(reference="can't be blank")
            if str(data.get("contact_id")) not in self._contacts:
                raise Invalid(contact_id="is invalid")
            invoice = {
                "id": self._next_id(), "contact_id": str(data["contact_id"]), "reference": data["reference"],
                "date": _day(data, "date"), "due_date": _day(data, "due_date"), "currency": "EUR", "version": 1,
                "source": data.get("source"), "details": [self._detail(one) for one in _details(data)],
                "payments": [], "attachments": [],
            }  # fmt: skip
            self._invoices[invoice["id"]] = invoice
            return self._summed(invoice)

    def invoice(self, invoice_id: str) -> Json:
        """One invoice. Raises NotThere."""
        with self._lock:
            return self._summed(self._found(self._invoices, invoice_id))

    def invoices(self, first: str = "", last: str = "9", contact_id: str = "") -> list[Json]:
        """The oldest first. first, last: days such as 20261101."""
        with self._lock:
            found = [self._summed(one) for one in self._invoices.values()]
        return [
            one for one in found
            if first <= one["date"].replace("-", "") <= last and contact_id in {"", one["contact_id"]}
        ]  # fmt: skip

    def contacts(self) -> dict[str, Json]:
        with self._lock:
            return dict(self._contacts)

    def remove_invoice(self, invoice_id: str) -> None:
        """Throw an invoice away. Raises NotThere."""
        with self._lock:
            invoice = self._summed(self._found(self._invoices, invoice_id))
            del self._invoices[invoice_id]
        self.changed("external_sales_invoice_destroyed", invoice)

    def attach(self, invoice_id: str, filename: str, content: bytes) -> None:
        """Attach a file. Raises NotThere."""
        with self._lock:
            invoice = self._found(self._invoices, invoice_id)
            invoice["attachments"].append({"id": self._next_id(), "filename": filename, "size": len(content)})

    def add_payment(self, invoice_id: str, data: Json) -> Json:
        """Book a payment on an invoice. Raises Invalid or NotThere."""
        with self._lock:
            invoice = self._found(self._invoices, invoice_id)
            ledger = data.get("ledger_account_id")
            if data.get("manual_payment_action") == "balance_settlement" and ledger not in LEDGERS:
                raise Invalid(ledger_account_id="is not found")
            payment = {
                "id": self._next_id(), "invoice_id": invoice_id, "price": str(_amount(data, "price")),
                "payment_date": _day(data, "payment_date"), "ledger_account_id": ledger,
                "transaction_identifier": data.get("transaction_identifier"),
                "manual_payment_action": data.get("manual_payment_action"),
            }  # fmt: skip
            invoice["payments"].append(payment)
            self._change("payment_registered", invoice)
            return payment

    def remove_payment(self, invoice_id: str, payment_id: str) -> None:
        """Take a payment away. Raises NotThere."""
        with self._lock:
            invoice = self._found(self._invoices, invoice_id)
            left = [one for one in invoice["payments"] if one["id"] != payment_id]
            if len(left) == len(invoice["payments"]):
                raise NotThere
            invoice["payments"] = left
            self._change("payment_destroyed", invoice)

    def add_journal(self, data: Json) -> Json:
        """Make an entry that no invoice is about. Raises Invalid when it has no reference or does not balance."""
        with self._lock:
            if not str(data.get("reference") or "").strip():
                raise Invalid(reference="can't be blank")
            entries = [_side(one) for one in data.get("general_journal_document_entries_attributes") or ()]
            if not entries or sum(one["debit"] - one["credit"] for one in entries):
                raise Invalid(base="debit and credit are not equal")
            journal = {
                "id": self._next_id(), "reference": data["reference"], "date": _day(data, "date"),
                "general_journal_document_entries": [
                    {**one, "debit": str(one["debit"]), "credit": str(one["credit"])} for one in entries
                ],
            }  # fmt: skip
            self._journals[journal["id"]] = journal
            return journal

    def journals(self, first: str = "", last: str = "9", reference: str = "") -> list[Json]:
        """The oldest first. first, last: days such as 20261101."""
        with self._lock:
            found = list(self._journals.values())
        return [
            one for one in found
            if first <= one["date"].replace("-", "") <= last and reference in {"", one["reference"]}
        ]  # fmt: skip

    def clear(self) -> None:
        with self._lock:
            self._contacts.clear()
            self._invoices.clear()
            self._journals.clear()

    def dump(self) -> Json:
        """Everything as plain JSON values."""
        with self._lock:
            return {
                "contacts": self._contacts, "invoices": self._invoices, "journals": self._journals, "last": self._last,
            }  # fmt: skip

    def load(self, state: Json) -> None:
        with self._lock:
            self._contacts, self._invoices = state["contacts"], state["invoices"]
            # A state from before there were entries has none.
            self._journals, self._last = state.get("journals", {}), state["last"]

    def _change(self, event: str, invoice: Json) -> None:
        invoice["version"] += 1
        self.changed(event, self._summed(invoice))

    def _next_id(self) -> str:
        self._last += 7
        return str(self._last)

    def _found(self, where: dict[str, Json], key: str) -> Json:
        if key not in where:
            raise NotThere
        return where[key]

    def _detail(self, data: Json) -> Json:
        if str(data.get("tax_rate_id")) not in RATES:
            raise Invalid(**{"details.tax_rate_id": "is not found"})
        return {
            "id": self._next_id(), "description": data.get("description", ""), "price": str(_amount(data, "price")),
            "amount": data.get("amount") or "1", "tax_rate_id": str(data["tax_rate_id"]),
            "ledger_account_id": data.get("ledger_account_id"),
        }  # fmt: skip

    def _summed(self, invoice: Json) -> Json:
        """The invoice with what follows from its lines and payments. VAT: of each rate over the sum of its lines."""
        nets: dict[str, Decimal] = {}
        for one in invoice["details"]:
            rate = one["tax_rate_id"]
            nets[rate] = nets.get(rate, Decimal(0)) + Decimal(one["price"]) * Decimal(one["amount"])
        net = sum(nets.values(), Decimal(0))
        vat = sum((_rounded(part * RATES[rate] / 100) for rate, part in nets.items()), Decimal(0))
        paid = sum((Decimal(one["price"]) for one in invoice["payments"]), Decimal(0))
        return {
            **invoice, "total_price_excl_tax": str(net), "total_price_incl_tax": str(net + vat),
            "total_paid": str(paid), "total_unpaid": str(net + vat - paid),
            "state": "paid" if paid == net + vat else "open",
        }  # fmt: skip


def _side(data: Json) -> Json:
    if str(data.get("ledger_account_id")) not in LEDGERS:
        raise Invalid(**{"general_journal_document_entries.ledger_account_id": "is not found"})
    return {
        "ledger_account_id": str(data["ledger_account_id"]), "description": data.get("description", ""),
        "debit": _amount(data, "debit"), "credit": _amount(data, "credit"),
    }  # fmt: skip


def _details(data: Json) -> list[Json]:
    details = data.get("details_attributes")
    if not isinstance(details, list) or not details:
        raise Invalid(details="can't be blank")
    return details


def _amount(data: Json, name: str) -> Decimal:
    try:
        return Decimal(str(data[name]))
    except (KeyError, InvalidOperation):
        raise Invalid(**{name: "is not a number"}) from None


def _day(data: Json, name: str) -> str:
    try:
        return date.fromisoformat(str(data.get(name))[:10]).isoformat()
    except ValueError:
        raise Invalid(**{name: "is not a valid date"}) from None


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
