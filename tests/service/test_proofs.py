"""Codes of an app, backup codes, and proving again who one is."""

from datetime import timedelta

import pytest

from billing.access import Actor
from billing.db import Work
from billing.errors import CheckNeeded, CodeRefused, Conflict, LoginFailed, LoginThrottled, NotFound
from billing.logins import authenticator, flows, queries, sessions
from billing.logins.flows import LoggedIn, LogIn
from billing.logins.tables import Authenticator, BackupCode, LoginThrottle
from billing.ports import AccountMailKind
from tests.factories import PASSWORD, Shop
from tests.fakes.authenticator import HOME, App, switched_on


def enter(shop: Shop, actor: Actor) -> LoggedIn:
    return flows.log_in(shop.billing, LogIn(f"{actor.name}@test.example", PASSWORD, HOME))


def give(shop: Shop, half: LoggedIn, code: str) -> str:
    return flows.give_code(shop.billing, half.token, code, HOME)


def told(shop: Shop) -> list[AccountMailKind]:
    shop.carry_out()
    return [mail.kind for mail in shop.writer.asked_accounts]


def test_an_app_that_never_showed_a_right_code_is_not_asked_for(shop: Shop, owner: Actor) -> None:
    app = App(shop, owner)
    with pytest.raises(CodeRefused):
        flows.confirm_app(shop.billing, shop.proven(owner), "000000" if app.code() != "000000" else "111111", HOME)
    assert not enter(shop, owner).is_half


