"""How a transaction looks on the wire: the JSON of answers and pushes, and the form fields of pushes and returns."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing.sandbox.catalogue import SERVICES, status_text
from billing.sandbox.clock import dutch_time
from billing.sandbox.signing import form_signature
from billing.sandbox.transactions import NameValue, Transaction
from billing.sandbox.validation import BUCKETS

MUTATIONS = {0: "NotSet", 1: "Collecting", 2: "Processing", 3: "Informational"}


def encode(value: Any) -> bytes:
    """Compact UTF-8 JSON, the exact bytes that get signed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def amount_number(cents: int) -> float:
    """The JSON number of an amount: 10.0 and 10.25. Only the wire sees a float; below 10^12 cents its text is exact."""
    return cents / 100


def answer(transaction: Transaction, base_url: str) -> dict[str, Any]:
    """The state of a transaction as answers give it."""
    return {
        "Key": transaction.key,
        "Status": _status(transaction),
        "RequiredAction": _required_action(transaction, base_url),
        "Services": _services(transaction),
        "CustomParameters": _list(transaction.custom),
        "AdditionalParameters": _list(transaction.additional),
        "RequestErrors": _request_errors(transaction),
        "Invoice": transaction.invoice or None,
        "ServiceCode": _service_name(transaction) or None,
        "IsTest": transaction.is_test,
        **({} if transaction.is_data_request else _money(transaction)),
        "RelatedTransactions": _related(transaction),
        "ConsumerMessage": None,
        "Order": transaction.order or None,
        "IssuingCountry": None,
        "StartRecurrent": transaction.start_recurrent,
        "Recurring": transaction.recurring,
        "CustomerName": transaction.customer_name or None,
        "PayerHash": _payer_hash(transaction),
        "PaymentKey": transaction.payment_key,
        "Description": transaction.description or None,
        "IsCancelable": transaction.is_pending,
    }


def push_body(transaction: Transaction) -> dict[str, Any]:
    """The object a JSON push carries, in its wrapper."""
    inner = answer(transaction, "")
    for name in ("RequiredAction", "RequestErrors", "ConsumerMessage"):
        del inner[name]
    inner["AdditionalParameters"] = inner["AdditionalParameters"] or {"List": []}
    return {"DataRequest" if transaction.is_data_request else "Transaction": inner}


def form_fields(
    body: dict[str, Any], *, website_key: str, moment: datetime, is_return: bool = False
) -> list[NameValue]:
    """The unsigned form fields that say the same as a JSON push. is_return: for the customer's browser."""
    wrapper, inner = next(iter(body.items()))
    is_data = wrapper == "DataRequest"
    status, service = inner["Status"], inner["ServiceCode"] or ""
    method_name = "brq_primary_service" if is_data else "brq_payment_method" if is_return else "brq_transaction_method"
    fields = [
        ("brq_websitekey", website_key),
        ("brq_timestamp", dutch_time(moment).replace("T", " ")),
        ("brq_test", str(inner["IsTest"]).lower()),
        ("brq_datarequest" if is_data else "brq_transactions", inner["Key"]),
        ("brq_statuscode", str(status["Code"]["Code"])),
        ("brq_statuscode_detail", status["SubCode"]["Code"] if status["SubCode"] else ""),
        ("brq_statusmessage", status["SubCode"]["Description"] if status["SubCode"] else status["Code"]["Description"]),
        (method_name, service),
        *_form_extras(inner),
    ]
    if not is_data:
        fields += _form_money(inner)
    return [(name, value) for name, value in fields if value or name == "brq_invoicenumber"]


def signed_form(fields: Sequence[NameValue], *, secret: str, algorithm: str, upper_case: bool) -> list[NameValue]:
    """The fields with `brq_signature` added. upper_case: BRQ_… names, signed as they are sent."""
    if upper_case:
        fields = [(name.upper() if name.startswith("brq_") else name, value) for name, value in fields]
    signature = form_signature(fields, secret, algorithm)
    return [*fields, ("BRQ_SIGNATURE" if upper_case else "brq_signature", signature)]


