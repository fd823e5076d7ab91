"""A draft is for staff and for the host's own systems; a key for one customer sees it once it is an invoice."""

import pytest

from billing.access import Actor, Key, Scope
from billing.api import invoices
from billing.api.invoices import InvoiceFilter
from billing.api.pages import Place
from billing.errors import NotFound
from tests.factories import SELLER, Shop, line

EVERYTHING = frozenset(Scope)
HOST = Actor(name="API host", key=Key(1, EVERYTHING))


@pytest.fixture
def bound(account: int) -> Actor:
    """A machine of one customer."""
    return Actor(name="API customer", key=Key(2, EVERYTHING, account))


def listed(shop: Shop, actor: Actor, shown: InvoiceFilter | None = None) -> list[int]:
    return [row.id for row in shop.ask(invoices.listed, actor, Place(), None, shown).rows]


def test_a_key_for_all_customers_sees_a_draft(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account)
    assert (listed(shop, HOST), shop.ask(invoices.one, HOST, draft_id).state) == ([draft_id], "draft")


def test_a_key_for_one_customer_sees_it_as_soon_as_it_is_issued(shop: Shop, account: int, bound: Actor) -> None:
    draft_id = shop.draft(account)
    assert (listed(shop, bound), listed(shop, bound, InvoiceFilter.DRAFT)) == ([], [])
    with pytest.raises(NotFound):
        shop.ask(invoices.one, bound, draft_id)
    shop.do(invoices.issue, HOST, draft_id, None, SELLER)
    assert (listed(shop, bound), shop.ask(invoices.one, bound, draft_id).state) == ([draft_id], "issued")


def test_such_a_key_issues_what_it_drafted(shop: Shop, account: int, bound: Actor) -> None:
    made = shop.do(invoices.draft, bound, account, "Werk", [line()])
    assert shop.do(invoices.issue, bound, made.id, None, SELLER).state == "issued"
