"""A payment gateway in memory, for tests of everything that stands behind the port."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from holidays import financial_holidays

from billing.errors import ProviderRefused
from billing.ports import (
    DebitOrder,
    GatewayMandate,
    GatewayTransaction,
    MandateOrder,
    MandateStart,
    Method,
    Outcome,
    PaymentOrder,
    RefundInfo,
    RefundOrder,
    StartAnswer,
    TransactionKind,
    TransferDetails,
)
from tests.fakes.gateway_line import GatewayLine

SERVICES = {
    Method.IDEAL: "ideal",
    Method.CARD: "visa",
    Method.BANCONTACT: "bancontactmrcash",
    Method.TRANSFER: "transfer",
}
IBAN = "NL13TEST0123456789"
SIGNATURE = {
    "iban": IBAN,
    "account_name": "J. de Tester",
    "signer_name": "J. de Tester",
    "bank_id": "TESTNL2A",
    "evidence": "signed-at-the-bank",
}
BANK_DAYS = financial_holidays("XECB")
STATUS_CODES = {
    Outcome.SUCCEEDED: 190,
    Outcome.FAILED: 490,
    Outcome.REJECTED: 690,
    Outcome.AWAITING_CUSTOMER: 790,
    Outcome.PENDING: 791,
    Outcome.CANCELLED: 890,
    Outcome.UNKNOWN: 999,
}


class FakeGateway(GatewayLine):
    """Keeps the transactions and mandates it made, and the calls it got.

    started, refunded, offered, collected: orders of payments, refunds, mandates and debits. asked, cancelled: keys.
    searched: attempts and invoice numbers. series: keys of payments that began one.
    withdrawn: mandate ids, and keys of series, that the customer took back at the bank.
    """

    def __init__(self, *, is_test: bool = True) -> None:
        super().__init__()
        self.is_test = is_test
        self.known: dict[str, GatewayTransaction] = {}
        self.known_mandates: dict[str, GatewayMandate] = {}
        self.started: list[PaymentOrder] = []
        self.refunded: list[RefundOrder] = []
        self.offered: list[MandateOrder] = []
        self.collected: list[DebitOrder] = []
        self.asked: list[tuple[str, ...]] = []
        self.searched: list[str] = []
        self.cancelled: list[str] = []
        self.series: set[str] = set()
        self.withdrawn: set[str] = set()

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

    def decide(self, key: str, outcome: Outcome, **other: Any) -> None:
        """The customer signs a mandate at the bank (SUCCEEDED), or does something else there."""
        signature = SIGNATURE if outcome is Outcome.SUCCEEDED else {}
        fields: dict[str, Any] = {"outcome": outcome, "status_code": STATUS_CODES[outcome], **signature, **other}
        self.known_mandates[key] = replace(self.known_mandates[key], **fields)

    def fail_collection(self, key: str, *, reason_code: str = "AM04") -> None:
        """The bank refuses a collection before it is settled."""
        self.change(key, Outcome.FAILED, reason_code=reason_code)

    # The port

    def start(self, order: PaymentOrder) -> StartAnswer:
        self.started.append(order)
        self.take_order()
        if reason := self.take_refusal():
            return _invalid(reason)
        by_transfer = order.method is Method.TRANSFER
        code = 792 if by_transfer else 790
        key = self._add(
            GatewayTransaction(
                key="", kind=TransactionKind.PAYMENT, outcome=Outcome.AWAITING_CUSTOMER,
                amount_cents=order.amount_cents, currency=order.currency, is_test=self.is_test, status_code=code,
                invoice_number=order.invoice_number, attempt=order.attempt, service=SERVICES[order.method],
                payer_name=order.customer_name, payer_iban=IBAN if order.starts_series else "",
            )
        )  # fmt: skip
        if order.starts_series:
            self.series.add(key)
        self.answer()
        if by_transfer:
            transfer = TransferDetails(iban=IBAN, bic="TESTNL2A", holder="Test Gateway", reference=f"R{key[-8:]}")
            return StartAnswer(key=key, outcome=Outcome.AWAITING_CUSTOMER, status_code=code, transfer=transfer)
        return StartAnswer(
            key=key, outcome=Outcome.AWAITING_CUSTOMER, status_code=code, redirect_url=f"https://gateway.test/pay/{key}"
        )

    def refund(self, order: RefundOrder) -> StartAnswer:
        self.refunded.append(order)
        self.take_order()
        if order.amount_cents > self.refund_info(order.original_key).maximum_cents:
            self.refuse_next("more than may be refunded")
        if reason := self.take_refusal():
            return _invalid(reason)
        original = self.known[order.original_key]
        refund = replace(
            original, kind=TransactionKind.REFUND, amount_cents=order.amount_cents, attempt=order.attempt,
            original_key=original.key, invoice_number=order.invoice_number,
        )  # fmt: skip
        key = self._add(refund)
        self.answer()
        return StartAnswer(key=key, outcome=Outcome.SUCCEEDED, status_code=190)

    def transactions(self, keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        self.asked.append(tuple(keys))
        self.check()
        return {key: self.known[key] for key in keys if key in self.known}

    def find(self, attempt: str) -> Sequence[GatewayTransaction]:
        self.searched.append(attempt)
        self.check()
        return [one for one in self.known.values() if one.attempt == attempt]

    def of_invoice(self, invoice_number: str) -> Sequence[GatewayTransaction]:
        self.searched.append(invoice_number)
        self.check()
        return [one for one in self.known.values() if one.invoice_number == invoice_number]

    def start_mandate(self, order: MandateOrder) -> MandateStart:
        self.offered.append(order)
        self.take_order()
        if reason := self.take_refusal():
            return MandateStart(key="", mandate_id="", outcome=Outcome.FAILED, status_code=491, reason=reason)
        number = len(self.known_mandates) + 1
        mandate = GatewayMandate(
            key=f"DA7A{number:028d}", mandate_id=f"X6A{number:032d}", outcome=Outcome.AWAITING_CUSTOMER,
            status_code=790, token=order.token, is_test=self.is_test,
        )  # fmt: skip
        self.known_mandates[mandate.key] = mandate
        self.answer()
        return MandateStart(
            key=mandate.key, mandate_id=mandate.mandate_id, outcome=mandate.outcome, status_code=790,
            redirect_url=f"https://gateway.test/mandate/{mandate.key}",
        )  # fmt: skip

    def mandates(self, keys: Sequence[str]) -> Mapping[str, GatewayMandate]:
        self.asked.append(tuple(keys))
        self.check()
        return {key: self.known_mandates[key] for key in keys if key in self.known_mandates}

    def collect(self, order: DebitOrder) -> StartAnswer:
        self.collected.append(order)
        self.take_order()
        iban = self._account_of(order)
        if not iban:
            self.refuse_next("no mandate")
        if reason := self.take_refusal():
            return _invalid(reason)
        refused = bool({order.mandate_id, order.original_key} & self.withdrawn)
        outcome = Outcome.FAILED if refused else Outcome.PENDING
        day = BANK_DAYS.get_nth_working_day(order.collect_on, 0)
        key = self._add(
            GatewayTransaction(
                key="", kind=TransactionKind.PAYMENT, outcome=outcome, amount_cents=order.amount_cents,
                currency=order.currency, is_test=self.is_test, status_code=STATUS_CODES[outcome],
                invoice_number=order.invoice_number, attempt=order.attempt, service="sepadirectdebit",
                payer_iban=iban, reason_code="MD01" if refused else "", collect_on=day,
            )
        )  # fmt: skip
        self.answer()
        return StartAnswer(key=key, outcome=outcome, status_code=STATUS_CODES[outcome], collect_on=day)

    def refund_info(self, key: str) -> RefundInfo:
        self.check()
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
        self.check()
        if key not in self.known or self.known[key].status_code not in (790, 791, 792):
            return False
        self.change(key, Outcome.CANCELLED)
        return True

    def _add(self, transaction: GatewayTransaction) -> str:
        key = f"{len(self.known) + 1:032X}"
        self.known[key] = replace(transaction, key=key)
        return key

    def _account_of(self, order: DebitOrder) -> str:
        """The account that a debit takes from; empty when nobody gave leave to."""
        if order.original_key:
            first = self.known.get(order.original_key)
            paid = first is not None and first.outcome is Outcome.SUCCEEDED and first.key in self.series
            return IBAN if paid else ""
        signed = [one for one in self.known_mandates.values() if one.mandate_id == order.mandate_id]
        return next((one.iban for one in signed if one.outcome is Outcome.SUCCEEDED), "")


def _invalid(reason: str) -> StartAnswer:
    return StartAnswer(key="", outcome=Outcome.FAILED, status_code=491, reason=reason)