def _form_money(inner: dict[str, Any]) -> list[NameValue]:
    is_credit = "AmountCredit" in inner
    amount = Decimal(str(inner["AmountCredit" if is_credit else "AmountDebit"]))
    return [
        ("brq_amount_credit" if is_credit else "brq_amount", f"{amount:.2f}"),
        ("brq_currency", inner["Currency"] or ""),
        ("brq_invoicenumber", inner["Invoice"] or ""),
        ("brq_ordernumber", inner["Order"] or ""),
        ("brq_description", inner["Description"] or ""),
        ("brq_transaction_type", inner["TransactionType"] or ""),
        ("brq_mutationtype", MUTATIONS[inner["MutationType"]]),
        ("brq_payment", inner["PaymentKey"]),
    ]


def _form_extras(inner: dict[str, Any]) -> list[NameValue]:
    service = inner["ServiceCode"] or ""
    outputs = [pair for entry in inner["Services"] or () for pair in entry["Parameters"]]
    related = inner["RelatedTransactions"] or ()
    return [
        ("brq_customer_name", inner["CustomerName"] or ""),
        ("brq_payer_hash", inner["PayerHash"] or ""),
        ("brq_recurring", "True" if inner["Recurring"] else ""),
        ("brq_startrecurrent", "True" if inner["StartRecurrent"] else ""),
        *((f"brq_SERVICE_{service.lower()}_{item['Name']}", item["Value"]) for item in outputs),
        *((f"brq_relatedtransaction_{item['RelationType']}", item["RelatedTransactionKey"]) for item in related),
        *((f"ADD_{item['Name']}", item["Value"]) for item in (inner["AdditionalParameters"] or {}).get("List", ())),
        *((f"CUST_{item['Name']}", item["Value"]) for item in (inner["CustomParameters"] or {}).get("List", ())),
    ]


def _money(transaction: Transaction) -> dict[str, Any]:
    return {
        "Currency": transaction.currency or None,
        "AmountCredit" if transaction.is_credit else "AmountDebit": amount_number(transaction.amount_cents),
        "TransactionType": transaction.transaction_type or None,
        "MutationType": transaction.mutation_type,
    }


def _status(transaction: Transaction) -> dict[str, Any]:
    sub = {"Code": transaction.sub_code, "Description": transaction.sub_text} if transaction.sub_code else None
    text = status_text(transaction.status, transaction.culture)
    moment = dutch_time(transaction.changed_at)
    return {"Code": {"Code": transaction.status, "Description": text}, "SubCode": sub, "DateTime": moment}


def _required_action(transaction: Transaction, base_url: str) -> dict[str, Any] | None:
    if transaction.status != 790 or not transaction.token:
        return None
    wanted = [{"Name": name, "DataType": 0, "MaxLength": 0, "Required": True} for name in transaction.missing]
    return {
        "RedirectURL": f"{base_url}/pay/{transaction.token}",
        "RequestedInformation": wanted or None,
        "PayRemainderDetails": None,
        "Name": "Redirect",
        "TypeDeprecated": 0,
    }


def _services(transaction: Transaction) -> list[dict[str, Any]] | None:
    if not transaction.outputs:
        return None
    return [
        {
            "Name": _service_name(transaction),
            "Action": None,
            "Parameters": _pairs(transaction.outputs),
            "VersionAsProperty": 2,
        }
    ]


def _service_name(transaction: Transaction) -> str:
    known = SERVICES.get(transaction.service)
    return known.name if known else transaction.service


def _request_errors(transaction: Transaction) -> dict[str, Any] | None:
    if not transaction.errors:
        return None
    buckets: dict[str, Any] = dict.fromkeys(BUCKETS)
    for row in transaction.errors:
        entry = {name: value for name, value in row.items() if name != "Bucket"}
        buckets[row["Bucket"]] = [*(buckets[row["Bucket"]] or ()), entry]
    return buckets


def _related(transaction: Transaction) -> list[dict[str, str]] | None:
    return [{"RelationType": kind, "RelatedTransactionKey": key} for kind, key in transaction.related] or None


def _payer_hash(transaction: Transaction) -> str | None:
    if not transaction.payer_iban:
        return None
    return hashlib.sha512(transaction.payer_iban.encode()).hexdigest()


def _list(pairs: Sequence[NameValue]) -> dict[str, Any] | None:
    return {"List": _pairs(pairs)} if pairs else None


def _pairs(pairs: Sequence[NameValue]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in pairs]
