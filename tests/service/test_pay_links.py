import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.correspondence.history import EventKind
from billing.errors import NotAllowed, NotFound, NothingToPay
from billing.invoices import queries
from billing.payments import paylinks
from billing.settlement import Label
from tests.factories import SIGNING_KEY, Shop


@pytest.fixture
def number(shop: Shop, account: int, owner: Actor) -> str:
    return shop.invoice(account)


@pytest.fixture
def bearer(shop: Shop, number: str) -> Actor:
    return shop.ask(paylinks.bearer, paylinks.sign(shop.row(number).id or 0, SIGNING_KEY), SIGNING_KEY)


def test_a_link_shows_the_number_and_what_is_open(shop: Shop, number: str, bearer: Actor) -> None:
    seen = shop.ask(paylinks.view, bearer)
    assert (seen.number, seen.status.open_cents, seen.payable) == (number, 12_100, True)


def test_who_holds_a_link_may_pay_that_invoice(shop: Shop, owner: Actor, number: str, bearer: Actor) -> None:
    shop.pay(bearer, number)
    assert shop.open_cents(number) == [0]
    assert shop.view(owner, number).receipt.paid_by == "Betaallink"  # type: ignore[union-attr]  # it is paid


def test_a_link_opens_no_other_invoice_and_no_list(shop: Shop, account: int, number: str, bearer: Actor) -> None:
    other = shop.invoice(account)
    with pytest.raises(NotFound):
        shop.start(bearer, other)
    with pytest.raises(NotFound):
        shop.start(bearer, number, other)
    with pytest.raises(NotFound):
        shop.ask(queries.open_invoices, bearer, account)


def test_the_link_of_a_settled_invoice_has_nothing_to_pay(shop: Shop, number: str, bearer: Actor) -> None:
    shop.pay(bearer, number)
    seen = shop.ask(paylinks.view, bearer)
    assert (seen.status.label, seen.payable) == (Label.PAID, False)
    with pytest.raises(NothingToPay):
        shop.start(bearer, number)


def test_a_link_to_what_is_not_issued_leads_nowhere(shop: Shop, account: int) -> None:
    for invoice_id in (shop.draft(account), 4711):
        with pytest.raises(NotFound):
            shop.ask(paylinks.view, Actor("Betaallink", pays_invoice_id=invoice_id))


def test_a_withdrawn_link_leads_nowhere_and_the_next_mail_has_another(shop: Shop, owner: Actor, number: str) -> None:
    invoice_id = shop.row(number).id or 0
    shop.do(paylinks.withdraw, owner, number)
    with pytest.raises(NotFound):
        shop.ask(paylinks.bearer, paylinks.sign(invoice_id, SIGNING_KEY), SIGNING_KEY)
    shop.carry_out()
    token = shop.writer.asked[-1].pay_url.rpartition("/")[2]
    assert shop.ask(paylinks.bearer, token, SIGNING_KEY).pays_invoice_id == invoice_id


def test_who_may_only_pay_can_not_withdraw_the_links_of_others(shop: Shop, account: int, number: str) -> None:
    with pytest.raises(NotAllowed):
        shop.do(paylinks.withdraw, shop.member(account, Role.BOOKKEEPER), number)


def test_who_may_not_see_an_invoice_can_not_withdraw_its_links(shop: Shop, account: int, number: str) -> None:
    blind = shop.member(account, Role.ADMINISTRATOR)
    shop.sql("UPDATE membership SET scopes = 'notifications.manage' WHERE user_id = :id", id=blind.user_id)
    with pytest.raises(NotAllowed):
        shop.do(paylinks.withdraw, blind, number)


def test_who_holds_a_link_can_pay_by_it_and_not_withdraw_it(shop: Shop, number: str) -> None:
    bearer = Actor("Betaallink", pays_invoice_id=shop.row(number).id)
    with pytest.raises(NotFound):
        shop.do(paylinks.withdraw, bearer, number)


def test_a_link_of_somebody_elses_invoice_can_not_be_withdrawn(shop: Shop, number: str) -> None:
    stranger = shop.member(shop.customer(), Role.OWNER)
    with pytest.raises(NotFound):
        shop.do(paylinks.withdraw, stranger, number)


def test_a_withdrawal_is_told_in_the_history_of_that_invoice_alone(shop: Shop, account: int, owner: Actor) -> None:
    number, other = shop.invoice(account), shop.invoice(account)
    shop.do(paylinks.withdraw, owner, number)
    shop.do(paylinks.withdraw, owner, other)
    told = [(event.kind, event.who) for event in shop.view(owner, number).history]
    assert told == [(EventKind.ISSUED, ""), (EventKind.LINK_WITHDRAWN, owner.name)]
