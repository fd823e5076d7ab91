"""Credits that came back from one invoice settle another once more, also one that a run made."""

from billing.access import SYSTEM
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.invoices.tables import Invoice
from tests.factories import Shop
from tests.renewals import run, service


def test_credits_that_came_back_settle_an_invoice_of_a_run_once_more(shop: Shop, account: int) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 1_000, "Excuus"))
    first = shop.invoice(account, "8.00")
    shop.do(credits.settle_with_credits, shop.row(first).id or 0)
    service(shop, account, local_day(shop.clock.now()))
    second = shop.one(Invoice, run_id=run(shop).run_id)
    assert (second.open_cents, second.credits_cents) == (1_178, 32)
    shop.credit(first, 100)
    assert shop.do(credits.settle_with_credits, second.id or 0) == 121
    assert shop.broken() == []
