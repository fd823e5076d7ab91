"""The adapter against a gateway that shares no code with it, over real HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

import httpx
import pytest

from billing.adapters.buckaroo import BuckarooGateway, BuckarooPushReader, BuckarooSettings
from billing.errors import ProviderRefused, ProviderUnclear, PushRefused
from billing.ports import Method, Outcome, Push, PushNotice, TransactionKind
from billing.sandbox import RunningSandbox, SandboxSettings
from tests.adapters.buckaroo_wire import payment_order, refund_order

PUSH_SECONDS = 15


@dataclass
class PushTrap:
    """A web server that keeps the pushes it gets, as they came."""

    pushes: Queue[Push] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                trap.pushes.put(Push(
                    method="POST", path=self.path, content_type=self.headers.get("Content-Type", ""),
                    authorization=self.headers.get("Authorization", ""),
                    body=self.rfile.read(int(self.headers["Content-Length"])),
                ))  # fmt: skip
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class Impatient(httpx.HTTPTransport):
    """A network that waits for an answer half a second only."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"]["read"] = 0.5
        return super().handle_request(request)


@dataclass(frozen=True)
class Line:
    """The adapter on one side, the sandbox on the other."""

    settings: BuckarooSettings
    gateway: BuckarooGateway
    reader: BuckarooPushReader
    trap: PushTrap
    sandbox_url: str

    def order(self, **changes: Any) -> Any:
        return payment_order(push_url=f"{self.trap.url}/hooks/buckaroo", **changes)

    def start(self, **changes: Any) -> str:
        return self.gateway.start(self.order(**changes)).key

    def control(self, path: str, **data: Any) -> dict[str, Any]:
        answer = httpx.post(f"{self.sandbox_url}/control/{path}", json=data, timeout=10, trust_env=False)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def pay(self, key: str) -> None:
        self.control(f"transactions/{key}/outcome", outcome="success")

    def next_notice(self) -> PushNotice:
        return self.reader.read(self.trap.pushes.get(timeout=PUSH_SECONDS))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with RunningSandbox(SandboxSettings(port=0, smtp_port=0, public_url="")) as running:
        yield running


@pytest.fixture
def line(sandbox: RunningSandbox) -> Iterator[Line]:
    trap = PushTrap()
    settings = BuckarooSettings(
        website_key=sandbox.settings.website_key,
        secret=sandbox.settings.secret,
        base_url=sandbox.url,
        redirect_hosts=frozenset({sandbox.url}),
        push_base_url=trap.url,
        require_signed_answers=True,
    )
    gateway = BuckarooGateway(settings)
    line = Line(settings, gateway, BuckarooPushReader(settings), trap, sandbox.url)
    line.control("reset")
    yield line
    gateway.close()
    trap.server.shutdown()
    trap.server.server_close()


@pytest.mark.parametrize("method", [Method.IDEAL, Method.CARD, Method.BANCONTACT])
def test_an_online_payment_leads_to_a_page_that_is_there(line: Line, method: Method) -> None:
    answer = line.gateway.start(line.order(method=method))

    assert answer.outcome is Outcome.AWAITING_CUSTOMER
    assert httpx.get(answer.redirect_url, timeout=10, trust_env=False).status_code == 200


def test_a_transfer_waits_with_an_account_and_a_reference(line: Line) -> None:
    answer = line.gateway.start(line.order(method=Method.TRANSFER))

    assert (answer.outcome, answer.status_code, answer.redirect_url) == (Outcome.AWAITING_CUSTOMER, 792, "")
    assert answer.transfer is not None
    assert answer.transfer.reference


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("success", Outcome.SUCCEEDED), ("cancel", Outcome.CANCELLED), ("fail", Outcome.FAILED),
        ("reject", Outcome.REJECTED), ("processing", Outcome.PENDING),
    ],
)  # fmt: skip
def test_what_the_customer_chose_is_told_to_whoever_asks(line: Line, choice: str, outcome: Outcome) -> None:
    key = line.start()

    line.control(f"transactions/{key}/outcome", outcome=choice)

    transaction = line.gateway.transactions([key])[key]
    assert (transaction.kind, transaction.outcome) == (TransactionKind.PAYMENT, outcome)
    assert (transaction.amount_cents, transaction.currency, transaction.is_test) == (1025, "EUR", True)
    assert (transaction.attempt, transaction.invoice_number) == ("af31", "INV-1001")
    assert transaction.changed_at is not None


def test_a_payment_is_found_by_its_attempt_and_only_by_its_own(line: Line) -> None:
    key = line.start(attempt="one")
    line.start(attempt="two")

    assert [one.key for one in line.gateway.find("one")] == [key]
    assert line.gateway.find("three") == []


