"""The control room, and what a sandbox keeps between runs."""

import smtplib
from dataclasses import replace

import httpx
import pytest

from billing.sandbox import RunningSandbox, SandboxSettings
from billing.sandbox.requests import read_json, read_request


def test_home_leads_to_the_control_page(sandbox):
    page = httpx.get(sandbox.url, follow_redirects=True)
    assert (page.url.path, "Bediening" in page.text) == ("/control", True)


def test_control_page_shows_transactions_and_pushes(merchant, receiver):
    key = merchant.paid()["Key"]
    receiver.wait_for(1)
    page = httpx.get(merchant.base + "/control").text
    assert key in page
    assert "190 Geslaagd" in page


def test_reset_empties_everything_and_undoes_faults_and_settings(merchant):
    merchant.pay()
    merchant.control("push-faults", drop=3, hold=True)
    merchant.control("outage", kind="503", count=1, match="nothing")
    merchant.control("settings", push_format="form")
    state = merchant.control("reset")
    assert (state["transactions"], state["faults"]["pushes"]["drop"], state["faults"]["outage"]["kind"]) == (0, 0, "")
    assert state["website"]["push_format"] == "json"


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("settings", {"push_format": "xml"}, 400),
        ("settings", {"colour": "blue"}, 400),
        ("push-faults", {"drop": "many"}, 400),
        ("push-faults", {"delay_until": "tomorrow"}, 400),
        ("clock", {"advance": "a while"}, 400),
        ("clock", {"advance_seconds": -1}, 400),
        ("clock", {"advance": "40000d"}, 400),
        ("clock", {"advance": "99999999999999d"}, 400),
        ("transactions/00/outcome", {"outcome": "success"}, 409),
        ("transfers", {"reference": "1", "amounts_cents": []}, 400),
    ],
)
def test_mistake_is_explained(merchant, path, data, status):
    answer = merchant.http.post(f"{merchant.base}/control/{path}", json=data)
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)


def test_many_payments_get_an_outcome_at_once(merchant, receiver):
    keys = [merchant.pay()["Key"] for _ in range(20)]
    assert merchant.control("outcomes", outcome="success", all_pending=True) == {"done": 20}
    assert {push.transaction["Key"] for push in receiver.wait_for(20)} == set(keys)


def test_new_payments_can_succeed_by_themselves(merchant, receiver):
    merchant.control("settings", auto_outcome="success")
    payment = merchant.pay()
    assert payment["Status"]["Code"]["Code"] == 790
    assert receiver.wait_for(1)[0].code == 190
    assert merchant.code(payment["Key"]) == 190


def test_paid_can_not_become_failed(merchant):
    key = merchant.paid()["Key"]
    answer = merchant.http.post(f"{merchant.base}/control/transactions/{key}/outcome", json={"outcome": "fail"})
    assert (answer.status_code, merchant.code(key)) == (409, 190)


def test_transactions_are_found_by_own_parameter(merchant):
    key = merchant.pay()["Key"]
    found = merchant.http.get(f"{merchant.base}/control/transactions", params={"parameter": "attempt:af31"}).json()
    assert [row["Key"] for row in found["transactions"]] == [key]


def test_state_survives_a_restart(tmp_path, eventually):
    settings = SandboxSettings(port=0, smtp_port=0, state_file=str(tmp_path / "sandbox" / "state.json"))
    with RunningSandbox(settings) as first:
        first.world.website.auto_outcome = "fail"
        httpx.post(f"{first.url}/control/clock", json={"advance": "2d"})
        with smtplib.SMTP("127.0.0.1", first.smtp_port, timeout=5) as smtp:
            smtp.sendmail("a@shop.test", ["b@demo.test"], b"Subject: hallo\r\n\r\ntekst")
        _start_payment(first)
    with RunningSandbox(settings) as second:
        rows = httpx.get(f"{second.url}/control/transactions").json()["transactions"]
        state = httpx.get(f"{second.url}/control/state").json()
        assert [row["Invoice"] for row in rows] == ["INV-7"]
        assert (state["clock_offset_seconds"], state["website"]["auto_outcome"]) == (172800, "fail")
        assert httpx.get(f"{second.url}/mailbox.json").json()[0]["subject"] == "hallo"
        httpx.post(f"{second.url}/control/clock", json={"advance": "1h"})
        eventually(lambda: second.world.transactions.by_invoice("INV-7")[0].status == 490)


def test_taken_port_is_an_error(running):
    with pytest.raises(OSError, match="in use"):
        RunningSandbox(replace(running.settings, port=running.http_port))


def _start_payment(running):
    body = b'{"AmountDebit": 10, "Currency": "EUR", "Invoice": "INV-7", "ContinueOnIncomplete": 1}'
    running.world.gateway.start(read_request(read_json(body), culture="nl-NL"))
