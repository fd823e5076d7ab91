"""From the journal to the bookkeeping of the sandbox over real HTTP, with all that can go wrong on the way."""

from collections.abc import Iterator

import httpx
import pytest

from billing import config
from billing.access import Actor
from billing.accounts.tables import Role
from billing.adapters.books import Moneybird
from billing.adapters.books.settings import parse_ids
from billing.bookkeeping import flows, queue
from billing.bookkeeping.tables import BookEntry, BookLink
from billing.db import Database
from billing.sandbox import RunningSandbox
from tests.adapters.test_books_contract import moneybird
from tests.factories import Shop


@pytest.fixture
def shop(database: Database, sandbox: RunningSandbox) -> Iterator[Shop]:
    """A company whose bookkeeping is that of the sandbox; what it asks is answered within a second or not at all."""
    shop = Shop(database)
    books: Moneybird = moneybird(sandbox)
    books._client._http.timeout = httpx.Timeout(1.0)
    # Both sides tell one time, as they do in the real world.
    shop.clock.time = sandbox.world.clock.now()
    shop.change_books(books)
    yield shop
    books.close()
    assert shop.broken() == []


@pytest.fixture
def owner(shop: Shop) -> Actor:
    return shop.member(shop.customer(), Role.OWNER)


def control(sandbox: RunningSandbox, **fault: object) -> None:
    httpx.post(f"{sandbox.url}/control/books-faults", json=fault, trust_env=False).raise_for_status()


def hand_over(shop: Shop, times: int = 4) -> None:
    """What the worker does, for some minutes."""
    for _ in range(times):
        while flows.plan(shop.billing):
            pass
        while flows.hand_over(shop.billing):
            pass
        shop.clock.advance(minutes=11)


def there(sandbox: RunningSandbox) -> list[tuple[str, str, str, int, int]]:
    """Number, total, state, payments and files of each document in the sandbox."""
    invoices = httpx.get(f"{sandbox.url}/books.json", trust_env=False).json()["invoices"]
    return [
        (one["reference"], one["total_price_incl_tax"], one["state"], len(one["payments"]), len(one["attachments"]))
        for one in invoices
    ]


def test_a_paid_invoice_and_a_credit_note_stand_there_as_they_stand_here(
    shop: Shop, owner: Actor, sandbox: RunningSandbox
) -> None:
    first = shop.invoice(1)
    shop.pay(owner, first)
    second = shop.invoice(1)
    note = shop.credit(second, 10_000)
    hand_over(shop, 1)
    assert there(sandbox) == [
        (first, "121.00", "paid", 1, 1), (second, "121.00", "paid", 1, 1), (note.number, "-121.00", "paid", 1, 1),
    ]  # fmt: skip


def test_in_the_demo_a_consumer_elsewhere_in_the_union_reaches_the_books_with_its_own_vat(
    shop: Shop, sandbox: RunningSandbox
) -> None:
    demo = moneybird(sandbox, tax_rates=parse_ids(config.load(demo=True).books_tax_rates))
    shop.change_books(demo)
    german = shop.customer(country="DE", customer_kind="consumer")
    below, above = shop.invoice(german, "9950.00"), shop.invoice(german)
    finnish = shop.invoice(shop.customer(country="FI", customer_kind="consumer"))
    hand_over(shop, 1)
    demo.close()
    assert [(number, total) for number, total, *_ in there(sandbox)] == [
        (below, "12039.50"), (above, "119.00"), (finnish, "125.50"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("match", "what"),
    [
        ("POST /books/api/v2/1001/contacts", "hang_after"),
        ("sales_invoices.json", "hang_after"),
        ("attachment", "hang_after"),
        ("payments", "hang_after"),
        ("sales_invoices.json", "500"),
        ("payments", "429"),
    ],
)
def test_whatever_call_is_struck_everything_stands_there_once(
    shop: Shop, owner: Actor, sandbox: RunningSandbox, match: str, what: str
) -> None:
    number = shop.invoice(1)
    shop.pay(owner, number)
    control(sandbox, what=what, match=match, seconds=1.5 if what == "hang_after" else 60)
    hand_over(shop)
    assert there(sandbox) == [(number, "121.00", "paid", 1, 1)]
    assert shop.one(BookEntry, number=number).state == "handed_over"


def test_a_refused_key_holds_nothing_and_is_over_when_it_fits_again(
    shop: Shop, owner: Actor, sandbox: RunningSandbox
) -> None:
    number = shop.invoice(1)
    control(sandbox, what="401")
    flows.plan(shop.billing)
    flows.hand_over(shop.billing)
    assert (shop.one(BookLink).trouble, there(sandbox)) == ("http_401", [])
    hand_over(shop, 7)
    assert (shop.one(BookLink).trouble, [row[0] for row in there(sandbox)]) == ("", [number])


def test_a_refused_document_is_held_until_a_person_has_it_tried_again(
    shop: Shop, owner: Actor, sandbox: RunningSandbox
) -> None:
    number = shop.invoice(1)
    control(sandbox, what="422", match="sales_invoices.json")
    hand_over(shop)
    assert shop.one(BookEntry, number=number).last_error == "http_422 reference is refused on purpose"
    shop.do(queue.retry, shop.billing.books.administration)
    hand_over(shop)
    assert there(sandbox) == [(number, "121.00", "open", 0, 1)]


def test_what_is_refunded_is_no_longer_paid_there(shop: Shop, owner: Actor, sandbox: RunningSandbox) -> None:
    number = shop.invoice(1)
    key = shop.pay(owner, number)
    hand_over(shop, 1)
    shop.hear(shop.gateway.take_back(key, reason_code="MD06"))
    hand_over(shop, 1)
    assert there(sandbox) == [(number, "121.00", "open", 0, 1)]
