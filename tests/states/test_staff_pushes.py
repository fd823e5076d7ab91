"""The push recorder, as the socket of a browser tab drives it."""

import pytest

from billing.errors import PushRefused
from billing.inbox import InboxMessage
from billing.ports import Outcome
from dashboard.pages.staff_pushes_state import StaffPushesState
from dashboard.session import DENIED, SessionState
from tests.fakes import collecting
from tests.fakes.pushes import push, receive
from tests.staffing import finance
from tests.states.conftest import STRANGE, Tab, signed_in

ADDRESS = "/staff/pushes"


@pytest.fixture
def desk(shop) -> Tab:
    return signed_in(shop, finance(shop))


def test_every_message_is_there_with_its_verdict_and_the_newest_first(shop, desk, account, owner):
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    shop.push("F" * 32)
    rows = desk.open(StaffPushesState, ADDRESS).list.rows
    assert [row.verdict.label for row in rows] == ["wacht", "verwerkt"]
    assert (rows[1].about, rows[1].key) == (number, key[:8])


def test_the_list_is_searched_by_invoice_and_by_key_and_from_an_address(shop, desk, account, owner):
    first, second = shop.invoice(account), shop.invoice(account)
    keys = [shop.pay(owner, number) for number in (first, second)]
    desk.open(StaffPushesState, f"{ADDRESS}?zoek={second}")
    page = desk.page(StaffPushesState)
    assert [row.about for row in desk.do(StaffPushesState, "search", second).list.rows] == [second]
    assert [row.about for row in desk.do(StaffPushesState, "search", keys[0].lower()).list.rows] == [first]
    assert desk.do(StaffPushesState, "search", "2026-9999\0").list.count == "0 berichten"
    assert page.list.rows == ()
    assert len(desk.do(StaffPushesState, "search", "").list.rows) == 2
    assert [row.about for row in desk.do(StaffPushesState, "narrow", "waiting").list.rows] == []


def test_a_message_is_looked_at_and_replayed_and_nothing_changes_that_was_right(shop, desk, account, owner):
    shop.pay(owner, shop.invoice(account))
    message = shop.one(InboxMessage)
    totals, page = shop.totals(), desk.open(StaffPushesState, ADDRESS)
    assert desk.do(StaffPushesState, "open", str(message.id)).opened.id == str(message.id)
    page = desk.do(StaffPushesState, "replay")
    assert (page.news, page.sorry, page.busy) == ("Opnieuw afgespeeld. Wat al klopte, is zo gebleven.", "", False)
    assert shop.totals() == totals
    assert desk.do(StaffPushesState, "close").opened.id == ""


def test_a_parked_message_says_why_and_is_right_after_a_replay(shop, desk, account, owner):
    number = shop.invoice(account)
    key = shop.start_key(owner, number)
    shop.succeed(key, is_test=False)
    desk.open(StaffPushesState, ADDRESS)
    opened = desk.do(StaffPushesState, "open", "1").opened
    assert (opened.verdict.label, "test en echt" in opened.why) == ("geparkeerd", True)
    shop.gateway.change(key, Outcome.SUCCEEDED, is_test=True)
    assert desk.do(StaffPushesState, "replay").opened.verdict.label == "verwerkt"
    assert shop.open_cents(number) == [0]


def test_money_that_went_back_is_called_so_and_has_a_minus(shop, desk, account, owner):
    key = shop.pay(owner, shop.invoice(account))
    collecting.storno(shop, key)
    back, paid = desk.open(StaffPushesState, ADDRESS).list.rows
    assert (paid.told, plain(paid.amount)) == ("geen status", "€ 121,00")
    assert (back.told, plain(back.amount)) == ("terugboeking, geen status", "\N{MINUS SIGN}€ 121,00")


def plain(shown):
    return f"{shown.sign}{shown.figures}".replace("\u00a0", " ")


def test_a_gateway_that_is_silent_changes_nothing(shop, desk, account, owner):
    shop.pay(owner, shop.invoice(account))
    desk.open(StaffPushesState, ADDRESS)
    desk.do(StaffPushesState, "open", "1")
    shop.gateway.down = True
    assert desk.do(StaffPushesState, "replay").sorry.startswith("Er komt nu geen antwoord")


def test_a_forgery_is_counted_and_nothing_of_it_is_kept(shop, desk):
    for _ in range(3):
        with pytest.raises(PushRefused):
            receive(shop.billing, push("A", authorization="forged"))
        shop.clock.advance(seconds=11)
    page = desk.open(StaffPushesState, ADDRESS)
    assert [row.count for row in page.list.refused] == ["minstens 3 keer"]
    assert page.list.rows == ()


@pytest.mark.parametrize("strange", STRANGE)
def test_what_no_page_sends_opens_and_replays_nothing(shop, desk, strange):
    desk.open(StaffPushesState, ADDRESS)
    for event in ("open", "search", "narrow", "turn"):
        assert desk.do(StaffPushesState, event, strange).opened.id == ""
    assert desk.do(StaffPushesState, "replay").news == ""


def test_a_customer_is_refused(tab):
    tab.open(StaffPushesState, ADDRESS)
    assert tab.page(SessionState).verdict == DENIED
    assert tab.do(StaffPushesState, "search", "2026").list.rows == ()