def test_with_an_app_the_password_alone_is_not_enough(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    half = enter(shop, owner)
    assert half.is_half
    assert shop.ask(queries.identity, half.token) is None
    token = give(shop, half, app.code())
    assert shop.ask(queries.identity, token) is not None
    assert shop.ask(queries.identity, half.token) is None


def test_a_code_with_a_space_in_it_is_the_same_code(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    code = app.code()
    assert give(shop, enter(shop, owner), f"{code[:3]} {code[3:]}")


def test_a_code_works_once(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    code = app.code()
    give(shop, enter(shop, owner), code)
    with pytest.raises(CodeRefused):
        give(shop, enter(shop, owner), code)


def test_the_code_that_switched_the_app_on_counts_as_used(shop: Shop, owner: Actor) -> None:
    app = App(shop, owner)
    code = app.code()
    flows.confirm_app(shop.billing, shop.proven(owner), code, HOME)
    with pytest.raises(CodeRefused):
        give(shop, enter(shop, owner), code)


@pytest.mark.parametrize("seconds", [-30, 30])
def test_a_code_of_another_moment_is_refused(shop: Shop, owner: Actor, seconds: int) -> None:
    app, _ = switched_on(shop, owner)
    half = enter(shop, owner)
    shop.clock.advance(seconds=seconds)
    code = app.code()
    shop.clock.advance(seconds=-seconds)
    with pytest.raises(CodeRefused):
        give(shop, half, code)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\0", "x" * 5000])
def test_what_is_no_code_is_refused(shop: Shop, owner: Actor, code: str) -> None:
    switched_on(shop, owner)
    with pytest.raises(CodeRefused):
        give(shop, enter(shop, owner), code)


def test_a_backup_code_works_once_and_is_told(shop: Shop, owner: Actor) -> None:
    _, codes = switched_on(shop, owner)
    assert len(codes) == len(set(codes)) == 10
    assert give(shop, enter(shop, owner), codes[0].upper())
    with pytest.raises(CodeRefused):
        give(shop, enter(shop, owner), codes[0])
    assert AccountMailKind.BACKUP_CODE_USED in told(shop)
    assert shop.ask(queries.security, owner, "").codes_left == 9


def test_two_uses_of_a_backup_code_at_one_moment_are_one(shop: Shop, owner: Actor) -> None:
    _, codes = switched_on(shop, owner)

    def use(work: Work) -> None:
        authenticator.prove(work, owner.user_id or 0, shop.billing.vault, codes[0])

    with pytest.raises(CodeRefused):
        shop.overlap(use, use)


def test_a_backup_code_has_more_than_anybody_can_try(shop: Shop, owner: Actor) -> None:
    _, codes = switched_on(shop, owner)
    alphabet = authenticator._LETTERS
    assert len(set(codes)) == 10
    for code in codes:
        letters = code.replace("-", "")
        assert set(letters) <= set(alphabet)
        assert len(alphabet) ** len(letters) > 2**112


def test_a_code_of_the_shorter_make_on_somebodys_paper_still_works(shop: Shop, owner: Actor) -> None:
    switched_on(shop, owner)
    kept = sessions.digest("abcdefghjk")
    shop.do(lambda work: work.session.add(BackupCode(user_id=owner.user_id or 0, code_sha256=kept)))
    assert give(shop, enter(shop, owner), "ABCDE-fghjk")


def test_new_backup_codes_replace_the_old_ones(shop: Shop, owner: Actor) -> None:
    _, old = switched_on(shop, owner)
    new = shop.do(authenticator.renew_codes, shop.proven(owner))
    with pytest.raises(CodeRefused):
        give(shop, enter(shop, owner), old[0])
    assert give(shop, enter(shop, owner), new[0])


def test_neither_secret_nor_codes_are_kept_readable(shop: Shop, owner: Actor) -> None:
    _, codes = switched_on(shop, owner)
    row = shop.one(Authenticator)
    assert shop.billing.vault.decrypt(row.secret) not in row.secret
    assert not {row.code_sha256 for row in shop.all(BackupCode)} & {code.replace("-", "") for code in codes}
    assert row.secret not in repr(row)


def test_switching_off_makes_the_password_enough_again(shop: Shop, owner: Actor) -> None:
    switched_on(shop, owner)
    shop.do(authenticator.switch_off, shop.proven(owner))
    assert not enter(shop, owner).is_half
    assert told(shop) == [AccountMailKind.SECOND_FACTOR_ON, AccountMailKind.SECOND_FACTOR_OFF]


def test_an_app_in_use_is_not_replaced_by_beginning_again(shop: Shop, owner: Actor) -> None:
    switched_on(shop, owner)
    with pytest.raises(Conflict):
        App(shop, owner)


def test_everything_about_the_app_needs_a_fresh_proof(shop: Shop, owner: Actor) -> None:
    vault = shop.billing.vault
    for act in (
        lambda: shop.do(authenticator.begin, owner, vault, "x"),
        lambda: shop.do(authenticator.switch_off, owner),
        lambda: shop.do(authenticator.renew_codes, owner),
        lambda: flows.confirm_app(shop.billing, owner, "123456", HOME),
    ):
        with pytest.raises(CheckNeeded):
            act()


def test_half_a_log_in_is_over_after_ten_minutes(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    half = enter(shop, owner)
    shop.clock.advance(minutes=10, seconds=1)
    with pytest.raises(NotFound):
        give(shop, half, app.code())


def test_a_whole_session_is_not_half_a_log_in(shop: Shop, owner: Actor) -> None:
    token = shop.do(sessions.start, owner.user_id or 0, HOME)
    with pytest.raises(NotFound):
        flows.give_code(shop.billing, token, "123456", HOME)


def test_who_guesses_codes_has_to_wait(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    half = enter(shop, owner)
    for _ in range(5):
        with pytest.raises(CodeRefused):
            give(shop, half, "x")
    with pytest.raises(LoginThrottled):
        give(shop, half, app.code())


def test_ones_own_typing_mistakes_are_forgotten_once_a_code_is_right(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    half = enter(shop, owner)
    for _ in range(4):
        with pytest.raises(CodeRefused):
            give(shop, half, "x")
    give(shop, half, app.code())
    assert [row.key for row in shop.all(LoginThrottle)] == [f"address:{HOME.address}"]


def prove(shop: Shop, actor: Actor, token: str, password: str) -> None:
    flows.prove_with_password(shop.billing, actor, token, password, HOME)


def checked(shop: Shop, token: str) -> timedelta:
    """How long ago this session was last proven."""
    found = shop.ask(queries.identity, token)
    assert found is not None
    assert found.checked_at is not None
    return shop.clock.now() - found.checked_at


def test_the_password_proves_again_who_one_is_in_this_session_alone(shop: Shop, owner: Actor) -> None:
    here, elsewhere = (shop.do(sessions.start, owner.user_id or 0, HOME) for _ in range(2))
    shop.clock.advance(minutes=30)
    prove(shop, owner, here, PASSWORD)
    assert checked(shop, here) == timedelta(0)
    assert checked(shop, elsewhere) == timedelta(minutes=30)


def test_a_wrong_password_proves_nothing_and_counts(shop: Shop, owner: Actor) -> None:
    token = shop.do(sessions.start, owner.user_id or 0, HOME)
    shop.clock.advance(minutes=30)
    for _ in range(5):
        with pytest.raises(LoginFailed):
            prove(shop, owner, token, "wrong")
    with pytest.raises(LoginThrottled):
        prove(shop, owner, token, PASSWORD)
    assert checked(shop, token) == timedelta(minutes=30)


def test_a_code_proves_again_who_one_is(shop: Shop, owner: Actor) -> None:
    app, _ = switched_on(shop, owner)
    token = shop.do(sessions.start, owner.user_id or 0, HOME)
    shop.clock.advance(minutes=30)
    flows.prove_with_code(shop.billing, owner, token, app.code(), HOME)
    assert checked(shop, token) == timedelta(0)
