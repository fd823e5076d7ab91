"""The four lights when a press may not be done: by whom, of what, and of what was on the page."""

import pytest

from billing.access import SYSTEM, Actor
from billing.errors import NotAllowed, NotFound, PreviewStale
from billing.lights import flows
from tests.factories import Shop
from tests.lighting import Lit

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def lit(shop: Shop) -> Lit:
    return Lit(shop)


@pytest.fixture
def paid(shop: Shop, lit: Lit, account: int, owner: Actor) -> str:
    """An invoice that was paid through the gateway."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    lit.keep_books()
    return number


def test_a_press_never_pays_an_invoice_that_was_not_on_the_page(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    shown = shop.invoice(account)
    lit.pays(12_100, "zonder kenmerk")
    [red] = lit.red()
    shop.pay(owner, shown)
    of_another = shop.invoice(shop.customer("Slagerij Test"))
    with pytest.raises(PreviewStale):
        lit.repair(first, red)
    [anew] = [one for one in lit.red() if one.key == red.key]
    assert (red.numbers, anew.numbers) == ((shown,), (of_another,))
    assert shop.open_cents(of_another) == [12_100]


def test_only_finance_may_look_and_repair(shop: Shop, lit: Lit, paid: str, owner: Actor) -> None:
    for actor in (owner, SYSTEM):
        with pytest.raises(NotAllowed):
            lit.overview(actor)
        with pytest.raises(NotAllowed):
            flows.look_now(shop.billing, actor, lit.span)
        with pytest.raises(NotAllowed):
            flows.repair(shop.billing, actor, lit.receipts()[0].key, "ask", ())


@pytest.mark.parametrize("key", ["", "bank:", "bank:1e3", "bank:999999", "gateway:", "gateway:nobody", "x:1"])
def test_a_key_of_nothing_is_not_found(shop: Shop, lit: Lit, first: Actor, key: str) -> None:
    with pytest.raises(NotFound):
        flows.repair(shop.billing, first, key, "ask", ())


def test_another_repair_than_the_one_that_was_offered_is_not_done(
    shop: Shop, lit: Lit, paid: str, first: Actor
) -> None:
    assert not flows.repair(shop.billing, first, lit.receipts()[0].key, "undouble", (paid,))
