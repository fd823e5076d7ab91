"""The bodies that are sent to the gateway, with exact amounts."""

import ipaddress
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from billing.money import euros, require_payable
from billing.ports import DebitOrder, Method, PaymentOrder, RefundOrder

# The name under which our own attempt token travels along with a transaction, and comes back.
ATTEMPT = "attempt"

Json = Mapping[str, object]

_DIRECT_SERVICES: Mapping[Method, Json] = {
    Method.IDEAL: {"Name": "ideal", "Action": "Pay", "Version": 2},
    Method.BANCONTACT: {"Name": "bancontactmrcash", "Action": "Pay"},
}


def payment(order: PaymentOrder, *, card_services: Sequence[str]) -> Json:
    """A request to pay. Raises InvalidAmount for an amount that can't be paid."""
    return {
        "Currency": order.currency,
        "AmountDebit": euros(require_payable(order.amount_cents)),
        "Invoice": order.invoice_number,
        "Description": order.description,
        **_client_ip(order.client_ip),
        "ReturnURL": order.return_url,
        "ReturnURLCancel": order.return_url,
        "ReturnURLError": order.return_url,
        "ReturnURLReject": order.return_url,
        **push_urls(order.push_url),
        **_attempt(order.attempt),
        **({"StartRecurrent": True} if order.starts_series else {}),
        **_services(order, card_services),
    }


def collection(order: DebitOrder) -> Json:
    """A request to collect by mandate. Raises InvalidAmount.

    By a signed mandate it names that; by a series, the payment that began it.
    """
    by_series = bool(order.original_key)
    day = {"CollectDate": order.collect_on.isoformat()}
    call = {
        "Name": "sepadirectdebit",
        "Action": "PayRecurrent" if by_series else "PayWithEmandate",
        "Version": 1,
        "Parameters": parameters(day if by_series else {**day, "MandateReference": order.mandate_id}),
    }
    return {
        "Currency": order.currency,
        "AmountDebit": euros(require_payable(order.amount_cents)),
        "Invoice": order.invoice_number,
        "Description": order.description,
        **({"OriginalTransactionKey": order.original_key} if by_series else {}),
        **push_urls(order.push_url),
        **_attempt(order.attempt),
        "Services": {"ServiceList": [call]},
    }


def refund(order: RefundOrder) -> Json:
    """A request to send money back on an earlier transaction. Raises InvalidAmount."""
    return {
        "Currency": order.currency,
        "AmountCredit": euros(require_payable(order.amount_cents)),
        "Invoice": order.invoice_number,
        "Description": order.description,
        "OriginalTransactionKey": order.original_key,
        **push_urls(order.push_url),
        **_attempt(order.attempt),
        "Services": {"ServiceList": [{"Name": order.service, "Action": "Refund"}]},
    }


def statuses_of_keys(keys: Sequence[str]) -> Json:
    """A question for the state of known transactions."""
    return {"Transactions": [{"Key": key} for key in keys]}


def statuses_of_attempt(attempt: str) -> Json:
    """A question for all transactions that carry our token.

    Each element of the question may name a transaction by `Key`, `Invoice`, `CustomParameter` or
    `AdditionalParameter`; the last is taken to have the name/value shape it has in a request to pay.
    """
    return {"Transactions": [{"AdditionalParameter": {"Name": ATTEMPT, "Value": attempt}}]}


def statuses_of_invoice(number: str) -> Json:
    """A question for all transactions that name an invoice, ours and those that the gateway made from them."""
    return {"Transactions": [{"Invoice": number}]}


def parameters(values: Mapping[str, str]) -> list[Json]:
    """A service's parameters, in the shape they travel in."""
    return [{"Name": name, "Value": value} for name, value in values.items()]


def push_urls(url: str) -> Json:
    """Where pushes go, of success and of failure."""
    # Whether failures go to the first when only the first is given is undocumented.
    return {"PushURL": url, "PushURLFailure": url}


def encoded(value: object) -> bytes:
    """Compact JSON in UTF-8; a Decimal becomes a number with exactly the digits it has."""
    return _text(value).encode()


def _text(value: object) -> str:
    match value:
        case Decimal():
            return f"{value:f}"
        case Mapping():
            return "{" + ",".join(f"{_text(name)}:{_text(item)}" for name, item in value.items()) + "}"
        case list():
            return "[" + ",".join(_text(item) for item in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _client_ip(address: str) -> Json:
    # The gateway takes our own address when it gets none, so that leaving out a wrong one is safe.
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return {}
    mapped = ip.ipv4_mapped if ip.version == 6 else None
    return {"ClientIP": {"Type": 0 if mapped or ip.version == 4 else 1, "Address": str(mapped or ip)}}


def _attempt(attempt: str) -> Json:
    return {"AdditionalParameters": {"AdditionalParameter": [{"Name": ATTEMPT, "Value": attempt}]}}


def _services(order: PaymentOrder, card_services: Sequence[str]) -> Json:
    if order.method is Method.CARD:
        # A card's service is its brand. Leaving services out makes the gateway's own page ask for it.
        return {"ContinueOnIncomplete": 1, "ServicesSelectableByClient": ",".join(card_services)}
    if order.method is Method.TRANSFER:
        return {"Services": {"ServiceList": [_transfer(order)]}}
    return {"Services": {"ServiceList": [_DIRECT_SERVICES[order.method]]}}


def _transfer(order: PaymentOrder) -> Json:
    first, _, rest = order.customer_name.strip().partition(" ")
    values = {
        "CustomerEmail": order.customer_email,
        "CustomerFirstName": first,
        # Needed by the service; a one-word company name has to do for both.
        "CustomerLastName": rest.strip() or first,
        "SendMail": "false",
    }
    return {"Name": "transfer", "Action": "Pay", "Parameters": parameters(values)}
