"""Reports about mails over HTTP: recorded when genuine, refused without a word when not."""

from dataclasses import replace

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from billing import outbox
from billing.config import Settings
from billing.correspondence import flows
from billing.db import Database
from billing.deliveries.reports import LARGEST_BYTES
from billing.deliveries.tables import MailDelivery
from billing.outbox import OutboxMessage
from dashboard import wiring
from dashboard.web.app import web
from tests.fakes.house import PUBLIC_URL
from tests.fakes.reports import SECRET, report, signed

PATH = "/hooks/mail"
OWNER = "owner@demo.test"


@pytest.fixture(autouse=True)
def _switched_on(house):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, mail_reports_secret=SECRET))


@pytest.fixture
def body(house):
    """A report that the mail about an invoice bounced."""
    account = house.customer("Bakkerij")
    house.person(OWNER, account)
    house.invoice(account)
    while flows.carry_out(house.billing):
        pass
    about = select(OutboxMessage.dedup_key).where(OutboxMessage.task == "mail_invoice")
    return report(outbox.message_id(house.billing.ask(lambda work: work.session.exec(about).one()), PUBLIC_URL))


def deliver(browser, house, body, **changed):
    return browser.post(PATH, content=body, headers=signed(body, house.clock.now()) | changed)


def state(house):
    return house.billing.ask(lambda work: work.session.exec(select(MailDelivery)).one()).state


def test_a_signed_report_is_recorded(browser, house, body):
    answer = deliver(browser, house, body)
    assert (answer.status_code, answer.text, state(house)) == (200, "OK", "bounced")


def test_a_report_that_comes_again_is_answered_the_same(browser, house, body):
    assert [deliver(browser, house, body).status_code for _ in range(2)] == [200, 200]
    assert state(house) == "bounced"


def test_a_report_about_somebody_elses_mail_is_not_about_us(browser, house):
    answer = deliver(browser, house, report("<0123@elsewhere.test>"))
    assert (answer.status_code, answer.text) == (200, "Not about us")


def test_a_report_about_a_mail_that_is_not_recorded_yet_has_to_come_again(browser, house):
    assert deliver(browser, house, report("<0123@app.example.test>")).status_code == 503


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": "0"},
        {"webhook-timestamp": "yesterday"},
    ],
)
def test_an_unsigned_stale_or_forged_report_is_refused_without_a_word(browser, house, body, changed):
    answer = deliver(browser, house, body, **changed)
    assert (answer.status_code, answer.content, state(house)) == (401, b"", "handed_over")


def test_a_report_that_was_signed_long_ago_is_refused(browser, house, body):
    headers = signed(body, house.clock.now())
    house.clock.forward(minutes=6)
    assert browser.post(PATH, content=body, headers=headers).status_code == 401


def test_what_is_no_report_is_refused_even_when_signed(browser, house):
    for text in (b"", b"Subject: Hallo\r\n\r\ntekst", b"\xff\xfe\x00"):
        assert deliver(browser, house, text).status_code == 400


def test_a_body_of_ten_megabytes_is_refused(browser, house, body):
    huge = body + b" " * (10 * LARGEST_BYTES)
    assert deliver(browser, house, huge).status_code == 413


def test_without_a_secret_nothing_is_taken(browser, house, body):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL))
    assert (deliver(browser, house, body).status_code, state(house)) == (404, "handed_over")


def test_while_the_database_is_away_a_report_has_to_come_again(browser, house, body, tmp_path):
    away = replace(house.billing, database=Database(f"sqlite:///{tmp_path}/not-migrated.sqlite"))
    wiring.use(away, Settings(public_url=PUBLIC_URL, mail_reports_secret=SECRET))
    assert deliver(browser, house, body).status_code == 503


def test_reports_are_counted(browser, house, body):
    deliver(browser, house, body)
    deliver(browser, house, body, **{"webhook-id": "msg_2"})
    with TestClient(web, base_url=PUBLIC_URL, client=("127.0.0.1", 5000)) as operator:
        counted = [line for line in operator.get("/metrics").text.splitlines() if "voldaan_mail_reports_total{" in line]
    assert counted == [
        'voldaan_mail_reports_total{reason="",result="accepted"} 1.0',
        'voldaan_mail_reports_total{reason="forged",result="refused"} 1.0',
    ]
