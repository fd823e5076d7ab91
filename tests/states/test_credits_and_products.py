"""The pages of credits and products."""

from billing.accounts.tables import Role
from dashboard.pages.credits import CreditsState
from dashboard.pages.products import ProductsState
from dashboard.session import DENIED, OPEN, SessionState
from tests.states.conftest import signed_in


def test_credits_tell_how_the_balance_came_about(shop, account, bookkeeper, tab):
    number = shop.invoice(account)
    shop.pay(bookkeeper, number)
    note = shop.credit(number, 5_000)
    statement = tab.open(CreditsState, "/credits").statement
    [move] = statement.moves
    assert statement.balance.figures == "60,50"
    assert (move.title, move.why, move.amount) == (f"Creditnota {note.number}", "Opgezegd", "€\u00a060,50")


def test_a_technician_sees_products_but_no_credits(shop, account):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    tab.open(CreditsState, "/credits")
    assert tab.page(SessionState).verdict == DENIED
    tab.open(ProductsState, "/products")
    assert tab.page(SessionState).verdict == OPEN
