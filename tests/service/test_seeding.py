"""The demo holds what its story says. Telling it takes a while, so all these tests look at one telling of it."""

from collections import Counter
from datetime import date

import pytest

from billing.access import Actor, Permission, permissions
from billing.accounts.tables import Account, Membership, User
from billing.credits.tables import CreditNote
from billing.demo.people import PASSWORD
from billing.demo.seed import seed_demo
from billing.einvoice_rules import lacks_for_network
from billing.errors import NotAllowed, Refused
from billing.invoices import queries
from billing.invoices.queries import Filter
from billing.invoices.tables import Invoice
from billing.logins import passwords
from billing.products.queries import services
from billing.settlement import Label
from tests.factories import SELLER, Shop


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest) -> Shop:
    shop = Shop(request.getfixturevalue(f"emptied_{request.param}")())
    shop.do(seed_demo, SELLER)
    return shop


def actor(shop: Shop, name: str) -> Actor:
    user = shop.one(User, email=f"{name}@demo.test")
    return Actor(user.name, user_id=user.id)


def account_id(shop: Shop, name: str) -> int:
    return shop.one(Account, name=name).id or 0


def rights(shop: Shop, name: str, account: str) -> frozenset[Permission]:
    return shop.ask(permissions, actor(shop, name), account_id(shop, account))


def test_the_demo_holds_every_invariant(demo: Shop) -> None:
    assert demo.broken() == []


def test_the_bakery_has_something_of_every_kind(demo: Shop) -> None:
    owner, bakery = actor(demo, "eigenaar"), account_id(demo, "Bakkerij De Korenaar")
    still_open = demo.ask(queries.open_invoices, owner, bakery)
    assert Counter(row.status.label for row in still_open.rows) == Counter(
        [Label.OVERDUE, Label.PARTLY_SETTLED, Label.UNPAID]
    )
    assert [row.credits_cents > 0 for row in still_open.rows if row.status.label is Label.PARTLY_SETTLED] == [True]
    assert demo.ask(queries.invoice_page, owner, bakery, shown=Filter.PAID).total >= 3
    assert len(demo.all(CreditNote, account_id=bakery)) == 1
    assert len(demo.ask(services, owner, bakery)) == 3


def test_the_bakery_can_choose_the_network_and_the_club_reads_what_is_missing(demo: Shop) -> None:
    lacks = [lacks_for_network(demo.one(Account, name=name)) for name in ("Bakkerij De Korenaar", "Fietsclub Het Wiel")]
    assert lacks == ["", "number"]


def test_everybody_of_the_demo_has_a_log_in(demo: Shop) -> None:
    users = {user.email: user for user in demo.all(User)}
    names = ("eigenaar", "boekhouder", "penningmeester", "voorzitter", "techniek", "finance", "finance2", "presenter")
    assert set(users) == {f"{name}@demo.test" for name in names}
    assert len({user.password_hash for user in users.values()}) == 1
    assert passwords.verify(PASSWORD, users["eigenaar@demo.test"].password_hash).is_right
    assert {name: users[f"{name}@demo.test"].staff_role for name in names[-3:]} == {
        "finance": "finance", "finance2": "finance_lead", "presenter": "presenter",
    }  # fmt: skip


def test_the_bookkeeper_sees_and_pays_for_two_customers(demo: Shop) -> None:
    for account in ("Bakkerij De Korenaar", "Fietsclub Het Wiel"):
        assert {Permission.INVOICES_VIEW, Permission.INVOICES_PAY} <= rights(demo, "boekhouder", account)


def test_the_treasurers_access_ends_on_a_date(demo: Shop) -> None:
    membership = demo.one(Membership, user_id=actor(demo, "penningmeester").user_id)
    assert membership.account_id == account_id(demo, "Fietsclub Het Wiel")
    assert (membership.ends_on or date.min) > demo.clock.now().date()


def test_the_technician_sees_no_invoices(demo: Shop) -> None:
    with pytest.raises(NotAllowed):
        demo.ask(queries.open_invoices, actor(demo, "techniek"), account_id(demo, "Bakkerij De Korenaar"))


def test_only_the_owner_and_no_stranger_may_act_for_the_bakery(demo: Shop) -> None:
    assert rights(demo, "eigenaar", "Bakkerij De Korenaar") == frozenset(Permission)
    assert rights(demo, "eigenaar", "Fietsclub Het Wiel") == frozenset()


def test_the_demo_mails_only_its_newest_invoice_and_prints_what_is_on_stage_first(demo: Shop) -> None:
    demo.carry_out()
    newest = demo.ask(queries.open_invoices, actor(demo, "eigenaar"), account_id(demo, "Bakkerij De Korenaar")).rows[-1]
    assert [mail.subject for mail in demo.mail.sent] == [f"invoice {newest.number}"] * 2
    stage = account_id(demo, "Bakkerij De Korenaar")
    rows = demo.ask(queries.invoice_page, actor(demo, "eigenaar"), stage).rows
    assert all(demo.view(actor(demo, "eigenaar"), row.number).file_ready for row in rows)


def test_an_open_invoice_of_the_demo_can_be_paid(demo: Shop) -> None:
    treasurer, club = actor(demo, "penningmeester"), account_id(demo, "Fietsclub Het Wiel")
    number = demo.ask(queries.open_invoices, treasurer, club).rows[0].number
    demo.pay(treasurer, number)
    assert demo.status(number).label is Label.PAID
    assert demo.broken() == []


def test_a_business_abroad_has_an_open_invoice_without_vat(demo: Shop) -> None:
    invoice = demo.one(Invoice, account_id=account_id(demo, "Chocolaterie Voorbeeld"))
    assert (invoice.vat_treatment, invoice.net_cents, invoice.vat_cents) == ("reverse_charge", 1_250, 0)
    assert (invoice.open_cents, invoice.buyer["vat_number"]) == (1_250, "BE0000000097")


def test_the_demo_is_told_into_an_empty_database_only(demo: Shop) -> None:
    before = len(demo.all(Invoice))
    with pytest.raises(Refused, match="not_empty"):
        demo.do(seed_demo, SELLER)
    assert len(demo.all(Invoice)) == before
