"""The hosting panel of the sandbox, over real HTTP."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import replace

import httpx
import pytest

from billing.sandbox import RunningSandbox, SandboxSettings
from tests.sandbox.conftest import SETTINGS

KEY = base64.b64decode(SETTINGS.panel_secret.removeprefix("whsec_"))
SITE = {"php_version": "8.4", "force_https": True, "web_root": "public_html/nieuw"}


def body(version=1, domain="voorbeeld.test", area="website", settings=SITE):
    data = {"domain": domain, "area": area, "version": version, "settings": settings}
    return json.dumps({"type": "hosting.website.changed", "data": data}).encode()


def post(sandbox, content, message_id="msg_1", age=0, signed=None, key=KEY):
    """Send a message; returns the status. signed: other bytes than those that are sent."""
    timestamp = str(int(time.time()) - age)
    text = f"{message_id}.{timestamp}.".encode() + (content if signed is None else signed)
    signature = "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    headers = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    return httpx.post(f"{sandbox.url}/panel/hooks", content=content, headers=headers).status_code


def shown(sandbox):
    return httpx.get(f"{sandbox.url}/panel.json").json()


def verdicts(sandbox):
    return [message["verdict"] for message in shown(sandbox)["messages"]]


def test_a_signed_message_is_carried_out(sandbox):
    assert post(sandbox, body()) == 204
    website = shown(sandbox)["domains"]["voorbeeld.test"]["website"]
    assert (website["version"], website["settings"]) == (1, SITE)


def test_a_repeat_of_a_message_changes_nothing(sandbox):
    post(sandbox, body(1))
    assert post(sandbox, body(2)) == 204
    assert verdicts(sandbox) == ["applied", "repeat"]
    assert shown(sandbox)["domains"]["voorbeeld.test"]["website"]["version"] == 1


def test_an_older_version_changes_nothing(sandbox):
    post(sandbox, body(2), "msg_2")
    assert post(sandbox, body(1), "msg_1") == 204
    assert verdicts(sandbox) == ["applied", "older"]
    assert shown(sandbox)["domains"]["voorbeeld.test"]["website"]["version"] == 2


def test_each_part_of_a_domain_has_versions_of_its_own(sandbox):
    post(sandbox, body(5), "msg_1")
    post(sandbox, body(1, area="email", settings={"mailboxes": [], "forwards": []}), "msg_2")
    post(sandbox, body(1, domain="elders.test"), "msg_3")
    assert verdicts(sandbox) == ["applied"] * 3


@pytest.mark.parametrize(
    "changes",
    [{"key": b"another key"}, {"signed": body(2)}, {"age": 301}, {"age": -302}, {"message_id": ""}],
    ids=["another key", "changed on the way", "too old", "from the future", "no id"],
)
def test_a_message_that_can_not_be_trusted_is_refused(sandbox, changes):
    assert post(sandbox, body(), **changes) == 401
    assert verdicts(sandbox) == ["not believed"]
    assert shown(sandbox)["domains"] == {}


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1e9", "9" * 40])
def test_a_time_that_is_none_is_refused(sandbox, timestamp):
    headers = {"webhook-id": "msg_1", "webhook-timestamp": timestamp, "webhook-signature": "v1,AAAA"}
    assert httpx.post(f"{sandbox.url}/panel/hooks", content=b"{}", headers=headers).status_code == 401


def test_no_signature_at_all_is_refused(sandbox):
    assert httpx.post(f"{sandbox.url}/panel/hooks", content=body()).status_code == 401


def test_one_of_several_signatures_is_enough(sandbox):
    timestamp = str(int(time.time()))
    right = hmac.new(KEY, f"msg_1.{timestamp}.".encode() + body(), hashlib.sha256).digest()
    headers = {
        "webhook-id": "msg_1", "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,AAAA v2,BBBB v1,{base64.b64encode(right).decode()}",
    }  # fmt: skip
    assert httpx.post(f"{sandbox.url}/panel/hooks", content=body(), headers=headers).status_code == 204


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"data": {"domain": "a.test"}}', body(settings=None)])
def test_a_signed_message_that_says_nothing_is_refused(sandbox, content):
    assert post(sandbox, content) == 400
    assert verdicts(sandbox) == ["not read"]


def test_an_outage_is_over_after_as_many_messages_as_asked(merchant, sandbox):
    merchant.control("panel-faults", down=2)
    assert [post(sandbox, body()) for _ in range(3)] == [503, 503, 204]
    assert verdicts(sandbox) == ["down", "down", "applied"]


def test_the_page_shows_settings_and_messages(sandbox):
    assert "Nog niets ontvangen" in httpx.get(f"{sandbox.url}/panel").text
    post(sandbox, body())
    mails = {
        "mailboxes": [{"address": "info@voorbeeld.test", "active": False}],
        "forwards": [{"source": "winkel@voorbeeld.test", "target": "bas@elders.test"}],
    }
    post(sandbox, body(area="email", settings=mails), "msg_2")
    post(sandbox, body(2), "msg_3", key=b"another key")
    page = httpx.get(f"{sandbox.url}/panel").text
    for text in ("public_html/nieuw", "info@voorbeeld.test", "winkel@voorbeeld.test → bas@elders.test",
                 "ingesteld 204", "niet vertrouwd 401"):  # fmt: skip
        assert text in page


def news(what="stopped", version=1, service=7, **facts):
    data = {"service": service, "version": version, "label": "voorbeeld.test", "product": "hosting-plus", **facts}
    return json.dumps({"type": f"service.{what}", "data": data}).encode()


def test_news_of_a_service_is_kept_and_shown(sandbox):
    assert post(sandbox, news(keeps_until="2026-12-31")) == 204
    [service] = shown(sandbox)["services"]
    assert (service["news"], service["service"], service["keeps_until"]) == ("stopped", 7, "2026-12-31")
    page = httpx.get(f"{sandbox.url}/panel").text
    assert "staat stil, gegevens bewaard" in page
    assert "bewaren en e-mail aan t/m 2026-12-31" in page


def test_news_that_was_overtaken_changes_nothing(sandbox):
    post(sandbox, news("restored", 2), "msg_2")
    assert post(sandbox, news("stopped", 1), "msg_1") == 204
    assert verdicts(sandbox) == ["applied", "older"]
    assert [service["news"] for service in shown(sandbox)["services"]] == ["restored"]


def test_each_period_of_a_domain_is_renewed_once_and_beside_the_news(sandbox):
    post(sandbox, news("changed", 3), "msg_1")
    for year, message_id in ((2027, "msg_2"), (2027, "msg_3"), (2028, "msg_4")):
        days = {"period_start": f"{year}-03-06", "period_end": f"{year + 1}-03-05"}
        assert post(sandbox, news("renew", 3, **days), message_id) == 204
    assert verdicts(sandbox) == ["applied", "applied", "older", "applied"]
    assert "2027-03-06 t/m 2028-03-05" in httpx.get(f"{sandbox.url}/panel").text


@pytest.mark.parametrize("content", [news(service="x"), news("renew"), b'{"type": "service.stopped", "data": {}}'])
def test_news_that_says_nothing_is_refused(sandbox, content):
    assert post(sandbox, content) == 400


def test_reset_empties_the_panel(merchant, sandbox):
    post(sandbox, body(2))
    merchant.control("panel-faults", down=1)
    merchant.control("reset")
    assert shown(sandbox) == {"domains": {}, "services": [], "messages": []}
    assert post(sandbox, body(1)) == 204


def test_the_panel_is_kept_between_runs(tmp_path):
    settings = replace(SETTINGS, state_file=str(tmp_path / "state.json"))
    with RunningSandbox(settings) as first:
        post(first, body(2))
        before = shown(first)
    with RunningSandbox(settings) as second:
        assert shown(second) == before
        post(second, body(2))
        assert verdicts(second) == ["applied", "repeat"]


def test_what_was_kept_before_there_was_a_panel_can_be_read(tmp_path):
    state = tmp_path / "state.json"
    settings: SandboxSettings = replace(SETTINGS, state_file=str(state))
    with RunningSandbox(settings):
        pass
    kept = json.loads(state.read_text())
    del kept["panel"]
    state.write_text(json.dumps(kept))
    with RunningSandbox(settings) as running:
        assert shown(running)["messages"] == []


@pytest.mark.parametrize("data", [{"down": "often"}, {"up": 1}])
def test_a_mistake_at_the_switch_is_explained(merchant, data):
    answer = merchant.http.post(f"{merchant.base}/control/panel-faults", json=data)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
