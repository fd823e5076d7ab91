"""A transaction as the gateway remembers it, and the memory that holds all of them."""

import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

PENDING = frozenset({790, 791, 792, 793, 794})
CANCELLED = frozenset({890, 891})
SUCCEEDED = 190

NameValue = tuple[str, str]


def new_key() -> str:
    """32 capital hex characters, the form of every gateway identity."""
    return secrets.token_hex(16).upper()


@dataclass
class Transaction:
    """One movement of money, or one data request. Amounts are whole cents, always positive; `is_credit` is money out.

    outputs: parameters the service gives back. related: (relation type, key of the other transaction).
    steps: (instant, what the bank then does). uses, withdrawn: of a mandate, or of a payment that began a series: how
    often it was collected by, and whether the customer took it back.
    reported: whether a report on the merchant's account has told of it.
    asked_service and asked_amount_cents: what the merchant asked for, where the outcome may differ.
    """

    key: str
    created_at: datetime
    changed_at: datetime
    status: int
    service: str = ""
    action: str = ""
    amount_cents: int = 0
    currency: str = "EUR"
    is_credit: bool = False
    is_test: bool = True
    is_data_request: bool = False
    invoice: str = ""
    order: str = ""
    description: str = ""
    sub_code: str = ""
    sub_text: str = ""
    transaction_type: str = ""
    mutation_type: int = 0
    payment_key: str = field(default_factory=new_key)
    token: str = ""
    outputs: list[NameValue] = field(default_factory=list)
    additional: list[NameValue] = field(default_factory=list)
    custom: list[NameValue] = field(default_factory=list)
    related: list[NameValue] = field(default_factory=list)
    selectable: list[str] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    return_urls: dict[str, str] = field(default_factory=dict)
    push_url: str = ""
    push_url_failure: str = ""
    culture: str = "en-GB"
    customer_name: str = ""
    payer_iban: str = ""
    start_recurrent: bool = False
    recurring: bool = False
    window_closed: bool = False
    steps: list[NameValue] = field(default_factory=list)
    uses: int = 0
    withdrawn: bool = False
    reported: bool = False
    expires_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING


class Transactions:
    """All transactions, found by key, invoice, hosted-page token or additional parameter. Safe to share by threads.

    added: is told of each new one.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.added: Callable[[Transaction], None] = lambda _: None
        self._by_key: dict[str, Transaction] = {}
        self._by_invoice: dict[str, list[Transaction]] = {}
        self._by_token: dict[str, Transaction] = {}
        self._by_parameter: dict[NameValue, list[Transaction]] = {}
        self._by_mandate: dict[str, Transaction] = {}
        self._undoing: dict[NameValue, list[Transaction]] = {}

    def add(self, transaction: Transaction) -> None:
        with self.lock:
            self._by_key[transaction.key] = transaction
            if transaction.invoice:
                self._by_invoice.setdefault(transaction.invoice, []).append(transaction)
            if transaction.token:
                self._by_token[transaction.token] = transaction
            for name, value in transaction.additional + transaction.custom:
                self._by_parameter.setdefault((name.lower(), value), []).append(transaction)
            for name, value in transaction.outputs:
                if name == "MandateId":  # questions about a mandate come after its own request, and repeat this
                    self._by_mandate.setdefault(value, transaction)
            for related in transaction.related:
                self._undoing.setdefault(related, []).append(transaction)
            self.added(transaction)

    def get(self, key: str) -> Transaction | None:
        return self._by_key.get(key.upper())

    def by_token(self, token: str) -> Transaction | None:
        return self._by_token.get(token)

    def by_invoice(self, invoice: str) -> list[Transaction]:
        return list(self._by_invoice.get(invoice, ()))

    def by_parameter(self, name: str, value: str) -> list[Transaction]:
        return list(self._by_parameter.get((name.lower(), value), ()))

    def by_output(self, name: str, value: str) -> Transaction | None:
        with self.lock:
            return next((item for item in self._by_key.values() if (name, value) in item.outputs), None)

    def mandate(self, identity: str) -> Transaction | None:
        """The data request that made the mandate."""
        return self._by_mandate.get(identity)

    def refunds_of(self, key: str) -> list[Transaction]:
        return list(self._undoing.get(("refund", key), ()))

    def reversals_of(self, key: str) -> list[Transaction]:
        return list(self._undoing.get(("reversal", key), ()))

    def latest(self, count: int) -> list[Transaction]:
        """The newest first."""
        with self.lock:
            return [item for item, _ in zip(reversed(self._by_key.values()), range(count), strict=False)]

    def to_report(self) -> list[Transaction]:
        """Money that came or went back and that no report has told of, the oldest first."""
        with self.lock:
            moved = [
                item for item in self._by_key.values()
                if item.status == SUCCEEDED and not (item.is_data_request or item.reported)
            ]  # fmt: skip
        return sorted(moved, key=lambda item: item.changed_at)

    def pending(self) -> list[Transaction]:
        with self.lock:
            return [transaction for transaction in self._by_key.values() if transaction.is_pending]

    def clear(self) -> None:
        with self.lock:
            for index in (
                self._by_key, self._by_invoice, self._by_token, self._by_parameter, self._by_mandate, self._undoing
            ):  # fmt: skip
                index.clear()

    def __len__(self) -> int:
        return len(self._by_key)

    def dump(self) -> list[dict[str, Any]]:
        """Everything as plain JSON values."""
        with self.lock:
            return [plain(transaction) for transaction in self._by_key.values()]

    def load(self, rows: list[dict[str, Any]]) -> Iterator[Transaction]:
        """Take back what `dump` gave; yields each transaction."""
        for row in rows:
            transaction = _from_plain(row)
            self.add(transaction)
            yield transaction

    def take_back(self, row: dict[str, Any]) -> Transaction:
        """One as `plain` told of it: as it was then when it is known, and otherwise new."""
        told = _from_plain(row)
        known = self.get(told.key)
        if known is None:
            self.add(told)
            return told
        vars(known).update(vars(told))
        return known


_MOMENTS = ("created_at", "changed_at", "expires_at")
_PAIRS = ("outputs", "additional", "custom", "related", "steps")


def plain(transaction: Transaction) -> dict[str, Any]:
    """A transaction as plain JSON values."""
    row = asdict(transaction)
    for name in _MOMENTS:
        row[name] = row[name].isoformat() if row[name] else None
    return row


def _from_plain(row: dict[str, Any]) -> Transaction:
    known = {item.name for item in fields(Transaction)}
    values = {name: value for name, value in row.items() if name in known}
    for name in _MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    for name in _PAIRS:
        values[name] = [(pair[0], pair[1]) for pair in values.get(name, ())]
    return Transaction(**values)
