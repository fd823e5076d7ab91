"""A payment gateway in memory, for tests of everything that stands behind the port."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import (
    GatewayTransaction,
    Method,
    Outcome,
    PaymentOrder,
    RefundInfo,
    RefundOrder,
    StartAnswer,
    TransactionKind,
    TransferDetails,
)

SERVICES = {
    Method.IDEAL: "ideal",
    Method.CARD: "visa",
    Method.BANCONTACT: "bancontactmrcash",
    Method.TRANSFER: "transfer",
}
STATUS_CODES = {
    Outcome.SUCCEEDED: 190,
    Outcome.FAILED: 490,
    Outcome.REJECTED: 690,
    Outcome.AWAITING_CUSTOMER: 790,
    Outcome.PENDING: 791,
    Outcome.CANCELLED: 890,
    Outcome.UNKNOWN: 999,
}


class FakeGateway:
    """Keeps the transactions it made, and the calls it got.

    started, refunded: orders. asked, cancelled: keys. searched: attempts and invoice numbers.
    Set `down` to make every call fail before it is sent.
    """

    def __init__(self, *, is_test: bool = True) -> None:
        self.is_test = is_test
        self.down = False
        self.known: dict[str, GatewayTransaction] = {}
        self.started: list[PaymentOrder] = []
        self.refunded: list[RefundOrder] = []
        self.asked: list[tuple[str, ...]] = []
        self.searched: list[str] = []
        self.cancelled: list[str] = []
        self._lose_order = self._lose_answer = False
        self._refusal = ""

    # What a test may arrange

    def change(self, key: str, outcome: Outcome, **other: Any) -> None:
        """Give a transaction another outcome, and other fields (amount_cents, currency, is_test, …) where named."""
        fields: dict[str, Any] = {"outcome": outcome, "status_code": STATUS_CODES[outcome], **other}
        self.known[key] = replace(self.known[key], **fields)

    def copy(self, key: str, *, amount_cents: int) -> str:
        """A transfer of a wrong amount arrives: a paid copy with a key of its own, and without our token."""
        copy = replace(self.known[key], outcome=Outcome.SUCCEEDED, status_code=190, attempt="")
        return self._add(replace(copy, amount_cents=amount_cents))

    def take_back(
        self, key: str, *, reason_code: str = "MD06", kind: TransactionKind = TransactionKind.REVERSAL
    ) -> str:
        """The payer or the bank takes a payment back: a new transaction that "succeeds"."""
        original = replace(self.known[key], kind=kind, original_key=key, reason_code=reason_code, attempt="")
        return self._add(replace(original, outcome=Outcome.SUCCEEDED, status_code=190))

    def lose_next_order(self) -> None:
        """The next start or refund times out before the gateway got it."""
        self._lose_order = True

    def lose_next_answer(self) -> None:
        """The next start or refund is done, but its answer never comes."""
        self._lose_answer = True

    def refuse_next(self, reason: str) -> None:
        """The next start or refund is refused as not valid."""
        self._refusal = reason

    # The port

    def start(self, order: PaymentOrder) -> StartAnswer:
        self.started.append(order)
        self._take_order()
        if self._refusal:
            return self._refuse()
        by_transfer = order.method is Method.TRANSFER
        code = 792 if by_transfer else 790
        key = self._add(
            GatewayTransaction(
                key="", kind=TransactionKind.PAYMENT, outcome=Outcome.AWAITING_CUSTOMER,
                amount_cents=order.amount_cents, currency=order.currency, is_test=self.is_test, status_code=code,
                invoice_number=order.invoice_number, attempt=order.attempt, service=SERVICES[order.method],
                payer_name=order.customer_name,
            )
        )  # fmt: skip
        self._answer_line()
        if by_transfer:
            transfer = TransferDetails(
                iban="NL13TEST0123456789", bic="TESTNL2A", holder="Test Gateway", reference=f"R{key[-8:]}"
            )
            return StartAnswer(key=key, outcome=Outcome.AWAITING_CUSTOMER, status_code=code, transfer=transfer)
        return StartAnswer(
            key=key, outcome=Outcome.AWAITING_CUSTOMER, status_code=code, redirect_url=f"https://gateway.test/pay/{key}"
        )

    def refund(self, order: RefundOrder) -> StartAnswer:
        self.refunded.append(order)
        self._take_order()
        if order.amount_cents > self.refund_info(order.original_key).maximum_cents:
            self._refusal = "more than may be refunded"
        if self._refusal:
            return self._refuse()
        original = self.known[order.original_key]
        refund = replace(
            original, kind=TransactionKind.REFUND, amount_cents=order.amount_cents, attempt=order.attempt,
            original_key=original.key, invoice_number=order.invoice_number,
        )  # fmt: skip
        key = self._add(refund)
        self._answer_line()
        return StartAnswer(key=key, outcome=Outcome.SUCCEEDED, status_code=190)

    def transactions(self, keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        self.asked.append(tuple(keys))
        self._check_line()
        return {key: self.known[key] for key in keys if key in self.known}

    def find(self, attempt: str) -> Sequence[GatewayTransaction]:
        self.searched.append(attempt)
        self._check_line()
        return [one for one in self.known.values() if one.attempt == attempt]

    def of_invoice(self, invoice_number: str) -> Sequence[GatewayTransaction]:
        self.searched.append(invoice_number)
        self._check_line()
        return [one for one in self.known.values() if one.invoice_number == invoice_number]

    def refund_info(self, key: str) -> RefundInfo:
        self._check_line()
        if key not in self.known:
            raise ProviderRefused(reason="unknown key", key=key)
        original = self.known[key]
        back = [one for one in self.known.values() if one.original_key == key]
        returned = sum(one.amount_cents for one in back if one.outcome is Outcome.SUCCEEDED)
        paid = original.kind is TransactionKind.PAYMENT and original.outcome is Outcome.SUCCEEDED
        maximum = original.amount_cents - returned if paid else 0
        return RefundInfo(refundable=maximum > 0, maximum_cents=maximum, refunded_cents=returned)

    def cancel(self, key: str) -> bool:
        self.cancelled.append(key)
        self._check_line()
        if key not in self.known or self.known[key].status_code not in (790, 791, 792):
            return False
        self.change(key, Outcome.CANCELLED)
        return True

    def _add(self, transaction: GatewayTransaction) -> str:
        key = f"{len(self.known) + 1:032X}"
        self.known[key] = replace(transaction, key=key)
        return key

    def _refuse(self) -> StartAnswer:
        reason, self._refusal = self._refusal, ""
        return StartAnswer(key="", outcome=Outcome.FAILED, status_code=491, reason=reason)

    def _check_line(self) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError", sent=False)

    def _take_order(self) -> None:
        self._check_line()
        if self._lose_order:
            self._lose_order = False
            raise ProviderUnclear(reason="ReadTimeout", sent=True)

    def _answer_line(self) -> None:
        if self._lose_answer:
            self._lose_answer = False
            raise ProviderUnclear(reason="ReadTimeout", sent=True)
