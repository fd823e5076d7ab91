"""Outages: the gateway answers nonsense, nothing, or too late."""

import httpx
import pytest


@pytest.mark.parametrize(("kind", "status"), [("503", 503), ("500", 500), ("429", 429), ("400", 400)])
def test_outage_strikes_the_next_calls_and_does_nothing(merchant, kind, status):
    merchant.control("outage", kind=kind, count=2)
    answers = [merchant.send("POST", "/json/Transaction", merchant.order()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].headers["Content-Type"].startswith("text/plain")
    assert merchant.http.get(merchant.base + "/control/state").json()["transactions"] == 1


def test_outage_lasts_until_switched_off(merchant):
    merchant.control("outage", kind="503", count=-1)
    assert {merchant.send("GET", "/json/Transaction/Specification/ideal").status_code for _ in range(4)} == {503}
    merchant.control("outage", kind="")
    assert merchant.send("GET", "/json/Transaction/Specification/ideal").status_code == 200


def test_outage_can_strike_one_call_only(merchant):
    merchant.control("outage", kind="500", match="GET /json/transaction/status")
    payment = merchant.pay()
    assert merchant.send("GET", f"/json/Transaction/Status/{payment['Key']}").status_code == 500


@pytest.mark.parametrize(("kind", "exists"), [("hang_before", 0), ("hang_after", 1)])
def test_time_out_leaves_the_client_unsure(merchant, kind, exists):
    merchant.control("outage", kind=kind, seconds=0.6)
    order = merchant.order()
    merchant.http.timeout, usual = 0.2, merchant.http.timeout
    try:
        with pytest.raises(httpx.ReadTimeout):
            merchant.send("POST", "/json/Transaction", order)
    finally:
        merchant.http.timeout = usual
    wanted = {"Transactions": [{"AdditionalParameter": {"Name": "attempt", "Value": "af31"}}]}
    answer = merchant.send("POST", "/json/Transaction/Statuses", wanted).json()
    assert len(answer["Transactions"]) == exists
