"""The gateway's side of the wire, in memory: enough of it to answer what the adapter asks."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx

from billing.adapters.buckaroo import BuckarooGateway, BuckarooSettings
from billing.adapters.buckaroo.signing import authorization, verify_json_push
from billing.ports import DebitOrder, MandateOrder, MandateScheme, Method, PaymentOrder, RefundOrder

GATEWAY = "https://testcheckout.buckaroo.nl"
WEBSITE_KEY, SECRET = "WebKey0001", "0123456789ABCDEFsecret"
SETTINGS = BuckarooSettings(
    website_key=WEBSITE_KEY,
    secret=SECRET,
    base_url=GATEWAY,
    redirect_hosts=frozenset({GATEWAY}),
    push_base_url="https://app.example.test",
)
NOW = datetime(2026, 1, 5, 9, 15, tzinfo=UTC)
CODES = {"succeed": 190, "fail": 490, "cancel": 890}
DEAD = {"Key": "0", "Status": {"Code": {"Code": 491}}}


@dataclass
class FixedClock:
    """A clock that stands still until it is set."""

    time: datetime = NOW

    def now(self) -> datetime:
        return self.time


def payment_order(**changes: Any) -> PaymentOrder:
    """An order for € 10.25 by iDEAL."""
    order: dict[str, Any] = {
        "attempt": "af31", "method": Method.IDEAL, "amount_cents": 1025, "invoice_number": "INV-1001",
        "description": "Hosting 2026-01", "return_url": "https://app.example.test/pay/return/af31",
        "push_url": "https://app.example.test/hooks/buckaroo", "client_ip": "203.0.113.7",
        "customer_name": "Jan de Tester", "customer_email": "jan@demo.test",
    }  # fmt: skip
    return PaymentOrder(**{**order, **changes})


def refund_order(**changes: Any) -> RefundOrder:
    """An order to give € 5.00 back."""
    order: dict[str, Any] = {
        "attempt": "rf01", "original_key": "0F0E0D0C0B0A09080706050403020100", "service": "ideal", "amount_cents": 500,
        "invoice_number": "INV-1001", "description": "Refund", "push_url": "https://app.example.test/hooks/buckaroo",
    }  # fmt: skip
    return RefundOrder(**{**order, **changes})


def mandate_order(**changes: Any) -> MandateOrder:
    """An order to have a consumer's mandate signed."""
    order: dict[str, Any] = {
        "token": "mt01", "scheme": MandateScheme.CORE, "customer_reference": "klant-77", "purchase_id": "MND-77-1",
        "reason": "Hosting en domeinen", "return_url": "https://app.example.test/mandate/return/mt01",
        "push_url": "https://app.example.test/hooks/buckaroo",
    }  # fmt: skip
    return MandateOrder(**{**order, **changes})


def debit_order(**changes: Any) -> DebitOrder:
    """An order to collect € 24.95."""
    order: dict[str, Any] = {
        "attempt": "db01", "amount_cents": 2495, "invoice_number": "INV-1002", "description": "Hosting 2026-02",
        "collect_on": date(2026, 2, 9), "push_url": "https://app.example.test/hooks/buckaroo",
    }  # fmt: skip
    return DebitOrder(**{**order, **changes})


