"""The account statement: balance before, everything that moved it, balance after; to the cent what the journal says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.correspondence.periods import Period
from billing.correspondence.statements import OF_CUSTOMER, account_statement
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import NotAllowed, NotFound, PeriodRefused
from billing.ledger.tables import Posting
from billing.ports import AccountStatement
from tests.factories import SELLER, Shop
from tests.fakes.money_back import keep, overpay, send_back

ACTS = ["invoice", "pay", "much", "note", "gift", "back", "day"]
Move = tuple[str, tuple[str, ...], int, int]


def stated(
    shop: Shop, actor: Actor, account: int, first: date | None = None, last: date | None = None
) -> AccountStatement:
    today = local_day(shop.clock.now())
    return shop.ask(account_statement, actor, account, Period(first or today, last or today), SELLER)


def moves(statement: AccountStatement) -> list[Move]:
    return [(row.kind.value, row.documents, row.cents, row.balance_cents) for row in statement.rows]


def test_an_invoice_and_its_payment_move_the_balance_there_and_back(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.pay(owner, number)
    assert moves(stated(shop, owner, account)) == [
        ("invoice", (number,), 12_100, 12_100), ("payment", (number,), -12_100, 0)
    ]  # fmt: skip


def test_what_came_before_is_the_opening_balance(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account)
    shop.clock.advance(days=10)
    number = shop.invoice(account)
    found = stated(shop, owner, account)
    assert (found.opening_cents, moves(found), found.closing_cents) == (
        12_100, [("invoice", (number,), 12_100, 24_200)], 24_200
    )  # fmt: skip


def test_a_period_in_which_nothing_happened_ends_as_it_began(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account)
    tomorrow = local_day(shop.clock.now()) + timedelta(days=1)
    found = stated(shop, owner, account, tomorrow, tomorrow)
    assert (found.opening_cents, found.rows, found.closing_cents) == (12_100, (), 12_100)


def test_money_that_only_changes_places_is_no_row(shop: Shop, account: int, owner: Actor) -> None:
    overpay(shop, account, owner)
    before = moves(stated(shop, owner, account))
    keep(shop, owner, account, 1)
    assert moves(stated(shop, owner, account)) == before
    assert before[-1][2:] == (-12_600, -500)


def test_money_that_is_sent_back_is_a_row_once_it_has_left(shop: Shop, account: int, owner: Actor) -> None:
    overpay(shop, account, owner)
    send_back(shop, owner, account, 1)
    assert stated(shop, owner, account).closing_cents == -500
    shop.carry_out()
    shop.succeed(next(key for key, one in shop.gateway.known.items() if one.original_key))
    assert moves(stated(shop, owner, account))[-1] == ("paid_out", (), 500, 0)


def test_credit_notes_credits_and_returns_have_their_words(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    note = shop.credit(shop.invoice(account), 1_000).number
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 700, "storing"))
    shop.hear(shop.gateway.take_back(key))
    told = moves(stated(shop, owner, account))
    assert [kind for kind, *_ in told] == ["invoice", "payment", "invoice", "credit_note", "gift", "returned"]
    assert told[3][1] == (note,)


@pytest.mark.parametrize(("first", "last", "reason"), [
    (date(2026, 2, 1), date(2026, 1, 1), "order"), (date(2025, 1, 1), date(2026, 12, 31), "long"),
])  # fmt: skip
def test_a_period_that_can_not_be_is_refused(
    shop: Shop, account: int, owner: Actor, first: date, last: date, reason: str
) -> None:
    with pytest.raises(PeriodRefused, match=reason):
        stated(shop, owner, account, first, last)


def test_nobody_sees_the_statement_of_somebody_else(shop: Shop, account: int, owner: Actor) -> None:
    stranger, technician = shop.member(shop.customer("Ander")), shop.member(account, Role.TECHNICIAN)
    with pytest.raises(NotFound):
        stated(shop, stranger, account)
    with pytest.raises(NotAllowed):
        stated(shop, technician, account)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["invoice", "pay", "much", "note", "gift", "back", "day"]), max_size=8), st.integers(0, 9)
)
def test_wherever_a_period_ends_its_closing_is_the_next_one_s_opening(
    shop: Shop, owner: Actor, acts: list[str], cut: int
) -> None:
    account = shop.customer()
    member = shop.member(account, Role.OWNER)
    start = local_day(shop.clock.now())
    _live(shop, account, member, acts)
    end, middle = local_day(shop.clock.now()), start + timedelta(days=cut)
    before, after = (stated(shop, member, account, *days) for days in (
        (start, middle), (middle + timedelta(days=1), max(end, middle) + timedelta(days=1)),
    ))  # fmt: skip
    assert before.opening_cents == 0
    assert before.closing_cents == after.opening_cents
    assert after.closing_cents == sum(
        posting.cents for posting in shop.all(Posting, account_id=account) if posting.ledger_account in OF_CUSTOMER
    )


def _live(shop: Shop, account: int, owner: Actor, acts: list[str]) -> None:
    """Let these things happen, one after the other."""
    for act in acts:
        if act == "day":
            shop.clock.advance(days=1)
        elif act == "gift":
            shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 300, "storing"))
        else:
            number = shop.invoice(account)
            if act == "note":
                shop.credit(number, 100)
            elif act == "much":
                shop.succeed(shop.start_key(owner, number), amount_cents=20_000)
            elif act in {"pay", "back"}:
                key = shop.pay(owner, number)
                if act == "back":
                    shop.hear(shop.gateway.take_back(key))
