from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.access import Actor, Permission
from billing.accounts.tables import Role
from billing.db import Work
from billing.errors import LoginFailed, LoginThrottled, NotFound
from billing.logins import queries, sessions, throttle
from billing.logins.flows import LogIn, log_in
from billing.logins.queries import Identity
from billing.logins.sessions import Visitor
from billing.logins.tables import LoginSession, LoginThrottle
from tests.factories import PASSWORD, Shop

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def enter(shop: Shop, actor: Actor, *, password: str = PASSWORD, address: str = HOME) -> str:
    return log_in(shop.billing, LogIn(f"{actor.name}@test.example", password, Visitor(address))).token


def who(shop: Shop, token: str) -> Identity | None:
    return shop.ask(queries.identity, token)


def fail(shop: Shop, actor: Actor, times: int, *, address: str = HOME) -> None:
    """Failures as log_in notes them, without the slow look at a password."""
    keys = throttle.keys("login", f"{actor.name}@test.example", address)
    for _ in range(times):
        shop.do(throttle.note_failure, keys)


def seconds_to_wait(shop: Shop, actor: Actor, *, address: str = HOME) -> int:
    with pytest.raises(LoginThrottled) as throttled:
        enter(shop, actor, address=address)
    return int(throttled.value.facts["retry_after"])


def test_a_log_in_leads_to_ones_account(shop: Shop, account: int, owner: Actor) -> None:
    found = who(shop, enter(shop, owner))
    assert found is not None
    assert (found.actor, found.account_id) == (replace(owner, checked_at=shop.clock.now()), account)
    assert found.permissions == frozenset(Permission)


def test_the_address_may_be_typed_in_capitals_and_with_spaces(shop: Shop, owner: Actor) -> None:
    assert log_in(shop.billing, LogIn(f" {owner.name.upper()}@TEST.example ", PASSWORD))


def test_an_unknown_address_and_a_wrong_password_sound_the_same(shop: Shop, owner: Actor) -> None:
    answers = []
    for actor, password in ((owner, "wrong"), (Actor("nobody"), PASSWORD), (owner, "")):
        with pytest.raises(LoginFailed) as failed:
            enter(shop, actor, password=password)
        answers.append(str(failed.value))
    assert answers == ["login_failed"] * 3


def test_a_refused_log_in_is_written_down_with_whose_it_would_have_been_and_from_where(
    shop: Shop, owner: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    for actor in (owner, Actor("nobody")):
        with pytest.raises(LoginFailed):
            enter(shop, actor, password="not this one")
    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("refused: ")]
    assert said == [
        f"refused: a proof of being user {owner.user_id}, from {HOME}",
        f"refused: a proof of being nobody we know, from {HOME}",
    ]


def test_only_the_digest_of_a_token_is_kept(shop: Shop, owner: Actor) -> None:
    token = enter(shop, owner)
    assert token not in str(shop.one(LoginSession))


def test_five_failures_are_free_and_then_the_wait_doubles(shop: Shop, owner: Actor) -> None:
    fail(shop, owner, 4)
    enter(shop, owner)
    fail(shop, owner, 5)
    waits = []
    for _ in range(4):
        waits.append(seconds_to_wait(shop, owner))
        fail(shop, owner, 1)
    assert [wait - 1 for wait in waits] == sorted(wait - 1 for wait in waits)
    assert waits[-1] >= 8 * (waits[0] - 1)


def test_no_wait_is_longer_than_a_quarter_of_an_hour(shop: Shop, owner: Actor) -> None:
    fail(shop, owner, 40)
    assert seconds_to_wait(shop, owner) <= 15 * 60 + 1
    shop.clock.advance(minutes=15, seconds=1)
    assert enter(shop, owner)


def test_old_failures_are_forgotten(shop: Shop, owner: Actor) -> None:
    fail(shop, owner, 12)
    shop.clock.advance(hours=1, seconds=1)
    fail(shop, owner, 4)
    assert enter(shop, owner)


def test_a_log_in_forgets_ones_own_failures(shop: Shop, owner: Actor) -> None:
    fail(shop, owner, 4)
    enter(shop, owner)
    assert [row.key for row in shop.all(LoginThrottle)] == [f"address:{HOME}"]


def test_a_stranger_from_another_address_locks_nobody_out(shop: Shop, owner: Actor) -> None:
    fail(shop, owner, 40, address=ELSEWHERE)
    assert enter(shop, owner, address=HOME)
    assert seconds_to_wait(shop, owner, address=ELSEWHERE) > 60