@dataclass
class BuckarooWire:
    """Keeps transactions as the status answers that they give. `requests` are all that came in."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    lose_order: bool = False
    lose_answer: bool = False

    def gateway(self) -> BuckarooGateway:
        """The adapter, connected to this wire."""
        return BuckarooGateway(SETTINGS, transport=httpx.MockTransport(self.handle), pause=lambda seconds: None)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if not signed_by_us(request):
            return httpx.Response(400, text="Authorization failed")
        if self.lose_order:
            self.lose_order = False
            raise httpx.ReadTimeout("no answer", request=request)
        answer = self._answer(request)
        if self.lose_answer:
            self.lose_answer = False
            raise httpx.ReadTimeout("no answer", request=request)
        return signed_answer(request, answer)

    def set(self, key: str, code: int) -> None:
        """Give a transaction another status."""
        self.known[key]["Status"]["Code"]["Code"] = code

    def receive_other(self, key: str, amount_cents: int) -> None:
        """A transfer of another amount comes in: a paid copy that carries the invoice and not our token."""
        body = {**self.known[key], "AmountDebit": amount_cents / 100}
        self._add({**body, "AdditionalParameters": {"AdditionalParameter": []}}, "transfer", 190)

    def _answer(self, request: httpx.Request) -> dict[str, Any]:
        body = json.loads(request.content) if request.content else {}
        action, key = request.url.path.split("/")[-2:]
        match action, key:
            case _, "Transaction":
                return self._pay(body) if "AmountDebit" in body else self._refund(body)
            case _, "Statuses":
                return {"Transactions": [self.known[one] for one in self._asked(body)], "ErrorTransactions": []}
            case "RefundInfo", _:
                return self._refund_info(key)
            case _:
                pending = self.known.get(key, DEAD)["Status"]["Code"]["Code"] in (790, 791, 792)
                if pending:
                    self.set(key, CODES["cancel"])
                return {"Key": key, "IsCanceled": pending}

    def _pay(self, body: dict[str, Any]) -> dict[str, Any]:
        services = body.get("Services", {"ServiceList": [{"Name": "visa"}]})["ServiceList"]
        by_transfer = services[0]["Name"] == "transfer"
        answer = self._add(body, services[0]["Name"], 792 if by_transfer else 790)
        if by_transfer:
            answer["Services"] = [{"Name": "transfer", "Parameters": [
                {"Name": "IBAN", "Value": "NL13TEST0123456789"}, {"Name": "BIC", "Value": "TESTNL2A"},
                {"Name": "AccountHolderName", "Value": "Test Gateway"}, {"Name": "PaymentReference", "Value": "R7"},
            ]}]  # fmt: skip
            return answer
        url = f"{GATEWAY}/html/redirect.ashx?r={answer['Key']}"
        return {**answer, "RequiredAction": {"Name": "Redirect", "RedirectURL": url}}

    def _refund(self, body: dict[str, Any]) -> dict[str, Any]:
        original = self.known[body["OriginalTransactionKey"]]
        if body["AmountCredit"] > self._refund_info(original["Key"])["MaximumRefundAmount"]:
            return {**DEAD, "RequestErrors": {"ActionErrors": [{"ErrorMessage": "Amount too high"}]}}
        answer = self._add(body, original["ServiceCode"], 190)
        answer["RelatedTransactions"] = [{"RelationType": "refund", "RelatedTransactionKey": original["Key"]}]
        return answer

    def _refund_info(self, key: str) -> dict[str, Any]:
        if key not in self.known:
            return {"InvalidRefundInfo": [{"Key": key, "Error": "Unknown transaction"}]}
        back = sum(one["AmountCredit"] for one in self.known.values() if self._undoes(one, key))
        paid = self.known[key]["Status"]["Code"]["Code"] == CODES["succeed"]
        maximum = self.known[key]["AmountDebit"] - back if paid else 0
        return {"IsRefundable": maximum > 0, "MaximumRefundAmount": maximum, "RefundedAmount": back}

    def _undoes(self, one: dict[str, Any], key: str) -> bool:
        return any(related["RelatedTransactionKey"] == key for related in one["RelatedTransactions"] or ())

    def _asked(self, body: dict[str, Any]) -> list[str]:
        (*_, last) = body["Transactions"]
        if "AdditionalParameter" in last:
            pair = last["AdditionalParameter"]
            return [key for key, one in self.known.items() if pair in one["AdditionalParameters"]["List"]]
        if "Invoice" in last:
            return [key for key, one in self.known.items() if one["Invoice"] == last["Invoice"]]
        return [one["Key"] for one in body["Transactions"] if one["Key"] in self.known]

    def _add(self, body: dict[str, Any], service: str, code: int) -> dict[str, Any]:
        key = f"{len(self.known) + 1:032X}"
        self.known[key] = {
            **{name: body[name] for name in ("Currency", "AmountDebit", "AmountCredit", "Invoice") if name in body},
            "Key": key,
            "Status": {"Code": {"Code": code}, "DateTime": "2026-01-05T10:15:00"},
            "IsTest": True,
            "ServiceCode": service,
            "AdditionalParameters": {"List": body["AdditionalParameters"]["AdditionalParameter"]},
            "RelatedTransactions": None,
        }
        return self.known[key]


def signed_by_us(request: httpx.Request) -> bool:
    """Whether the request is signed with the test keys."""
    return verify_json_push(
        authorization=request.headers["Authorization"], method=request.method, url=str(request.url),
        body=request.content, website_key=WEBSITE_KEY, secret=SECRET,
    )  # fmt: skip


def signed_answer(request: httpx.Request, answer: object) -> httpx.Response:
    """An answer as the gateway signs it: over the request's method and address and its own body."""
    body = json.dumps(answer).encode()
    header = authorization(
        method=request.method, url=str(request.url), body=body, website_key=WEBSITE_KEY, secret=SECRET,
        nonce="5f1e", timestamp=int(NOW.timestamp()),
    )  # fmt: skip
    return httpx.Response(200, content=body, headers={"Authorization": header, "Content-Type": "application/json"})
