"""Which calls of the port may be sent again, and which never are."""

from collections.abc import Callable

import httpx
import pytest

from billing.adapters.buckaroo import BuckarooGateway
from billing.errors import ProviderUnclear
from tests.adapters.buckaroo_wire import SETTINGS, payment_order, refund_order, signed_answer

KEY = "4C1BE53E2C42412AB32A799D9316E700"


@pytest.mark.parametrize(
    "call",
    [
        lambda gateway: gateway.start(payment_order()),
        lambda gateway: gateway.refund(refund_order()),
        lambda gateway: gateway.cancel(KEY),
    ],
    ids=["start", "refund", "cancel"],
)
@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError, None])
def test_starting_refunding_and_cancelling_are_sent_exactly_once(
    call: Callable[[BuckarooGateway], object], error: type[httpx.TransportError] | None
) -> None:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if error is not None:
            raise error("dropped", request=request)
        return httpx.Response(503)

    gateway = BuckarooGateway(SETTINGS, transport=httpx.MockTransport(handle), pause=lambda seconds: None)
    with pytest.raises(ProviderUnclear):
        call(gateway)

    assert len(requests) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda gateway: gateway.transactions([KEY]),
        lambda gateway: gateway.find("af31"),
        lambda gateway: gateway.refund_info(KEY),
    ],
    ids=["transactions", "find", "refund_info"],
)
def test_questions_are_asked_again_with_a_new_nonce(call: Callable[[BuckarooGateway], object]) -> None:
    nonces: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        nonces.append(request.headers["Authorization"].split(":")[2])
        if len(nonces) == 1:
            return httpx.Response(503)
        return signed_answer(request, {"Transactions": [], "IsRefundable": False})

    call(BuckarooGateway(SETTINGS, transport=httpx.MockTransport(handle), pause=lambda seconds: None))

    assert len(set(nonces)) == 2