def test_who_tries_many_names_from_one_address_has_to_wait(shop: Shop, owner: Actor) -> None:
    for n in range(10):
        fail(shop, Actor(f"victim-{n}"), 1, address=ELSEWHERE)
    assert seconds_to_wait(shop, owner, address=ELSEWHERE) > 1


def test_failures_at_one_moment_are_all_counted(shop: Shop, owner: Actor) -> None:
    keys = throttle.keys("login", "person-1@test.example", HOME)

    def note(work: Work) -> None:
        throttle.note_failure(work, keys)

    shop.overlap(note, note)
    shop.overlap(note, note)
    assert {row.failures for row in shop.all(LoginThrottle)} == {4}


def test_two_log_ins_at_one_moment_both_succeed(shop: Shop, owner: Actor) -> None:
    def start(work: Work) -> str:
        return sessions.start(work, owner.user_id or 0, Visitor())

    assert who(shop, shop.overlap(start, start)) is not None
    assert shop.broken() == []


def test_an_idle_session_ends_after_two_hours(shop: Shop, owner: Actor) -> None:
    token = enter(shop, owner)
    shop.clock.advance(hours=2)
    assert who(shop, token) is not None
    shop.clock.advance(seconds=1)
    assert who(shop, token) is None


def test_a_session_in_use_ends_after_twelve_hours(shop: Shop, owner: Actor) -> None:
    token = enter(shop, owner)
    for _ in range(12):
        shop.clock.advance(hours=1)
        shop.do(sessions.keep_alive, token)
    assert who(shop, token) is not None
    shop.clock.advance(seconds=1)
    shop.do(sessions.keep_alive, token)
    assert who(shop, token) is None


def test_a_session_says_when_it_should_be_kept_alive(shop: Shop, owner: Actor) -> None:
    token = enter(shop, owner)
    shop.clock.advance(minutes=5, seconds=1)
    assert (who(shop, token) or pytest.fail("logged out")).idle
    shop.do(sessions.keep_alive, token)
    assert not (who(shop, token) or pytest.fail("logged out")).idle


def test_who_logs_out_is_out_everywhere_that_token_is(shop: Shop, owner: Actor) -> None:
    token, other = enter(shop, owner), enter(shop, owner)
    shop.do(sessions.end, token)
    shop.do(sessions.keep_alive, token)
    assert who(shop, token) is None
    assert who(shop, other) is not None


def test_logging_out_twice_or_with_a_made_up_token_is_fine(shop: Shop, owner: Actor) -> None:
    token = enter(shop, owner)
    for one in (token, token, "made up"):
        shop.do(sessions.end, one)
    assert who(shop, "made up") is None


def test_one_may_look_at_another_of_ones_accounts(shop: Shop, account: int, owner: Actor) -> None:
    club = shop.customer("Fietsclub Test")
    shop.also_member(owner, club, Role.READ_ONLY)
    token = enter(shop, owner)
    shop.do(sessions.choose_account, owner, token, club)
    found = who(shop, token)
    assert found is not None
    assert (found.account_id, found.accounts) == (club, ((account, "Bakkerij Test"), (club, "Fietsclub Test")))
    assert Permission.INVOICES_PAY not in found.permissions


def test_a_foreign_account_can_not_be_chosen(shop: Shop, account: int, owner: Actor) -> None:
    token = enter(shop, owner)
    ended = shop.customer()
    shop.also_member(owner, ended, ends_on=date(2026, 3, 5))
    for foreign in (shop.customer(), ended, 4711):
        with pytest.raises(NotFound):
            shop.do(sessions.choose_account, owner, token, foreign)
    assert (who(shop, token) or pytest.fail("logged out")).account_id == account


def test_somebody_elses_session_can_not_be_moved(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.member(account)
    club = shop.customer()
    shop.also_member(other, club)
    token = enter(shop, owner)
    shop.do(sessions.choose_account, other, token, club)
    assert (who(shop, token) or pytest.fail("logged out")).account_id == account


def test_whose_membership_ends_keeps_the_log_in_and_loses_the_account(shop: Shop, account: int) -> None:
    treasurer = shop.member(account, ends_on=date(2026, 3, 6))
    shop.clock.advance(days=1)
    found = who(shop, enter(shop, treasurer))
    assert found is not None
    assert (found.account_id, found.accounts, found.permissions) == (0, (), frozenset())


def test_a_log_in_is_in_the_audit_log(shop: Shop, owner: Actor) -> None:
    enter(shop, owner)
    told = shop.audit()[-1]
    assert (told.action, told.chain, told.user_id) == ("user.logged_in", f"user:{owner.user_id}", owner.user_id)
    assert shop.clock.now() - told.at < timedelta(seconds=1)
