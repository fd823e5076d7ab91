"""The archive of an account: for its owner, with a fresh proof, and for nobody else."""

import zipfile
from io import BytesIO

import pytest

from billing.accounts.tables import Role
from billing.logins.flows import LogIn, log_in
from tests.fakes.house import PASSWORD
from tests.web.test_web_files import printed

OWNER, OTHER = "owner@demo.test", "administrator@demo.test"


@pytest.fixture
def bakery(house):
    """A customer with an owner and an administrator."""
    account_id = house.customer("Bakkerij")
    house.person(OWNER, account_id)
    house.person(OTHER, account_id, role=Role.ADMINISTRATOR)
    return account_id


def asked(browser, house, email=OWNER):
    token = log_in(house.billing, LogIn(email, PASSWORD)).token
    return browser.get("/files/account.zip", headers={"Cookie": f"__Host-voldaan_session={token}"})


def test_the_owner_gets_data_and_documents(browser, house, bakery):
    number = printed(house, bakery)
    answer = asked(browser, house)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert zipfile.ZipFile(BytesIO(answer.content)).namelist() == [
        "data.json", f"documents/{number}.pdf", f"documents/{number}.xml", "sha256.txt"
    ]  # fmt: skip


def test_an_old_proof_leads_back_to_the_page_that_asks_for_one(browser, house, bakery):
    token = log_in(house.billing, LogIn(OWNER, PASSWORD)).token
    house.billing.clock.forward(minutes=11)
    answer = browser.get("/files/account.zip", headers={"Cookie": f"__Host-voldaan_session={token}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/data")


def test_an_administrator_gets_nothing(browser, house, bakery):
    assert asked(browser, house, OTHER).status_code == 404


def test_without_a_session_the_door_is_shown(browser, bakery):
    assert browser.get("/files/account.zip").headers["location"].startswith("/login")