def test_an_unknown_key_is_absent_and_can_not_be_refunded(line: Line) -> None:
    assert line.gateway.transactions(["F" * 32]) == {}
    with pytest.raises(ProviderRefused):
        line.gateway.refund_info("F" * 32)


def test_a_part_of_a_payment_is_refunded(line: Line) -> None:
    paid = line.start()
    line.pay(paid)

    answer = line.gateway.refund(refund_order(original_key=paid, amount_cents=500))

    assert answer.outcome in (Outcome.SUCCEEDED, Outcome.PENDING)
    refund = line.gateway.transactions([answer.key])[answer.key]
    assert (refund.kind, refund.original_key, refund.amount_cents) == (TransactionKind.REFUND, paid, 500)
    assert line.gateway.refund_info(paid).maximum_cents == 525


def test_a_refund_of_too_much_is_refused(line: Line) -> None:
    paid = line.start()
    line.pay(paid)

    answer = line.gateway.refund(refund_order(original_key=paid, amount_cents=1026))

    assert answer.outcome in (Outcome.FAILED, Outcome.REJECTED)
    assert answer.reason


def test_a_transfer_of_another_amount_is_a_transaction_of_its_own(line: Line) -> None:
    key = line.start(method=Method.TRANSFER)

    line.control("transfers", key=key, amounts_cents=[900])

    found = {one.outcome: one.amount_cents for one in line.gateway.of_invoice("INV-1001")}
    assert found == {Outcome.AWAITING_CUSTOMER: 1025, Outcome.SUCCEEDED: 900}
    assert {line.next_notice().key, line.next_notice().key} > {key}


def test_a_waiting_payment_is_cancelled_and_a_paid_one_is_not(line: Line) -> None:
    waiting, paid = line.start(), line.start()
    line.pay(paid)

    assert line.gateway.cancel(waiting)
    assert not line.gateway.cancel(paid)


def test_an_invalid_order_is_refused_with_a_reason(line: Line) -> None:
    answer = line.gateway.start(line.order(method=Method.TRANSFER, customer_email=""))

    assert (answer.outcome, answer.status_code) == (Outcome.FAILED, 491)
    assert answer.reason


def test_an_order_done_during_an_outage_is_unclear_but_found(line: Line) -> None:
    line.control("outage", kind="hang_after", seconds=2, match="POST /json/Transaction")
    impatient = BuckarooGateway(line.settings, transport=Impatient())

    with pytest.raises(ProviderUnclear) as unclear:
        impatient.start(line.order(attempt="lost"))

    impatient.close()

    assert unclear.value.facts["sent"] is True
    assert len(line.gateway.find("lost")) == 1


@pytest.mark.parametrize("kind", ["500", "503", "429", "400"])
def test_an_order_refused_by_an_outage_is_unclear_and_not_found(line: Line, kind: str) -> None:
    line.control("outage", kind=kind, match="POST /json/Transaction")

    with pytest.raises(ProviderUnclear) as unclear:
        line.gateway.start(line.order(attempt="lost"))

    assert unclear.value.facts["status"] == int(kind)
    assert line.gateway.find("lost") == []


def test_a_question_survives_a_short_outage(line: Line) -> None:
    key = line.start()
    line.control("outage", kind="503", match="Statuses")

    assert set(line.gateway.transactions([key])) == {key}


@pytest.mark.parametrize("upper_case", [False, True])
@pytest.mark.parametrize("push_format", ["json", "form"])
def test_a_real_push_is_believed(line: Line, push_format: str, upper_case: bool) -> None:
    line.control("settings", push_format=push_format, upper_case=upper_case)
    key = line.start(description="Hosting & één + meer")

    line.pay(key)

    notice = line.next_notice()
    assert (notice.key, notice.subject) == (key, "transaction")


def test_a_push_sent_twice_is_the_same_message(line: Line) -> None:
    line.control("push-faults", double=1)

    line.pay(line.start())

    assert line.next_notice() == line.next_notice()


@pytest.mark.parametrize("push_format", ["json", "form"])
@pytest.mark.parametrize("fault", ["tamper_amount", "tamper_signature"])
def test_a_tampered_push_is_not_believed(line: Line, push_format: str, fault: str) -> None:
    line.control("settings", push_format=push_format)
    line.control("push-faults", **{fault: 1})

    line.pay(line.start())

    with pytest.raises(PushRefused) as refused:
        line.next_notice()
    assert refused.value.facts["status"] == 401
