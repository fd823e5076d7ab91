"""The page of one invoice: the document, its status and its story."""

from datetime import date

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.correspondence.history import EventKind
from billing.correspondence.queries import Receipt
from billing.credits import service as credits
from billing.errors import NotAllowed, NotFound
from billing.ports import DocumentLine, DocumentSettlement, DocumentVat, Method, Outcome
from billing.settlement import Label
from tests.factories import SELLER, Shop


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


def story(shop: Shop, owner: Actor, number: str) -> list[tuple[EventKind, int, str]]:
    return [(event.kind, event.cents, event.who) for event in shop.view(owner, number).history]


def test_a_new_invoice_shows_its_document_and_what_to_pay(shop: Shop, owner: Actor, number: str) -> None:
    view = shop.view(owner, number)
    document = view.document
    assert (document.number, document.issued_on, document.due_on) == (number, date(2026, 3, 6), date(2026, 3, 20))
    assert (document.seller, document.buyer.name) == (SELLER, "Bakkerij Test")
    assert document.lines == (DocumentLine("Webhosting", "voorbeeld.test", "1", "100.00", "21", 10_000),)
    assert document.vat == (DocumentVat("21", 10_000, 2_100),)
    assert (document.total_cents, document.open_cents, document.paid_on) == (12_100, 12_100, None)
    assert (view.subject, view.status.label, view.may_pay) == ("Webhosting", Label.UNPAID, True)
    assert (view.received_cents, view.receipt, view.pending, view.transfer) == (0, None, "", None)


def test_a_paid_invoice_shows_its_receipt(shop: Shop, owner: Actor, number: str) -> None:
    key = shop.pay(owner, number, method=Method.CARD)
    view = shop.view(owner, number)
    assert view.receipt == Receipt("card", owner.name, shop.clock.now(), key)
    assert (view.document.paid_on, view.document.paid_with) == (date(2026, 3, 6), "card")
    assert view.document.settlements == (DocumentSettlement("payment", "card", date(2026, 3, 6), 12_100),)


def test_money_on_its_way_shows_by_which_method(shop: Shop, owner: Actor, number: str) -> None:
    key = shop.start_key(owner, number, method=Method.BANCONTACT)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    view = shop.view(owner, number)
    assert (view.status.label, view.pending) == (Label.UNDER_WAY, "bancontact")


def test_everything_that_settled_an_invoice_is_listed(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    credit = shop.credit(paid, 1_000)
    number = shop.invoice(account)
    shop.do(credits.settle_with_credits, shop.row(number).id or 0)
    note = shop.credit(number, 1_000)
    key = shop.pay(owner, number)
    shop.hear(shop.gateway.take_back(key))

    document = shop.view(owner, number).document
    assert [(s.kind, s.label, s.cents) for s in document.settlements] == [
        ("credit", credit.number, 1_210),
        ("credit_note", note.number, 1_210),
        ("payment", "ideal", 9_680),
        ("reversal", "ideal", -9_680),
    ]
    assert document.total_cents - sum(s.cents for s in document.settlements) == document.open_cents == 9_680
    assert shop.view(owner, number).received_cents == 0


def test_an_invoice_settled_by_credits_says_so(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 10_000)
    number = shop.invoice(account, "20.00")
    shop.do(credits.settle_with_credits, shop.row(number).id or 0)
    view = shop.view(owner, number)
    assert (view.status.label, view.document.paid_with, view.receipt) == (Label.PAID, "credit", None)


def test_the_history_tells_what_happened_in_its_order(shop: Shop, owner: Actor, number: str) -> None:
    def later() -> None:
        shop.clock.advance(minutes=10)

    shop.carry_out()
    later()
    cancelled = shop.start_key(owner, number)
    later()
    shop.gateway.change(cancelled, Outcome.CANCELLED)
    shop.hear(cancelled)
    later()
    key = shop.start_key(owner, number)
    later()
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    later()
    shop.succeed(key)
    later()
    shop.carry_out()
    later()
    shop.hear(shop.gateway.take_back(key))

    assert sorted(story(shop, owner, number)[:2]) == [
        (EventKind.ISSUED, 12_100, ""),
        (EventKind.MAILED, 0, owner.name),
    ]
    assert story(shop, owner, number)[2:] == [
        (EventKind.PAYMENT_STARTED, 12_100, "ideal"),
        (EventKind.PAYMENT_CANCELLED, 12_100, "ideal"),
        (EventKind.PAYMENT_STARTED, 12_100, "ideal"),
        (EventKind.PAYMENT_PENDING, 12_100, "ideal"),
        (EventKind.PAYMENT_RECEIVED, 12_100, "ideal"),
        (EventKind.PAID_MAILED, 0, owner.name),
        (EventKind.MONEY_RETURNED, 12_100, "ideal"),
    ]


def test_credits_and_credit_notes_are_in_the_history(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    lot = shop.credit(paid, 1_000)
    number = shop.invoice(account)
    shop.do(credits.settle_with_credits, shop.row(number).id or 0)
    shop.credit(number, 1_000)
    assert [(kind, cents) for kind, cents, _ in story(shop, owner, number)] == [
        (EventKind.ISSUED, 12_100),
        (EventKind.CREDIT_APPLIED, 1_210),
        (EventKind.CREDIT_NOTE, 1_210),
    ]
    assert story(shop, owner, number)[1][2] == lot.number


def test_who_only_reads_sees_the_invoice_without_the_button(shop: Shop, account: int, number: str) -> None:
    assert not shop.view(shop.member(account, Role.READ_ONLY), number).may_pay


def test_an_invoice_shows_only_to_its_own_people(shop: Shop, account: int, number: str) -> None:
    with pytest.raises(NotAllowed):
        shop.view(shop.member(account, Role.TECHNICIAN), number)
    for stranger in (shop.member(shop.customer()), Actor("nobody"), Actor("gone", user_id=4711)):
        with pytest.raises(NotFound):
            shop.view(stranger, number)


def test_an_unknown_invoice_is_not_found_by_anybody(shop: Shop, owner: Actor) -> None:
    for actor in (owner, SYSTEM):
        with pytest.raises(NotFound):
            shop.view(actor, "2026-9999")
