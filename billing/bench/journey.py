"""P10: from the customer's yes at the gateway to *paid* in the database, and to the mail with its PDF in the mailbox.

Everything is real: the push over HTTP, the web process that takes it, the worker that books, prints and mails.
"""

import time
from collections.abc import Callable, Iterator

from sqlalchemy import Executable
from sqlmodel import col, select, update

from billing.access import SYSTEM
from billing.accounts.people import topics_text
from billing.accounts.tables import Account, MailTopic, Membership
from billing.bench.children import child, free_port, sandbox, server
from billing.bench.figures import Figure, Lap, compare
from billing.bench.room import Room, billing_on, settings_for
from billing.bench.wire import Address
from billing.demo.bulk import OPEN_EVERY, seed_bulk
from billing.invoices.tables import Invoice
from billing.payments.flows import start_payment
from billing.payments.service import StartPayment
from billing.payments.tables import Payment
from billing.ports import Method
from billing.runtime import Billing

# How often a second each may be waited for: the goals, as no machine sets a limit here.
BOOKED_PER_SECOND, MAILED_PER_SECOND = 1 / 1.0, 1 / 3.0
PATIENCE_SECONDS = 30
PAUSE_SECONDS = 0.002


def measure(room: Room) -> Iterator[Figure]:
    """On each engine; one payment after the other, each a lap, the one in the middle counts."""
    for engine in room.engines:
        port = free_port(25)
        url = room.fresh(engine)
        settings = settings_for(url, port=free_port(), sandbox_port=port, smtp_port=port + 25)
        with (
            billing_on(settings) as billing,
            sandbox(settings, room.folder) as world,
            server("web", settings, room.folder),
            child(settings, "-m", "billing.cli", "worker", log=room.folder / "worker.log"),
        ):
            laps = _laps(billing, world, room.sizes.journeys)
        yield compare("P10", engine, [lap for lap, _ in laps], "goal: paid to booked in 1 s", BOOKED_PER_SECOND)
        yield compare("P10", engine, [lap for _, lap in laps], "goal: paid to mailed in 3 s", MAILED_PER_SECOND)


def _laps(billing: Billing, world: Address, count: int) -> list[tuple[Lap, Lap]]:
    seed_bulk(billing, customers=11, invoices=(count + 1) * OPEN_EVERY)
    billing.do(lambda work: work.session.execute(update(Membership).values(mail_topics=topics_text(MailTopic))))
    numbers = select(Invoice.number).where(col(Invoice.open_cents) > 0).order_by(col(Invoice.id))
    found = [number or "" for number in billing.ask(lambda work: work.session.exec(numbers).all())]
    # The first one loads the printer's fonts and opens the connections.
    return [_journey(billing, world, number) for number in found][1:]


def _journey(billing: Billing, world: Address, number: str) -> tuple[Lap, Lap]:
    started = start_payment(billing, SYSTEM, StartPayment((number,), Method.IDEAL, client_ip="192.0.2.1"))
    key = _ask(billing, select(Payment.provider_key).where(Payment.token == started.token))
    account = select(Account.version).join(Invoice, col(Invoice.account_id) == col(Account.id))
    version = account.where(Invoice.number == number)
    before, mails = _ask(billing, version), len(world.get("/mailbox.json"))
    start = time.perf_counter()
    world.post(f"/control/transactions/{key}/outcome", {"outcome": "success"})
    _wait(lambda: _ask(billing, version) != before)
    booked = time.perf_counter() - start
    _wait(lambda: any(mail["attachments"] for mail in world.get(f"/mailbox.json?after={mails}")))
    return Lap(1, booked), Lap(1, time.perf_counter() - start)


def _ask(billing: Billing, statement: Executable) -> object:
    return billing.ask(lambda work: work.session.execute(statement).scalar_one())


def _wait(has_happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not has_happened():
        if time.monotonic() > deadline:
            raise TimeoutError("the payment was not followed to its end")
        time.sleep(PAUSE_SECONDS)
