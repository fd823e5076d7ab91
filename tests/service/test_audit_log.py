"""Who did what: the whole story for who may see it, one's own part for everybody else, nothing of another account."""

from dataclasses import replace

import pytest

from billing import access
from billing.access import Actor
from billing.accounts import log, members
from billing.accounts.log import PAGE_SIZE, LogPage
from billing.accounts.members import ChangeMember
from billing.accounts.tables import Role
from billing.errors import NotFound
from billing.logins import credentials
from tests.factories import Shop


@pytest.fixture
def bookkeeper(shop: Shop, account: int, owner: Actor) -> Actor:
    return shop.member(account)


def page(shop: Shop, actor: Actor, account: int, number: int = 1) -> LogPage:
    return shop.ask(log.log, actor, account, number)


def actions(shop: Shop, actor: Actor, account: int, number: int = 1) -> list[str]:
    return [row.action for row in page(shop, actor, account, number).rows]


def change_password(shop: Shop, actor: Actor) -> None:
    shop.do(credentials.set_password, shop.proven(actor), "a hash", token="")


def choose_mails(shop: Shop, actor: Actor, account: int, times: int = 1) -> None:
    for number in range(times):
        shop.do(members.choose_own_mails, actor, account, ("invoices",) if number % 2 == 0 else ())


def test_the_newest_act_comes_first_with_who_did_it(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    command = ChangeMember(bookkeeper.user_id or 0, "read_only", ("invoices.view",), ())
    shop.do(members.change_member, shop.proven(owner), account, command)
    first = page(shop, owner, account).rows[0]
    assert (first.action, first.actor, first.subject) == ("member.changed", owner.name, bookkeeper.name)
    assert (first.is_self, first.facts["role"], first.at) == (True, "read_only", shop.clock.now())
    assert page(shop, owner, account).rows[-1].action == "account.opened"


def test_how_members_protect_their_log_ins_is_part_of_it(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    change_password(shop, bookkeeper)
    first = page(shop, owner, account).rows[0]
    assert (first.action, first.actor, first.is_self) == ("password.changed", bookkeeper.name, False)


def test_where_members_change_their_names_and_log_in_is_not(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    shop.do(credentials.rename, bookkeeper, "Bas")
    assert not {"user.added", "user.renamed"} & set(actions(shop, owner, account))


def test_an_invoice_is_told_of_once_it_is_issued(shop: Shop, account: int, owner: Actor) -> None:
    shop.draft(account)
    number = shop.invoice(account)
    rows = [(row.action, row.subject) for row in page(shop, owner, account).rows if row.action.startswith("invoice")]
    assert rows == [("invoice.issued", number)]


def test_who_may_not_see_the_log_sees_the_own_part(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    choose_mails(shop, owner, account)
    choose_mails(shop, bookkeeper, account)
    change_password(shop, owner)
    change_password(shop, bookkeeper)
    rows = page(shop, bookkeeper, account).rows
    assert [row.action for row in rows] == ["password.changed", "mails.chosen"]
    assert all(row.is_self and row.actor == bookkeeper.name for row in rows)


def test_who_only_reads_sees_all_of_it(shop: Shop, account: int, owner: Actor) -> None:
    reader = shop.member(account, Role.READ_ONLY)
    choose_mails(shop, owner, account)
    assert actions(shop, reader, account)[0] == "mails.chosen"


def test_it_is_told_in_pages(shop: Shop, account: int, owner: Actor) -> None:
    choose_mails(shop, owner, account, times=2 * PAGE_SIZE)
    first, second, third = (page(shop, owner, account, number) for number in (1, 2, 3))
    assert [len(found.rows) for found in (first, second)] == [PAGE_SIZE, PAGE_SIZE]
    assert [found.has_more for found in (first, second, third)] == [True, True, False]
    assert third.rows[-1].action == "account.opened"
    assert {row.action for row in (*first.rows, *second.rows)} == {"mails.chosen"}


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (0, 1), (2, 2), (10**30, log.LAST_PAGE)])
def test_a_page_that_is_not_there_is_empty_and_harmless(
    shop: Shop, account: int, owner: Actor, asked: int, given: int
) -> None:
    assert page(shop, owner, account, asked).page == given


def test_the_owner_of_another_account_sees_none_of_it(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    other = shop.customer("Fietsclub")
    stranger = shop.member(other, Role.OWNER)
    before = page(shop, stranger, other)
    choose_mails(shop, owner, account)
    change_password(shop, bookkeeper)
    assert page(shop, stranger, other) == before
    with pytest.raises(NotFound):
        page(shop, stranger, account)


def test_a_bookkeeper_of_two_customers_is_in_both_stories_with_the_log_in_only(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    other = shop.customer("Fietsclub")
    chair = shop.member(other, Role.OWNER)
    shop.also_member(bookkeeper, other)
    choose_mails(shop, bookkeeper, account)
    change_password(shop, bookkeeper)
    seen = [row.action for row in page(shop, chair, other).rows if row.actor == bookkeeper.name]
    assert seen == ["password.changed"]


def test_who_has_left_is_no_longer_told_of(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    change_password(shop, bookkeeper)
    shop.do(members.remove_member, shop.proven(owner), account, bookkeeper.user_id or 0)
    assert actions(shop, owner, account)[0] == "member.removed"
    assert "password.changed" not in actions(shop, owner, account)
    with pytest.raises(NotFound):
        page(shop, bookkeeper, account)


def test_through_the_eyes_of_who_may_not_see_it_there_is_only_the_own_part(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    choose_mails(shop, owner, account)
    choose_mails(shop, bookkeeper, account)
    looking = replace(owner, looks_as=access.Look(account, access.DEFAULTS[Role.BOOKKEEPER]))
    assert [(row.action, row.is_self) for row in page(shop, looking, account).rows] == [("mails.chosen", True)]
