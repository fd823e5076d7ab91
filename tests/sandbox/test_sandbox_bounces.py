"""Mails that are refused at the door, and mails that come back with a report."""

import base64
import email
import hashlib
import hmac
import smtplib
from dataclasses import replace
from email import policy
from email.message import EmailMessage

import pytest

from billing.sandbox import RunningSandbox
from tests.sandbox.conftest import SETTINGS, Merchant, wait_until

RECIPIENT = "de.bounce@klant.test"


@pytest.fixture
def merchant(receiver, http):
    """A merchant of a sandbox that hands its reports to the receiver."""
    with RunningSandbox(replace(SETTINGS, mail_reports_url=receiver.url)) as fresh:
        merchant = Merchant(fresh.url, receiver.url, http)
        merchant.smtp_port = fresh.smtp_port
        yield merchant


def send(merchant, *recipients):
    message = EmailMessage()
    message["From"], message["To"] = "facturen@voorbeeld.test", ", ".join(recipients)
    message["Subject"], message["Message-ID"] = "Factuur één", "<abc@voldaan.test>"
    message.set_content("Beste klant")
    with smtplib.SMTP("127.0.0.1", merchant.smtp_port, timeout=5) as smtp:
        return smtp.send_message(message)


def report(receiver):
    return email.message_from_bytes(receiver.wait_for(1)[0].body, policy=policy.default)


def boxes(merchant):
    return [mail["to"] for mail in merchant.http.get(f"{merchant.base}/mailbox.json").json()]


def test_a_refused_address_is_refused_at_the_door(merchant):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(merchant, "refused@klant.test")
    assert refused.value.recipients["refused@klant.test"][0] == 550
    assert boxes(merchant) == []


def test_a_refused_address_keeps_nobody_else_from_the_mail(merchant):
    assert list(send(merchant, "eigenaar@klant.test", "is.refused@klant.test")) == ["is.refused@klant.test"]
    assert boxes(merchant) == ["eigenaar@klant.test"]


def test_a_mail_that_comes_back_is_taken_in_first_and_reported_later(merchant, receiver):
    send(merchant, RECIPIENT)
    assert (boxes(merchant), receiver.heard) == ([], [])
    merchant.control("clock", advance="1m")
    found = report(receiver)
    assert (found.get_content_type(), found.get_param("report-type")) == ("multipart/report", "delivery-status")
    words, machines, headers = found.iter_parts()
    assert RECIPIENT in words.get_content()
    of_mail, of_recipient = machines.get_payload()
    assert of_mail["Reporting-MTA"] == "dns; mailbox.test"
    assert (of_recipient["Final-Recipient"], of_recipient["Action"]) == (f"rfc822; {RECIPIENT}", "failed")
    assert (of_recipient["Status"], of_recipient["Diagnostic-Code"][:9]) == ("5.1.1", "smtp; 550")
    assert headers.get_content_type() == "text/rfc822-headers"
    assert "Message-ID: <abc@voldaan.test>" in headers.get_payload()


def test_a_report_is_signed_after_standard_webhooks(merchant, receiver):
    send(merchant, RECIPIENT)
    merchant.control("clock", advance="1m")
    (push,) = receiver.wait_for(1)
    signed = b".".join((push.headers["webhook-id"].encode(), push.headers["webhook-timestamp"].encode(), push.body))
    key = base64.b64decode(SETTINGS.mail_reports_secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert push.headers["webhook-signature"] == f"v1,{expected}"


def test_a_report_is_handed_in_again_until_it_is_taken(merchant, receiver):
    receiver.answers = [503]
    send(merchant, RECIPIENT)
    merchant.control("clock", advance="1m")
    receiver.wait_for(1)
    wait_until(lambda: merchant.control("clock", advance="1m") and len(receiver.heard) == 2)
    first, second = receiver.heard
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)


def test_the_next_mail_comes_back_when_told_so(merchant, receiver):
    merchant.control("mail-faults", bounce=1)
    send(merchant, "eigenaar@klant.test", "boekhouder@klant.test")
    merchant.control("clock", advance="1m")
    assert "eigenaar@klant.test" in report(receiver).as_string()
    assert boxes(merchant) == ["boekhouder@klant.test"]


def test_any_other_address_is_left_in_peace(merchant, receiver):
    send(merchant, "eigenaar@bounce.test", RECIPIENT)
    merchant.control("clock", advance="1m")
    assert RECIPIENT in report(receiver).as_string()
    merchant.control("clock", advance="1d")
    assert len(receiver.heard) == 1


def test_nothing_is_reported_where_nobody_takes_reports(sandbox, http, receiver):
    merchant = Merchant(sandbox.url, receiver.url, http)
    merchant.smtp_port = sandbox.smtp_port
    send(merchant, RECIPIENT)
    merchant.control("clock", advance="1d")
    assert boxes(merchant) == []
