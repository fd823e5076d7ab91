"""Limits on how often: counted in the database, by all processes together, window by window."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from billing import rates
from billing.accounts import invitations
from billing.errors import LoginThrottled
from billing.logins import flows, mailed, recovery, sessions, throttle
from billing.logins.links import MAILS
from billing.logins.sessions import Visitor
from billing.logins.tables import LoginThrottle, MailedLink
from billing.rates import Limit, RateCount
from tests.factories import Shop
from tests.fakes.inviting import invite

TWICE = Limit("look", times=2, seconds=60)


def looks(shop: Shop, who: str = "ada", limit: Limit = TWICE) -> bool:
    return not shop.do(rates.take, [(limit, who)])


def test_so_many_pass_in_a_window_and_the_next_one_begins_afresh(shop):
    assert [looks(shop) for _ in range(4)] == [True, True, False, False]
    shop.clock.advance(seconds=60)
    assert [looks(shop) for _ in range(3)] == [True, True, False]


def test_each_who_and_each_limit_counts_alone(shop):
    assert [looks(shop) for _ in range(2)] == [True, True]
    assert looks(shop, "bob")
    assert looks(shop, limit=Limit("listen", times=1))
    assert not looks(shop)


def test_who_has_to_wait_is_told_until_the_next_window(shop):
    for _ in range(2):
        looks(shop)
    seconds = shop.do(rates.take, [(TWICE, "ada")])
    assert 0 < seconds <= 61
    shop.clock.advance(seconds=seconds)
    assert looks(shop)


def test_of_several_limits_the_longest_wait_counts(shop):
    asked = [(TWICE, "ada"), (Limit("day", times=1, seconds=86_400), "ada")]
    assert shop.do(rates.take, asked) == 0
    assert shop.do(rates.take, asked) > 60


def test_to_ask_whether_it_is_over_counts_nothing(shop):
    for _ in range(5):
        assert shop.ask(rates.over, [(TWICE, "ada")]) == 0
    assert [looks(shop) for _ in range(3)] == [True, True, False]
    assert shop.ask(rates.over, [(TWICE, "ada")]) > 0


def test_two_processes_count_together(shop):
    limit = Limit("race", times=20)
    with ThreadPoolExecutor(4) as pool:
        passed = list(pool.map(lambda _: looks(shop, limit=limit), range(40)))
    assert sum(passed) == 20


def test_of_a_large_limit_a_process_counts_some_ahead_and_all_of_them_never_more(shop):
    limit = Limit("api", times=600)
    taken = [shop.do(rates.take_ahead, [(limit, "ada")])[0] for _ in range(62)]
    assert (taken[0], sum(taken), taken[-2:]) == (10, 600, [0, 0])


def test_what_is_left_of_a_limit_can_be_less_than_is_counted_ahead(shop):
    limit = Limit("api", times=125)
    assert limit.ahead == 2
    assert sum(shop.do(rates.take_ahead, [(limit, "ada")])[0] for _ in range(70)) == 125


def test_failed_tries_of_long_ago_are_forgotten(shop, owner):
    shop.do(throttle.note_failure, throttle.keys("login", "ada", "192.0.2.7"))
    shop.clock.advance(minutes=30)
    shop.do(throttle.note_failure, throttle.keys("login", "bob", "192.0.2.8"))
    shop.clock.advance(minutes=31)
    flows.forget_tries(shop.billing)
    assert {row.key for row in shop.all(LoginThrottle)} == set(throttle.keys("login", "bob", "192.0.2.8"))


def test_what_is_counted_names_nobody(shop):
    looks(shop, "192.0.2.7 token")
    assert len(shop.one(RateCount).key) == 64


def test_counts_of_long_ago_are_forgotten(shop):
    looks(shop)
    shop.clock.advance(days=2)
    looks(shop, "bob")
    rates.forget_old(shop.billing)
    assert len(shop.all(RateCount)) == 1


# Mails in our name


def test_an_account_has_only_so_many_strangers_mailed_an_hour(shop, owner, account):
    for number in range(invitations.MAILS.times):
        invite(shop, owner, account, email=f"guest-{number}@test.example")
    with pytest.raises(LoginThrottled):
        invite(shop, owner, account, email="one-more@test.example")
    shop.clock.advance(hours=1)
    invite(shop, shop.proven(owner), account, email="one-more@test.example")


def test_nobodys_mailbox_is_filled_with_links_for_a_new_password(shop, owner):
    email = f"{owner.name}@test.example"
    for number in range(MAILS.times + 3):
        mailed.ask_reset(shop.billing, email, Visitor(f"192.0.2.{number}"))
    assert len(shop.all(MailedLink)) == MAILS.times


def test_who_has_the_password_alone_asks_for_so_many_mails_about_the_second_factor(shop, owner):
    half = shop.do(sessions.start_half, owner.user_id, Visitor())
    for _ in range(MAILS.times):
        shop.do(recovery.ask, half)
    with pytest.raises(LoginThrottled):
        shop.do(recovery.ask, half)
    assert len(shop.all(MailedLink)) == MAILS.times
