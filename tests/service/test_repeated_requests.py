"""A request that changes something does it once, however often and however clumsily it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from billing.access import Actor, Scope
from billing.accounts.service import OpenAccount
from billing.accounts.tables import Account
from billing.api import calls, customers, keys
from billing.api.calls import Asked
from billing.api.customers import NewCustomer
from billing.api.refusals import KeyRefused, RepeatKeyReused
from billing.api.tables import ApiAnswer, ApiKey
from billing.db import Work
from billing.errors import Conflict
from tests import machines

FIRST = Asked("order-1", "a customer called Bakker")


@pytest.fixture
def token(shop):
    """A key that opens everything."""
    return machines.key(shop.billing)


def add(shop, token: str, asked: Asked = FIRST, name: str = "Bakker") -> str:
    new = NewCustomer(OpenAccount(name=name))
    return calls.write(shop.billing, token, asked, customers.create, new, shown=lambda view: f"customer {view.id}")


def names(shop) -> list[str]:
    return [account.name for account in shop.all(Account)]


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(shop, token):
    assert add(shop, token) == add(shop, token)
    assert names(shop) == ["Bakker"]


def test_another_request_under_the_same_key_is_refused(shop, token):
    add(shop, token)
    with pytest.raises(RepeatKeyReused):
        add(shop, token, Asked("order-1", "a customer called Slager"), "Slager")
    assert names(shop) == ["Bakker"]


def test_two_machines_may_choose_the_same_key(shop, token):
    other = machines.key(shop.billing)
    assert add(shop, token) != add(shop, other)
    assert len(names(shop)) == 2


def test_a_request_that_died_half_way_has_done_nothing_and_can_be_sent_again(shop, token):
    def dies(work: Work, actor: Actor, new: NewCustomer) -> customers.CustomerView:
        customers.create(work, actor, new)
        raise Conflict()

    with pytest.raises(Conflict):
        calls.write(shop.billing, token, FIRST, dies, NewCustomer(OpenAccount(name="Bakker")), shown=str)
    assert names(shop) == []
    assert shop.all(ApiAnswer) == []
    assert add(shop, token) == f"customer {shop.one(Account).id}"


def test_of_two_at_once_one_does_it_and_both_get_its_answer(shop, token):
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: add(shop, token), range(8)))
    assert len(answers) == 1
    assert names(shop) == ["Bakker"]


def test_the_second_of_two_waits_for_the_first_to_end(shop, token):
    def use(work: Work) -> str:
        new = (NewCustomer(OpenAccount(name="Bakker")),)
        return calls._write(work, token, FIRST, shop.billing.vault, customers.create, new, lambda view: str(view.id))

    answer = shop.overlap(use, use)
    assert answer == str(shop.one(Account).id)


def test_an_answer_is_kept_encrypted(shop, token):
    answer = add(shop, token)
    [kept] = shop.all(ApiAnswer)
    assert answer not in kept.content
    assert shop.billing.vault.decrypt(kept.content) == answer


def test_answers_are_kept_for_days_and_then_forgotten(shop, token):
    first = add(shop, token)
    shop.clock.advance(hours=25)
    assert calls.forget(shop.billing) == 0
    assert add(shop, token) == first
    shop.clock.advance(hours=72)
    assert calls.forget(shop.billing) == 1
    assert add(shop, token) != first


def test_a_withdrawn_key_gets_no_old_answer_either(shop, token):
    add(shop, token)
    key_id = machines.actor_of(shop.billing, token).key.key_id
    shop.do(keys.withdraw, machines.staff(shop.billing), key_id)
    with pytest.raises(KeyRefused):
        add(shop, token)


def test_use_is_written_down_now_and_then(shop, token):
    ask = (shop.billing, token, customers.listed, customers.Place())
    calls.read(*ask)
    first = shop.one(ApiKey).used_at
    shop.clock.advance(seconds=60)
    calls.read(*ask)
    assert shop.one(ApiKey).used_at == first == shop.clock.now() - timedelta(seconds=60)
    shop.clock.advance(seconds=600)
    add(shop, token)
    assert shop.one(ApiKey).used_at == shop.clock.now()


def test_what_was_refused_is_judged_anew(shop):
    reader = machines.key(shop.billing, Scope.CUSTOMERS_READ)
    for _ in range(2):
        with pytest.raises(Exception, match="not_allowed"):
            add(shop, reader)
    assert shop.all(ApiAnswer) == []
