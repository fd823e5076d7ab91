"""What operators and their tools may ask."""

from dataclasses import replace

import pytest
from sqlmodel import text

from billing.config import Settings
from billing.db import Database
from dashboard import wiring
from tests.fakes.house import PUBLIC_URL
from tests.web.pushes import PATH, json_body, signed

NEAR = {"X-Forwarded-For": "10.0.0.7"}


@pytest.fixture
def behind_proxy(house):
    """A dashboard that knows of one proxy in front of it."""
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, trusted_proxy_hops=1))


def test_a_process_that_answers_is_alive_whatever_the_database_does(browser, house, tmp_path):
    away = Database(f"sqlite:///{tmp_path}/missing/folder/x.sqlite")
    wiring.use(replace(house.billing, database=away), wiring.settings())
    assert browser.get("/health/live").status_code == 200
    assert browser.get("/health/ready").status_code == 503


def test_a_migrated_database_is_ready(browser, house):
    assert browser.get("/health/ready").text == "ok\n"


def test_a_database_of_another_version_is_not_ready(browser, house):
    house.billing.do(lambda work: work.session.execute(text("UPDATE alembic_version SET version_num = 'another'")))
    answer = browser.get("/health/ready")
    assert (answer.status_code, "voldaan migrate" in answer.text) == (503, True)


def test_metrics_count_pushes_by_what_came_of_them(browser, house, behind_proxy):
    body = json_body()
    for content in (body, body, b"spoiled"):
        browser.post(PATH, content=content, headers=signed(house, body))
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    counted = {line.partition("result=")[2] for line in lines if line.startswith("voldaan_pushes_total{")}
    assert counted == {
        '"accepted",reason=""} 1', '"duplicate",reason=""} 1', '"refused",reason="signature"} 1',
    }  # fmt: skip
    assert "voldaan_inbox_waiting 1" in lines


def test_metrics_show_what_is_waiting(browser, house, behind_proxy):
    account_id = house.customer("Bakkerij")
    house.person("owner@demo.test", account_id)
    house.invoice(account_id)
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    assert "voldaan_outbox_waiting 2" in lines
    assert "voldaan_outbox_given_up 0" in lines
    assert "voldaan_gateway_records_parked 0" in lines


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "8.8.8.8"}, {"X-Forwarded-For": "10.0.0.7, 8.8.8.8"}])
def test_metrics_are_not_for_the_whole_world(browser, house, behind_proxy, headers):
    assert browser.get("/metrics", headers=headers).status_code == 404


def test_a_forwarded_address_is_not_believed_without_a_proxy_of_ours(browser, house):
    assert browser.get("/metrics", headers=NEAR).status_code == 404
