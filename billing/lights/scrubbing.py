"""What may be shown of a message of the gateway: what happened, and nothing that names or pays anybody."""

import json
from typing import Any
from urllib.parse import parse_qsl

# Only these say what happened; all else may name or pay somebody.
_TOLD = frozenset({
    "key", "name", "invoice", "servicecode", "code", "subcode", "description", "datetime", "istest", "order",
    "currency", "amountdebit", "amountcredit", "transactiontype", "mutationtype", "relatedtransactions", "paymentkey",
    "brq_transactions", "brq_invoicenumber", "brq_statuscode", "brq_statuscode_detail", "brq_statusmessage",
    "brq_amount", "brq_amount_credit", "brq_currency", "brq_timestamp", "brq_test", "brq_transaction_type",
    "brq_transaction_method", "brq_payment_method", "brq_mutationtype", "brq_datarequest", "brq_payment",
    "relationtype",
    "relatedtransactionkey", "brq_relatedtransaction_refund", "brq_relatedtransaction_reversal",
})  # fmt: skip
LONGEST, MOST = 120, 200


def scrubbed(body: bytes) -> tuple[tuple[str, str], ...]:
    """What a message says, field by field; the value of every field that may name or pay somebody is left out.

    >>> scrubbed(b'brq_amount=1.00&brq_payer_hash=abc')
    (('brq_amount', '1.00'), ('brq_payer_hash', '…'))
    """
    text = body.decode("utf-8", "replace")
    try:
        fields = _flat(json.loads(text), "")
    except (ValueError, RecursionError):
        fields = parse_qsl(text, keep_blank_values=True)
    return tuple((name, value[:LONGEST] if _is_told(name) else "…") for name, value in fields if value != "")[:MOST]


def _is_told(name: str) -> bool:
    return name.rsplit(".", 1)[-1].lower() in _TOLD


def _flat(value: Any, name: str) -> list[tuple[str, str]]:
    match value:
        case dict():
            return [pair for key, inner in value.items() for pair in _flat(inner, f"{name}.{key}".lstrip("."))]
        case list():
            return [pair for place, inner in enumerate(value) for pair in _flat(inner, f"{name}[{place}]")]
    return [(name, "" if value is None else str(value))]
