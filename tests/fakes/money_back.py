"""The words in which tests pay too much, and choose what happens with it."""

from billing.access import Actor
from billing.credits import choices
from billing.credits.tables import Payout
from billing.payments import sending
from billing.ports import AccountMailKind
from tests.factories import Shop


def overpay(shop: Shop, account: int, owner: Actor) -> str:
    """Pay € 126 for an invoice of € 121; the gateway's key of the payment."""
    key = shop.start_key(owner, shop.invoice(account))
    shop.succeed(key, amount_cents=12_600)
    shop.carry_out()
    shop.writer.asked_accounts.clear()
    return key


def keep(shop: Shop, owner: Actor, account: int, payment: int) -> None:
    shop.do(choices.keep_as_credits, shop.proven(owner), account, payment)


def send_back(shop: Shop, owner: Actor, account: int, payment: int) -> Payout:
    return shop.do(choices.send_back, shop.proven(owner), account, payment)


def mailed(shop: Shop) -> list[AccountMailKind]:
    return [mail.kind for mail in shop.writer.asked_accounts]


def state(shop: Shop) -> str:
    return shop.one(Payout).state


def ask_again(shop: Shop, **passed: float) -> None:
    shop.clock.advance(**passed)
    sending.check_payouts(shop.billing)
