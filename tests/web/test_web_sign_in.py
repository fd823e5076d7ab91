"""Signing in and out over plain HTTP."""

from dataclasses import replace

import pytest

from billing.config import Settings
from billing.db import Database
from billing.logins.queries import identity
from dashboard import wiring
from dashboard.web.requests import local_path
from tests.fakes.house import PASSWORD, PUBLIC_URL

COOKIE = "__Host-voldaan_session"


@pytest.fixture
def owner(house):
    """A customer's e-mail address."""
    house.person("owner@demo.test", house.customer("Bakkerij"))
    return "owner@demo.test"


def sign_in(browser, email, password=PASSWORD, *, target="", **headers):
    data = {"email": email, "password": password, "next": target}
    return browser.post("/auth/login", data=data, headers=headers)


def test_the_right_password_opens_a_session_and_the_start_page(browser, house, owner):
    answer = sign_in(browser, owner)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert house.billing.ask(identity, answer.cookies[COOKIE]).email == owner


def test_the_address_may_be_typed_in_capitals_and_with_spaces(browser, owner):
    assert sign_in(browser, f" {owner.upper()} ").headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, owner):
    name, *flags = sign_in(browser, owner).headers["set-cookie"].lower().split("; ")
    assert name.startswith("__host-voldaan_session=")
    assert {"httponly", "secure", "samesite=lax", "path=/", "max-age=43200"} == set(flags)


def test_without_https_the_cookie_still_works(browser, house, owner):
    wiring.use(house.billing, Settings(public_url="http://localhost:3000"))
    header = sign_in(browser, owner).headers["set-cookie"].lower()
    assert header.startswith("voldaan_session=")
    assert "httponly" in header
    assert "secure" not in header


def test_a_wrong_password_and_an_unknown_address_sound_the_same(browser, owner):
    wrong, unknown = sign_in(browser, owner, "wrong"), sign_in(browser, "nobody@demo.test")
    assert (wrong.status_code, wrong.headers["location"]) == (303, "/login?fout=login_failed")
    assert wrong.headers == unknown.headers
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize(
    "fields", [{}, {"email": ""}, {"email": "\0@demo.test", "password": "\0"}, {"email": "é" * 99}]
)
def test_an_odd_form_is_a_failed_sign_in(browser, house, fields):
    assert browser.post("/auth/login", data=fields).headers["location"] == "/login?fout=login_failed"


def test_bytes_that_are_no_text_are_a_failed_sign_in(browser, house):
    assert (
        browser.post("/auth/login", content=b"email=\xff%ff&password=%c3%28").headers["location"]
        == "/login?fout=login_failed"
    )


def test_a_huge_or_endless_form_is_refused(browser, house):
    assert browser.post("/auth/login", content=b"email=" + b"x" * 20_000).status_code == 413
    assert browser.post("/auth/login", content=b"&".join([b"a=1"] * 500)).status_code == 400


def test_after_five_failures_the_form_says_how_long_to_wait(browser, house, owner):
    for _ in range(6):
        answer = sign_in(browser, owner, "wrong")
    assert answer.headers["location"].startswith("/login?fout=login_throttled&retry_after=")
    assert sign_in(browser, owner).headers["location"].startswith("/login?fout=login_throttled&retry_after=")
    house.clock.forward(minutes=16)
    assert sign_in(browser, owner).headers["location"] == "/"


def test_the_waiting_address_is_the_one_our_own_proxy_saw(browser, house, owner):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, trusted_proxy_hops=1))
    for number in range(6):
        sign_in(browser, owner, "wrong", **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
    throttled = sign_in(browser, owner, **{"X-Forwarded-For": "203.0.113.9"})
    elsewhere = sign_in(browser, owner, **{"X-Forwarded-For": "203.0.113.9, 192.0.2.1"})
    assert throttled.headers["location"].startswith("/login?fout=login_throttled")
    assert elsewhere.headers["location"] == "/"


def test_next_leads_on_to_a_page_of_ours_and_nowhere_else(browser, owner):
    assert (
        sign_in(browser, owner, target="/invoices/2026-0001?tab=2").headers["location"] == "/invoices/2026-0001?tab=2"
    )
    assert sign_in(browser, owner, target="//evil.test").headers["location"] == "/"


@pytest.mark.parametrize("target", ["/", "/invoices", "/invoices/2026-0001?tab=2", "/?a=b#c", "/files/invoices/a.pdf"])
def test_a_path_of_ours_is_kept(target):
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    ["", "//evil.test", "/\\evil.test", "\\\\evil.test", "https://evil.test", "javascript:alert(1)", "evil.test",
     "/\t/evil", "/\n/evil.test", " //evil.test", "/é", "/\x7f", "/" + "a" * 3000],
)  # fmt: skip
def test_whatever_a_browser_could_take_for_another_site_becomes_the_start_page(target):
    assert local_path(target) == "/"


def test_next_survives_a_typing_mistake(browser, owner):
    answer = sign_in(browser, owner, "wrong", target="/invoices?shown=open")
    assert answer.headers["location"] == "/login?fout=login_failed&next=%2Finvoices%3Fshown%3Dopen"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Origin": f"{PUBLIC_URL}.evil.test"}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout"])
def test_a_form_on_another_site_is_refused(browser, house, owner, path, headers):
    data = {"email": owner, "password": PASSWORD}
    answer = browser.post(path, data=data, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", [{"Origin": PUBLIC_URL}, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_form_is_taken(browser, owner, headers):
    assert sign_in(browser, owner, **headers).headers["location"] == "/"


def test_another_name_of_this_very_server_is_our_own_form_too(browser, owner):
    headers = {"Origin": "http://127.0.0.1:3000", "Host": "127.0.0.1:3000"}
    assert sign_in(browser, owner, **headers).headers["location"] == "/"


def test_signing_out_makes_every_copy_of_the_cookie_worthless(browser, house, owner):
    token = sign_in(browser, owner).cookies[COOKIE]
    answer = browser.post("/auth/logout", headers={"Cookie": f"{COOKIE}={token}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert house.billing.ask(identity, token) is None
    copied = browser.get("/files/invoices/2026-0001.pdf", headers={"Cookie": f"{COOKIE}={token}"})
    assert copied.headers["location"].startswith("/login")


def test_signing_out_twice_or_without_a_session_is_fine(browser, house):
    assert browser.post("/auth/logout").headers["location"] == "/login"
    assert browser.post("/auth/logout", headers={"Cookie": f"{COOKIE}=unknown"}).headers["location"] == "/login"


def test_when_the_database_is_away_the_form_names_the_problem(browser, house, tmp_path):
    away = Database(f"sqlite:///{tmp_path}/missing/folder/x.sqlite")
    wiring.use(replace(house.billing, database=away), wiring.settings())
    assert sign_in(browser, "owner@demo.test").headers["location"].startswith("/login?fout=problem&id=")
