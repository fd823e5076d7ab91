"""The words in which tests give mandates, let days pass and hear from the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from billing.access import Actor
from billing.clock import local_day
from billing.mandates import flows
from billing.mandates.requests import Consent, RequestMandate, StartSeries
from billing.mandates.tables import Collection, Mandate
from billing.payments import flows as payments
from billing.payments.tables import Payment
from billing.ports import AccountMail, AccountMailKind, Outcome
from tests.factories import Shop

CONSENT = Consent("2026-03", "Ik machtig Verkoper B.V. om facturen af te schrijven.", "192.0.2.7")
OTHER_IBAN = "NL62TEST0987654321"


def ask(shop: Shop, owner: Actor, account: int, **other: Any) -> str:
    """Begin a mandate; the gateway's key of the request."""
    flows.request_mandate(shop.billing, shop.proven(owner), RequestMandate(account, CONSENT, **other))
    return mandates(shop)[-1].provider_key or ""


def decide(shop: Shop, key: str, outcome: Outcome = Outcome.SUCCEEDED, **other: Any) -> None:
    """The customer signs at the bank, or does something else there, and we get to know."""
    shop.gateway.decide(key, outcome, **other)
    shop.sql("UPDATE mandate SET next_check_at = :at WHERE provider_key = :key", at=sql_time(shop), key=key)
    flows.check_mandates(shop.billing)


def sign(shop: Shop, owner: Actor, account: int, *, iban: str = "", **other: Any) -> Mandate:
    """Give a mandate."""
    signed = {"iban": iban} if iban else {}
    decide(shop, ask(shop, owner, account, **other), **signed)
    return mandates(shop)[-1]


def start_series(shop: Shop, owner: Actor, *numbers: str) -> str:
    """Pay with iDEAL and agree to a mandate; the gateway's key of the payment."""
    started = flows.start_series(shop.billing, shop.proven(owner), StartSeries(numbers, CONSENT))
    return shop.payment(started.token).provider_key or ""


def mandates(shop: Shop) -> Sequence[Mandate]:
    return shop.all(Mandate)


def collections(shop: Shop) -> Sequence[Collection]:
    return shop.all(Collection)


def the_mandate(shop: Shop) -> Mandate:
    """The first one."""
    return mandates(shop)[0]


def announced(shop: Shop) -> Collection:
    """The only one that is announced now."""
    [one] = [one for one in collections(shop) if one.state == "announced"]
    return one


def states(shop: Shop) -> list[str]:
    return [collection.state for collection in collections(shop)]


def work(shop: Shop) -> None:
    """All that the worker does in a round."""
    flows.run_collections(shop.billing)
    flows.let_mandates_lapse(shop.billing)
    flows.check_mandates(shop.billing)
    payments.check_payments(shop.billing)
    shop.carry_out()


def go_to(shop: Shop, day: date, hour: int = 9) -> None:
    """Move the clock to an hour (UTC) of a day, without any work being done in between."""
    shop.clock.time = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def go_on(shop: Shop, days: int) -> None:
    """Let days pass, with the worker at work on each."""
    for _ in range(days):
        shop.clock.advance(days=1)
        work(shop)


@dataclass(frozen=True)
class Debit:
    """An invoice that is being collected. key: the gateway's of the debit."""

    number: str
    key: str


def submit(shop: Shop, account: int, euros: str = "100.00") -> Debit:
    """An invoice, announced and given to the gateway."""
    number = shop.invoice(account, euros)
    work(shop)
    while not (sent := [one for one in collections(shop) if one.payment_id and one.invoice_id == shop.row(number).id]):
        go_on(shop, 1)
    return Debit(number, shop.one(Payment, id=sent[-1].payment_id).provider_key or "")


def fail(shop: Shop, key: str, code: str = "AM04") -> None:
    """The bank refuses a debit before it is settled."""
    shop.gateway.fail_collection(key, reason_code=code)
    shop.hear(key)
    shop.carry_out()


def collect(shop: Shop, account: int, euros: str = "100.00") -> Debit:
    """An invoice that was collected."""
    debit = submit(shop, account, euros)
    shop.succeed(debit.key)
    work(shop)
    return debit


def storno(shop: Shop, key: str, code: str = "MD06") -> str:
    """A debit is taken back; the gateway's key of the return."""
    back = shop.gateway.take_back(key, reason_code=code)
    shop.hear(back)
    shop.carry_out()
    return back


def mails(shop: Shop, *kinds: AccountMailKind) -> list[AccountMail]:
    """The mails of these kinds that were sent, or all about mandates and debits."""
    wanted = kinds or tuple(kind for kind in AccountMailKind if kind.value.startswith(("mandate", "debit")))
    return [mail for mail in shop.writer.asked_accounts if mail.kind in wanted]


def told(shop: Shop) -> list[str]:
    """The kinds of the mails about mandates and debits so far, in their order; forgets them."""
    kinds = [mail.kind.value for mail in mails(shop)]
    shop.writer.asked_accounts.clear()
    return kinds


def today(shop: Shop) -> date:
    return local_day(shop.clock.now())


def sql_time(shop: Shop) -> str:
    return shop.clock.now().strftime("%Y-%m-%d %H:%M:%S.%f") + ("+00" if shop.database.url.startswith("post") else "")
