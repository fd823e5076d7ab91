"""A sandbox that is killed comes back with all that it told anybody, as the world outside would."""

import smtplib
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import billing.sandbox
from tests.sandbox.conftest import Merchant, wait_until

SCRIPT = """
from billing.sandbox import SandboxSettings, serve
serve(SandboxSettings(port={port}, public_url="", smtp_port={smtp}, state_file={state!r}))
"""


@pytest.fixture
def house(tmp_path, receiver, http):
    """Where a sandbox runs on two ports, and its merchant."""
    port, smtp = _free_port(), _free_port()
    merchant = Merchant(f"http://127.0.0.1:{port}", receiver.url, http)

    @contextmanager
    def running():
        script = SCRIPT.format(port=port, smtp=smtp, state=str(tmp_path / "state.json"))
        process = subprocess.Popen([sys.executable, "-c", script], cwd=Path(billing.sandbox.__file__).parents[2])
        try:
            wait_until(lambda: _answers(port), seconds=15)
            yield merchant, smtp
        finally:
            process.kill()
            process.wait(timeout=15)

    return running


def test_what_it_had_answered_is_still_so_after_it_was_killed(house):
    with house() as (merchant, _):
        begun, paid = merchant.pay(), merchant.paid(Invoice="INV-1002")
    with house() as (merchant, _):
        assert merchant.status(begun["Key"])["Status"]["Code"]["Code"] == 790
        assert merchant.status(paid["Key"])["Status"]["Code"]["Code"] == 190
        assert merchant.control(f"transactions/{begun['Key']}/outcome", outcome="success")


def test_news_that_nobody_had_heard_is_told_again(house, receiver):
    receiver.answers += [503]
    with house() as (merchant, _):
        paid = merchant.paid()
        receiver.wait_for(1)
    with house():
        heard = receiver.wait_for(2)
    assert [(push.transaction["Key"], push.code) for push in heard] == [(paid["Key"], 190)] * 2


def test_mails_it_had_taken_are_there_once_with_the_count_of_their_deliveries(house):
    for _ in range(2):
        with house() as (_, smtp), smtplib.SMTP("127.0.0.1", smtp, timeout=5) as sender:
            sender.sendmail("a@shop.test", ["b@demo.test"], b"Subject: hallo\r\nMessage-ID: <1@shop.test>\r\n\r\ntekst")
    with house() as (merchant, _):
        mails = merchant.http.get(f"{merchant.base}/mailbox.json").json()
    assert [(mail["subject"], mail["deliveries"]) for mail in mails] == [("hallo", 2)]


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _answers(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/control/state", timeout=1).status_code == 200
    except httpx.TransportError:
        return False
