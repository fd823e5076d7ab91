"""The page on which an owner takes the data along, or has them erased."""

import pytest

from billing.accounts.tables import Account, Role
from billing.clock import local_day
from billing.ports import Method
from billing.privacy.rules import final_on
from dashboard.pages.account_data import DataState
from dashboard.rows.account import TEXTS
from dashboard.rows.common import day
from dashboard.session import DENIED, SessionState
from tests.states.conftest import proof_gets_old, proves, signed_in

WORDS = TEXTS.data
ADDRESS = "/account/data"


def test_everything_is_downloaded(owners_tab):
    owners_tab.open(DataState, ADDRESS)
    page = owners_tab.do(DataState, "take")
    assert (page.news.sentence, page.proof.is_open) == (WORDS.taken, False)


def test_an_old_proof_is_asked_for_again_and_then_it_goes_on(shop, token, owners_tab):
    owners_tab.open(DataState, ADDRESS)
    proof_gets_old(shop)
    assert owners_tab.do(DataState, "take").proof.is_open
    proves(shop, token)
    assert owners_tab.do(DataState, "proven").news.sentence == WORDS.taken


def test_no_proof_is_no_download(shop, owners_tab):
    owners_tab.open(DataState, ADDRESS)
    proof_gets_old(shop)
    owners_tab.do(DataState, "take")
    page = owners_tab.do(DataState, "unproven")
    assert (page.proof.is_open, page.news.sentence) == (False, "")


def test_the_account_is_erased_under_its_name_and_the_person_is_out(shop, owners_tab):
    owners_tab.open(DataState, ADDRESS)
    owners_tab.do(DataState, "erase", {"name": "Bakkerij Test"})
    assert shop.one(Account).erased_at is not None
    assert owners_tab.went_to.startswith("/login")


@pytest.mark.parametrize(
    ("name", "said"), [("Bakkerij", WORDS.refused["confirmation"]), (1, TEXTS.problems["unreadable"])]
)
def test_another_name_erases_nothing(shop, owners_tab, name, said):
    owners_tab.open(DataState, ADDRESS)
    page = owners_tab.do(DataState, "erase", {"name": name})
    assert (page.trouble.sentence, shop.one(Account).erased_at) == (said, None)


def test_what_is_not_over_is_said(shop, account, owners_tab):
    shop.invoice(account)
    owners_tab.open(DataState, ADDRESS)
    page = owners_tab.do(DataState, "erase", {"name": "Bakkerij Test"})
    assert page.trouble.sentence == WORDS.refused["open_money"]


def test_from_when_it_can_be_is_said_while_money_can_be_taken_back(shop, account, owner, owners_tab):
    shop.pay(owner, shop.invoice(account), method=Method.CARD)
    owners_tab.open(DataState, ADDRESS)
    page = owners_tab.do(DataState, "erase", {"name": "Bakkerij Test"})
    final = final_on(local_day(shop.clock.now()))
    assert page.trouble.sentence == WORDS.refused["can_return"].format(earliest=day(final))


def test_it_is_not_there_for_an_administrator(shop, account):
    tab = signed_in(shop, shop.member(account, Role.ADMINISTRATOR))
    tab.open(DataState, ADDRESS)
    assert tab.page(SessionState).verdict == DENIED
