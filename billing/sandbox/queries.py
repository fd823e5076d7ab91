"""Answers to questions about transactions: several states, refund possibilities, invoices, specifications."""

from collections.abc import Callable, Iterable
from typing import Any

from billing.sandbox.catalogue import SERVICES, Service
from billing.sandbox.messages import amount_number, answer
from billing.sandbox.requests import name_values, objects
from billing.sandbox.transactions import SUCCEEDED, Transaction, Transactions
from billing.sandbox.validation import refundable_cents

Json = dict[str, Any]


def statuses(data: Json, transactions: Transactions, base_url: str) -> Json:
    """States of the elements asked for by Key, Invoice, CustomParameter or AdditionalParameter."""
    found: dict[str, Transaction] = {}
    unknown = []
    for element in objects(data.get("transactions")):
        matches = _matches(element, transactions)
        found.update((match.key, match) for match in matches)
        if not matches:
            unknown.append({**_echo(element), "Error": "NotFound", "ErrorMessage": "No transaction was found"})
    return {"Transactions": [answer(item, base_url) for item in found.values()], "ErrorTransactions": unknown}


def refund_info(key: str, transactions: Transactions) -> Json | None:
    """Whether and how much can be refunded; None for an unknown key."""
    original = transactions.get(key)
    if original is None:
        return None
    left = refundable_cents(original, transactions)
    refunds = transactions.refunds_of(original.key)
    return {
        "TransactionKey": original.key,
        "IsRefundable": left > 0,
        "NotRefundableExplanation": None if left > 0 else "Nothing can be refunded on this transaction",
        "AllowPartialRefund": True,
        "MaximumRefundAmount": amount_number(left),
        "PendingRefundAmount": _sum(refund for refund in refunds if refund.is_pending),
        "RefundedAmount": _sum(refund for refund in refunds if refund.status == SUCCEEDED),
        "RefundCurrency": original.currency,
        "ServiceCode": original.service,
        "RefundInputFields": [],
        "IsCreditmanagement": False,
        "Invoice": original.invoice,
        "InvoiceAmount": amount_number(original.amount_cents),
        "InvoicePaid": amount_number(original.amount_cents if original.status == SUCCEEDED else 0),
        "CanCreateCreditNote": False,
        "CanBeCancelled": original.is_pending,
        "UsesBalance": False,
    }


def refund_infos(data: Json, transactions: Transactions) -> Json:
    known, invalid = [], []
    for element in objects(data.get("refundinfocollection")):
        key = str(element.get("transactionkey", ""))
        info = refund_info(key, transactions)
        if info is None:
            invalid.append(unknown_refund(key))
        else:
            known.append(info)
    return {"RefundInfoCollection": known, "InvalidRefundInfo": invalid}


def unknown_refund(key: str) -> Json:
    return {"TransactionKey": key, "ErrorMessage": "No transaction has this key"}


def invoice_info(numbers: Iterable[str], transactions: Transactions) -> Json:
    """What is paid per invoice, with its transactions."""
    known, invalid = [], []
    for number in numbers:
        rows = transactions.by_invoice(number)
        if rows:
            known.append(_invoice(number, rows, transactions))
        else:
            invalid.append({"Number": number, "ErrorMessage": "No transaction has this invoice number"})
    return {"InvoiceCollection": known, "InvalidInvoiceCollection": invalid}


def cancel_many(data: Json, cancel: Callable[[str], bool]) -> Json:
    keys = [str(element.get("key", "")) for element in objects(data.get("transactions"))]
    return {"Transactions": [{"Key": key, "IsCanceled": cancel(key)} for key in keys]}


def specification(name: str) -> Json | None:
    """The fields a service takes; None for an unknown service."""
    service = SERVICES.get(name.lower())
    return None if service is None else _specification(service)


def specifications(data: Json) -> Json:
    names = [str(element.get("name", "")) for element in objects(data.get("services"))]
    return {"Services": [found for name in names if (found := specification(name)) is not None]}


def _matches(element: Json, transactions: Transactions) -> list[Transaction]:
    if element.get("key"):
        one = transactions.get(str(element["key"]))
        return [one] if one else []
    if element.get("invoice"):
        return transactions.by_invoice(str(element["invoice"]))
    wanted = next((element[name] for name in _PARAMETER_NAMES if element.get(name)), None)
    return [match for name, value in name_values(wanted) for match in transactions.by_parameter(name, value)]


_PARAMETER_NAMES = ("additionalparameter", "additionalparameters", "customparameter", "customparameters")


def _echo(element: Json) -> Json:
    names = {"key": "Key", "invoice": "Invoice"}
    return {shown: str(element[name]) for name, shown in names.items() if element.get(name)}


def _sum(transactions: Iterable[Transaction]) -> float:
    return amount_number(sum(transaction.amount_cents for transaction in transactions))


def _invoice(number: str, rows: list[Transaction], transactions: Transactions) -> Json:
    debits = [row for row in rows if not row.is_credit]
    paid = [row for row in debits if row.status == SUCCEEDED]
    return {
        "Key": debits[0].payment_key if debits else None,
        "Number": number,
        "Paid": bool(paid),
        "Paylink": None,
        "AmountDebit": amount_number(debits[0].amount_cents if debits else 0),
        "AmountPaid": _sum(paid),
        "Transactions": [_invoice_row(row, transactions) for row in rows],
    }


def _invoice_row(row: Transaction, transactions: Transactions) -> Json:
    shown = answer(row, "")
    status = shown["Status"]
    return {
        "Id": row.key,
        "Type": row.transaction_type,
        "TypeDescription": row.service,
        "AmountDebit": shown.get("AmountDebit"),
        "AmountCredit": shown.get("AmountCredit"),
        "AmountRefundable": amount_number(refundable_cents(row, transactions)),
        "Status": {
            "Success": row.status == SUCCEEDED,
            "Code": row.status,
            "Message": status["Code"]["Description"],
            "DateTime": status["DateTime"],
        },
        "Refunds": [refund.key for refund in transactions.refunds_of(row.key)],
    }


def _specification(service: Service) -> Json:
    actions = [
        {
            "Name": action,
            "RequestParameters": [{"Name": name, "DataType": 0, "Required": True} for name in needed],
        }
        for action, needed in service.required.items()
    ]
    basics = [{"Name": name, "DataType": 0, "Required": name == "Currency"} for name in ("Currency", "Invoice")]
    return {"Name": service.name, "Version": 1, "BasicFields": basics, "Actions": actions, "CustomParameters": []}
