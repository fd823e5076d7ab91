"""Finance logs somebody out everywhere, or everybody: at once, half log-ins too, and it is written down."""

from dataclasses import replace

import pytest

from billing.access import Actor
from billing.errors import CheckNeeded, NotAllowed, NotFound
from billing.logins import queries, sessions
from billing.logins.sessions import Visitor
from tests.commands import Type
from tests.factories import PASSWORD, Shop
from tests.staffing import finance


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Somebody of the finance department."""
    return finance(shop)


def start(shop: Shop, actor: Actor) -> str:
    return shop.do(sessions.start, actor.user_id or 0, Visitor())


def is_in(shop: Shop, token: str) -> bool:
    return shop.ask(queries.identity, token) is not None


def address(actor: Actor) -> str:
    return f"{actor.name}@test.example"


def ended(shop: Shop) -> list[tuple[str, str, str, object]]:
    """Chain, actor, person and number of what was written down."""
    return [
        (event.chain, event.actor, event.subject, event.facts["sessions"])
        for event in shop.audit()
        if event.action == "sessions.ended"
    ]


def test_all_sessions_of_one_person_end_half_ones_too_and_nobody_elses(
    shop: Shop, account: int, owner: Actor, fien: Actor
) -> None:
    first, second, other = start(shop, owner), start(shop, owner), start(shop, shop.member(account))
    half = shop.do(sessions.start_half, owner.user_id or 0, Visitor())
    assert shop.do(sessions.end_all_of, fien, f" {address(owner).upper()} ") == 3
    assert [is_in(shop, token) for token in (first, second, other)] == [False, False, True]
    with pytest.raises(NotFound):
        shop.ask(sessions.half, half)
    assert ended(shop) == [(f"user:{owner.user_id}", "Fien", owner.name, 3)]
    assert shop.broken() == []


def test_who_was_logged_out_may_log_in_again(shop: Shop, owner: Actor, fien: Actor) -> None:
    start(shop, owner)
    shop.do(sessions.end_all_of, fien, address(owner))
    assert is_in(shop, start(shop, owner))
    assert shop.do(sessions.end_all_of, fien, address(owner)) == 1


def test_everybody_is_logged_out_who_asks_for_it_included(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    away = shop.member(account)
    tokens = [start(shop, owner), start(shop, owner), start(shop, fien)]
    assert shop.do(sessions.end_everybodys, fien) == 3
    assert not any(is_in(shop, token) for token in tokens)
    told = {subject: count for _, _, subject, count in ended(shop)}
    assert told == {"Fien": 1, owner.name: 2}
    assert is_in(shop, start(shop, away))


def test_a_session_that_has_run_out_is_nobodys_story(shop: Shop, owner: Actor, fien: Actor) -> None:
    start(shop, owner)
    shop.clock.advance(minutes=13 * 60)
    assert shop.do(sessions.end_everybodys, shop.proven(fien)) == 0
    assert ended(shop) == []


def test_nobody_else_may_and_nobody_without_a_fresh_proof(shop: Shop, owner: Actor, fien: Actor) -> None:
    token = start(shop, owner)
    unproven, stranger = replace(fien, checked_at=None), shop.proven(owner)
    for actor, refusal in ((unproven, CheckNeeded), (stranger, NotAllowed)):
        with pytest.raises(refusal):
            shop.do(sessions.end_all_of, actor, address(owner))
        with pytest.raises(refusal):
            shop.do(sessions.end_everybodys, actor)
    assert is_in(shop, token)


def test_an_address_that_nobody_has_is_said(shop: Shop, fien: Actor) -> None:
    with pytest.raises(NotFound):
        shop.do(sessions.end_all_of, fien, "nobody@test.example")


@pytest.fixture
def at_work(stored: Shop, monkeypatch: pytest.MonkeyPatch) -> str:
    """A customer is logged in; the address. Somebody of finance types a password where one is asked for."""
    monkeypatch.setattr("typer.prompt", lambda *_, **__: PASSWORD)
    finance(stored)
    owner = stored.member(stored.customer())
    start(stored, owner)
    return address(owner)


def test_a_command_ends_the_sessions_of_a_person(voldaan: Type, stored: Shop, at_work: str) -> None:
    assert "Sessions ended: 1." in voldaan("users", "log-out", at_work, "--by", "fien@staff.example").err
    assert "Sessions ended: 0." in voldaan("users", "log-out", "--everybody", "--by", "fien@staff.example").err
    assert [count for _, _, _, count in ended(stored)] == [1]


@pytest.mark.parametrize("whom", [(), ("nobody@test.example",), ("nobody@test.example", "--everybody")])
def test_a_command_that_names_nobody_ends_nothing(
    voldaan: Type, stored: Shop, at_work: str, whom: tuple[str, ...]
) -> None:
    assert voldaan("users", "log-out", *whom, "--by", "fien@staff.example").code == 2
    assert ended(stored) == []
