"""Mails that come back: the sandbox takes them, and reports them to their sender as undeliverable."""

import smtplib
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from billing.sandbox import RunningSandbox
from billing.webhooks import require_genuine, secret_key
from tests.sandbox.conftest import SETTINGS, Merchant
from tests.sandbox.test_sandbox_mailbox import mail


@pytest.fixture
def reporting(receiver):
    """A sandbox that reports to the receiver."""
    with RunningSandbox(replace(SETTINGS, reports_url=receiver.url.replace("buckaroo", "mail"))) as sandbox:
        yield sandbox


def send(sandbox, *messages):
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as smtp:
        for message in messages:
            smtp.send_message(message)


def bounce_next(sandbox, receiver, http):
    Merchant(sandbox.url, receiver.url, http).control("mail-faults", bounce=1)


def test_a_mail_that_comes_back_is_reported_and_in_no_box(reporting, receiver, http):
    bounce_next(reporting, receiver, http)
    send(reporting, mail(), mail(to="ander@demo.test"))
    [heard] = receiver.wait_for(1)
    parts = {part.get_content_type(): part for part in message_from_bytes(heard.body).walk()}
    assert "Action: failed" in parts["message/delivery-status"].as_string()
    assert "rfc822; eigenaar@demo.test" in parts["message/delivery-status"].as_string()
    assert "Message-ID: <1@voldaan.test>" in parts["text/rfc822-headers"].get_payload()
    assert [kept.recipient for kept in reporting.world.mailbox.all()] == ["ander@demo.test"]


def test_a_report_is_signed(reporting, receiver, http):
    bounce_next(reporting, receiver, http)
    send(reporting, mail())
    [heard] = receiver.wait_for(1)
    headers = {name.lower(): value for name, value in heard.headers.items()}
    require_genuine(secret_key(SETTINGS.reports_secret), headers, heard.body, datetime.now(UTC))
    assert heard.path == "/hooks/mail"


def test_a_report_that_is_not_heard_is_told_again(reporting, receiver, http):
    receiver.answers = [503]
    bounce_next(reporting, receiver, http)
    send(reporting, mail())
    first, second = receiver.wait_for(2)
    assert first.body == second.body


def test_without_an_address_for_reports_a_mail_is_lost_without_a_word(sandbox, merchant, receiver):
    merchant.control("mail-faults", bounce=1)
    send(sandbox, mail())
    sandbox.world.timers.run_due()
    assert (sandbox.world.mailbox.all(), receiver.heard) == ([], [])
