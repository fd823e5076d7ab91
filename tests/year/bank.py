"""The gateway and the banks behind it, with books of their own: what came in and went back, when, and for what."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from billing.clock import Clock
from billing.ports import DebitOrder, GatewayTransaction, Outcome, StartAnswer, TransactionKind
from tests.fakes.gateway import FakeGateway

GONE_BACK = (TransactionKind.REVERSAL, TransactionKind.CHARGEBACK)


def moved(one: GatewayTransaction) -> bool:
    """Whether it brought or took money."""
    return one.outcome is Outcome.SUCCEEDED


def signed(one: GatewayTransaction) -> int:
    """Cents that came in, or below zero that went back."""
    out = one.kind in GONE_BACK or one.kind is TransactionKind.REFUND
    return -one.amount_cents if out else one.amount_cents


class Bank(FakeGateway):
    """born, ended: when each transaction began, and was last decided. shares: what a payment is meant for, in cents by
    invoice number.

    on_order: is told of each debit before it is taken.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.born: dict[str, datetime] = {}
        self.ended: dict[str, datetime] = {}
        self.shares: dict[str, Mapping[str, int]] = {}
        self.returns: dict[str, list[str]] = {}
        self.on_order: Callable[[DebitOrder], object] = lambda order: None
        self._by_number: dict[str, list[str]] = {}
        self._by_attempt: dict[str, list[str]] = {}
        self._said: dict[str, list[str]] = {}

    # What people and banks do

    def key_of(self, attempt: str) -> str:
        """The payment behind an attempt; empty when its order never arrived."""
        return (self._by_attempt.get(attempt) or [""])[0]

    def change(self, key: str, outcome: Outcome, **other: Any) -> None:
        super().change(key, outcome, **other)
        self.ended[key] = self._clock.now()

    def meant_for(self, key: str, shares: Mapping[str, int]) -> None:
        """A customer pays these invoices with it, each for so many cents."""
        self.shares[key] = shares
        for number in shares:
            keys = self._by_number.setdefault(number, [])
            if key not in keys:
                keys.append(key)

    # What an observer may read

    def payments_for(self, number: str) -> list[GatewayTransaction]:
        """Everything that was ever tried for an invoice."""
        found = [self.known[key] for key in self._by_number.get(number, ())]
        return [one for one in found if one.kind is TransactionKind.PAYMENT]

    def debits(self) -> Mapping[str, list[GatewayTransaction]]:
        """The debits of each invoice of which there was one."""
        found: dict[str, list[GatewayTransaction]] = {}
        for order in self.collected:
            for key in self._by_attempt.get(order.attempt, ()):
                found.setdefault(order.invoice_number, []).append(self.known[key])
        return found

    def is_back(self, key: str) -> bool:
        """Whether a payment was taken back."""
        return any(self.known[one].kind in GONE_BACK for one in self.returns.get(key, ()))

    def share(self, one: GatewayTransaction, number: str) -> int:
        """How many cents of a payment are for an invoice."""
        return self.shares.get(one.key, {}).get(number, one.amount_cents)

    def waiting(self) -> list[GatewayTransaction]:
        """What has not come to an end."""
        ends = (Outcome.AWAITING_CUSTOMER, Outcome.PENDING)
        return [one for one in self.known.values() if one.outcome in ends]

    # The port, where the books make it quicker or somebody looks on

    def collect(self, order: DebitOrder) -> StartAnswer:
        self.on_order(order)
        return super().collect(order)

    def find(self, attempt: str) -> Sequence[GatewayTransaction]:
        self.check()
        return [self.known[key] for key in self._by_attempt.get(attempt, ())]

    def of_invoice(self, invoice_number: str) -> Sequence[GatewayTransaction]:
        self.check()
        return [self.known[key] for key in self._said.get(invoice_number, ())]

    def transactions(self, keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        self.check()
        return {key: self.known[key] for key in keys if key in self.known}

    def _add(self, transaction: GatewayTransaction) -> str:
        key = super()._add(transaction)
        self.born[key] = self.ended[key] = self._clock.now()
        if transaction.attempt:
            self._by_attempt.setdefault(transaction.attempt, []).append(key)
        self._said.setdefault(transaction.invoice_number, []).append(key)
        if transaction.original_key:
            self.returns.setdefault(transaction.original_key, []).append(key)
        else:
            self._by_number.setdefault(transaction.invoice_number, []).append(key)
        return key
