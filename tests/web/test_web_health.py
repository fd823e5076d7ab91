"""What operators and their tools may ask."""

import os
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlmodel import text

from billing import health, pulse
from billing.config import Settings
from billing.db import Database
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from dashboard import draining, wiring
from tests.fakes.house import PUBLIC_URL
from tests.web.pushes import PATH, json_body, signed

NEAR = {"X-Forwarded-For": "127.0.0.1"}
TOKEN = "a token for whoever looks after this"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def behind_proxy(house):
    """A dashboard that knows of one proxy in front of it."""
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, trusted_proxy_hops=1))


@pytest.fixture
def with_token(house):
    """A dashboard whose metrics may be asked for from elsewhere."""
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, metrics_token=SecretStr(TOKEN)))


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
    assert (answer.status_code, answer.text) == (503, "not ready\n")


def test_what_is_wrong_is_said_to_who_has_the_token(browser, house, with_token):
    house.billing.do(lambda work: work.session.execute(text("UPDATE alembic_version SET version_num = 'another'")))
    assert "voldaan migrate" in browser.get("/health/ready", headers=WITH_TOKEN).text
    assert browser.get("/health/ready", headers={"Authorization": "Bearer another"}).text == "not ready\n"


def test_a_process_that_is_about_to_stop_is_not_ready_and_still_answers(browser, with_token, monkeypatch, tmp_path):
    monkeypatch.setattr(draining, "_FOLDER", tmp_path)
    (tmp_path / f"stopping-{os.getppid()}").touch()
    answer = browser.get("/health/ready", headers=WITH_TOKEN)
    assert (answer.status_code, answer.text) == (503, "stopping\n")
    assert browser.get("/health/live").status_code == 200


def test_workers_that_give_signs_of_life_do_their_work(browser, house):
    assert browser.get("/health/work").status_code == 503
    _workers_live(house)
    assert (browser.get("/health/work").status_code, browser.get("/health/work").text) == (200, "ok\n")


def test_workers_that_fall_silent_and_what_waits_for_them_are_named(browser, house, with_token):
    _workers_live(house)
    account_id = house.customer("Bakkerij")
    house.person("owner@demo.test", account_id)
    house.invoice(account_id)
    house.clock.forward(minutes=6)
    house.billing.do(pulse.beat, "money")
    answer = browser.get("/health/work", headers=WITH_TOKEN)
    assert (answer.status_code, answer.text) == (503, "lane_paper_silent\noutbox_stuck\n")
    assert browser.get("/health/ready").status_code == 200


def _workers_live(house):
    for lane in health.LANES:
        house.billing.do(pulse.beat, lane)


def test_metrics_count_pushes_by_what_came_of_them(browser, house, behind_proxy):
    body = json_body()
    for content in (body, body, b"spoiled"):
        browser.post(PATH, content=content, headers=signed(house, body))
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    assert {line for line in lines if line.startswith("voldaan_pushes_total{")} == {
        'voldaan_pushes_total{reason="",result="accepted"} 1.0',
        'voldaan_pushes_total{reason="",result="duplicate"} 1.0',
        'voldaan_pushes_total{reason="signature",result="refused"} 1.0',
    }
    assert "voldaan_inbox_waiting 1.0" in lines


def test_metrics_show_what_is_waiting(browser, house, behind_proxy):
    account_id = house.customer("Bakkerij")
    house.person("owner@demo.test", account_id)
    house.invoice(account_id)
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    assert "voldaan_outbox_waiting 2.0" in lines
    assert "voldaan_outbox_given_up 0.0" in lines
    assert "voldaan_gateway_records_parked 0.0" in lines
    assert "voldaan_invoices_issued_total 1.0" in lines


def test_metrics_tell_of_broken_invariants_and_of_how_old_what_is_known_is(browser, house, behind_proxy):
    house.billing.do(feeds.mark_fresh, Feed.GATEWAY)
    house.clock.forward(minutes=10)
    house.billing.do(pulse.beat, pulse.INVARIANTS, found=2)
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    assert "voldaan_invariants_broken 2.0" in lines
    assert 'voldaan_feed_age_seconds{feed="gateway"} 600.0' in lines
    assert 'voldaan_pulse_age_seconds{name="invariants"} 0.0' in lines


def test_answers_are_timed_by_route_and_not_by_address(browser, house, behind_proxy):
    for number in ("2026-0001", "2026-0002"):
        browser.get(f"/files/invoices/{number}.pdf")
    lines = browser.get("/metrics", headers=NEAR).text.splitlines()
    timed = [line for line in lines if line.startswith("voldaan_http_seconds_count") and "/files/invoices" in line]
    assert [line.partition('route="')[2].partition('"')[0] for line in timed] == ["/files/invoices/{name}"]


def test_metrics_are_shown_to_who_has_the_token(browser, house, with_token):
    assert browser.get("/metrics", headers=WITH_TOKEN).status_code == 200
    assert browser.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "8.8.8.8"}, {"X-Forwarded-For": "10.0.0.7"}])
def test_metrics_are_not_for_the_whole_world(browser, house, behind_proxy, headers):
    assert browser.get("/metrics", headers=headers).status_code == 404


def test_a_forwarded_address_is_not_believed_without_a_proxy_of_ours(browser, house):
    assert browser.get("/metrics", headers=NEAR).status_code == 404
