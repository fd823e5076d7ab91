"""How a transaction changes: its first state, and what customers, banks and time make of it. No locks, no pushes."""

import secrets
from datetime import datetime

from billing.sandbox import debits
from billing.sandbox.catalogue import (
    BANKS,
    PAYER_BIC,
    PAYER_IBAN,
    PAYER_NAME,
    SERVICES,
    TRANSFER_ACCOUNT,
    Service,
)
from billing.sandbox.faults import NextSuccess
from billing.sandbox.mandates import sign
from billing.sandbox.requests import ServiceCall
from billing.sandbox.transactions import CANCELLED, NameValue, Transaction

OUTCOMES = {
    "success": (190, "S001", "Transaction successfully processed"),
    "cancel": (890, "S111", "Cancelled by user"),
    "fail": (490, "S997", "The transaction failed at the bank"),
    "reject": (690, "S101", "The transaction was refused"),
    "expire": (490, "", ""),
    "withdraw": (891, "", ""),
    "processing": (791, "", ""),
}


class NotPossible(Exception):
    """The transaction is not in a state for this."""


def check_move(transaction: Transaction, name: str) -> None:
    """Pending may become anything; a failed or cancelled one may still succeed. Raises NotPossible otherwise."""
    if name not in OUTCOMES:
        raise NotPossible(f"no such outcome: {name}")
    late_success = name == "success" and transaction.status in {490, 690, *CANCELLED}
    if not transaction.is_pending and not late_success:
        raise NotPossible(f"status {transaction.status} can't become {OUTCOMES[name][0]}")


def choose(transaction: Transaction, name: str) -> None:
    """The customer picks a method on the hosted page of a request that named none."""
    service = SERVICES.get(name)
    if service is None or (transaction.selectable and name not in transaction.selectable):
        raise NotPossible(f"not offered: {name}")
    transaction.service, transaction.action = name, "Pay"
    transaction.transaction_type, transaction.mutation_type = service.pay_type, service.mutation_type


def begin(transaction: Transaction, service: Service, parameters: dict[str, str]) -> None:
    """The first state of a complete Pay that needs no customer on a page."""
    transaction.status = service.first_status
    transaction.sub_code, transaction.sub_text = service.first_sub_code, service.first_sub_text
    transaction.transaction_type, transaction.mutation_type = service.pay_type, service.mutation_type
    if service.name == "transfer":
        reference = f"{secrets.randbelow(10**16):016d}"
        transaction.outputs = [*TRANSFER_ACCOUNT, ("PaymentReference", reference)]
        transaction.customer_name = _full_name(parameters)
    elif service.name == "SepaDirectDebit":
        # The page has asked for the account; what a merchant gave at once never comes here.
        asked = {"customeraccountname": PAYER_NAME, "customeriban": PAYER_IBAN}
        debits.begin(transaction, ServiceCall(service.name, transaction.action, asked), None)


def settle(transaction: Transaction, name: str, moment: datetime, *, bank: str = "") -> None:
    """Apply an outcome. bank: code of the chosen one, for the outputs."""
    service = SERVICES.get(transaction.service)
    if name == "success" and service and transaction.missing:
        # The page has asked for what was missing; from here on it goes as if it had been there at once.
        transaction.missing = []
        begin(transaction, service, {})
        transaction.changed_at = moment
        return
    transaction.status, transaction.sub_code, transaction.sub_text = OUTCOMES[name]
    transaction.changed_at = moment
    if transaction.is_data_request:
        sign(transaction, name, bank)
    elif name == "success" and service and not transaction.is_credit:
        _paid(transaction, service, bank)
    if name == "cancel" and service and service.is_card:
        # No card was given yet, so the gateway can't tell its kind.
        transaction.transaction_type, transaction.mutation_type = "", 0


def deviate(transaction: Transaction, deviation: NextSuccess) -> None:
    """Make a success differ from what was asked."""
    if deviation.amount_cents is not None:
        transaction.amount_cents = deviation.amount_cents
    if deviation.currency:
        transaction.currency = deviation.currency
    if deviation.is_test is not None:
        transaction.is_test = deviation.is_test


def _paid(transaction: Transaction, service: Service, bank: str) -> None:
    # A card that was cancelled before it was given has no type yet; a repeated collection has one of its own.
    transaction.transaction_type = transaction.transaction_type or service.pay_type
    transaction.mutation_type = service.mutation_type
    transaction.payer_iban = transaction.payer_iban or PAYER_IBAN
    transaction.customer_name = transaction.customer_name or PAYER_NAME
    if service.name == "ideal":
        transaction.outputs = _ideal_outputs(bank)
    elif service.is_card or service.name == "bancontactmrcash":
        transaction.outputs = [
            ("CardNumberEnding", "0000"),
            ("MaskedCreditcardNumber", "************0000"),
            ("CardExpirationDate", "2099-12"),
        ]


def _ideal_outputs(bank: str) -> list[NameValue]:
    issuer = next((known.name for known in BANKS if known.code == bank), BANKS[0].name)
    return [
        ("consumerIssuer", issuer),
        ("transactionId", f"{secrets.randbelow(10**16):016d}"),
        ("consumerName", PAYER_NAME),
        ("consumerIBAN", PAYER_IBAN),
        ("consumerBIC", PAYER_BIC),
    ]


def _full_name(parameters: dict[str, str]) -> str:
    return f"{parameters.get('customerfirstname', '')} {parameters.get('customerlastname', '')}".strip()
