"""What every form at the door refuses, and what the addresses of mailed links may not give away."""

import pytest

from billing.config import Settings
from dashboard import wiring
from tests.fakes.house import PUBLIC_URL

FORMS = (
    "/auth/login", "/auth/code", "/auth/passkey", "/auth/forgot", "/auth/reset", "/auth/invite", "/auth/confirm",
    "/auth/proof", "/auth/passkey/question", "/auth/passkey/register/question", "/auth/passkey/register",
)  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_is_refused(browser, path, headers):
    answer = browser.post(path, data={"for": "login"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", FORMS)
def test_a_huge_form_is_refused(browser, path):
    assert browser.post(path, content=b"token=" + b"x" * 20_000).status_code == 413
    assert browser.post(path, content=b"&".join([b"a=1"] * 500)).status_code == 400


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_only_ever_sent(browser, path):
    assert browser.get(path).status_code == 405


@pytest.mark.parametrize("address", ["/invite/x", "/reset/x.y", "/confirm/x?fout=link_used", "/pay/x.y", "/reminder/x"])
def test_an_address_that_is_a_key_stays_here(browser, address):
    headers = browser.get(address).headers
    assert headers.get_list("referrer-policy") == ["strict-origin"]
    assert headers.get_list("cache-control") == ["no-store"]
    assert headers["x-robots-tag"] == "noindex"


def test_other_addresses_are_as_ever(browser):
    headers = browser.get("/login").headers
    assert headers["referrer-policy"] == "same-origin"
    assert "x-robots-tag" not in headers


def test_pages_may_use_passkeys_of_this_site_alone(browser):
    allowed = browser.get("/nothing").headers["permissions-policy"]
    assert "publickey-credentials-get=(self)" in allowed
    assert "publickey-credentials-create=(self)" in allowed


def test_passkeys_belong_to_the_host_of_the_public_address(browser, house):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL))
    asked = browser.post("/auth/passkey/question", data={"for": "login"}, headers={"Host": "evil.test"})
    assert asked.json()["rpId"] == "app.example.test"
