"""The promise: processes may be killed at any moment, and every payment still ends right, once, with one mail."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults import books, verdict
from tests.faults.customers import crowd_of, open_invoices
from tests.faults.processes import Installation, eventually
from tests.faults.reaper import Reaper

# While the customers come in, deaths at any moment, and deaths of workers just when a mail went out; the last ones
# strike while banks change their mind.
ROUNDS, MAIL_ROUNDS, LATE_ROUNDS = 13, 5, 2
LATE_SUCCESSES = 6
# What a dead process had taken is free after half a minute, and a payment nobody heard of is asked about after one.
SETTLING_SECONDS = 240


@pytest.mark.timeout(540)
def test_200_payments_of_one_customer_end_right_on_sqlite(tmp_path: Path, sqlite_url: str):
    with Installation(tmp_path, sqlite_url) as installation:
        _play(installation, workers=["worker"], customers=1, invoices_each=200, chance=random.Random(1))


@pytest.mark.timeout(420)
def test_60_payments_of_20_customers_end_right_with_two_workers_on_postgresql(tmp_path: Path, postgresql_url: str):
    with Installation(tmp_path, postgresql_url) as installation:
        _play(installation, workers=["worker", "worker-2"], customers=20, invoices_each=3, chance=random.Random(2))


def _play(
    installation: Installation, *, workers: list[str], customers: int, invoices_each: int, chance: random.Random
) -> None:
    seller = installation.billing.policy.seller
    numbers = installation.billing.do(
        open_invoices, customers=customers, each=invoices_each, seller=seller, mails=False
    )
    installation.start("sandbox", "web", *workers)
    installation.wait_until_up("sandbox", "web", *workers)
    killed = _kill_while_they_pay(installation, workers, numbers, chance)
    installation.wait_until_up("web", *workers)
    # The gateway repeats what it could not deliver; what it lost for good is for us to ask about.
    installation.control("clock", advance="10m")
    eventually(
        lambda: verdict.is_settled(installation), seconds=SETTLING_SECONDS, pause=0.5,
        otherwise=lambda: verdict.what_is_open(installation),
    )  # fmt: skip
    assert [installation.stop(worker) for worker in workers] == [0] * len(workers)
    print(f"killed: {dict(Counter(killed))}")
    assert list(verdict.wrong_money(installation, set(numbers))) == []
    assert list(verdict.wrong_mails(installation, set(numbers))) == []
    assert list(verdict.changed_by_replay(installation)) == []


def _kill_while_they_pay(
    installation: Installation, workers: list[str], numbers: dict[str, int], chance: random.Random
) -> list[str]:
    reaper = Reaper(installation, [*workers, "web"], chance)
    crowd = crowd_of(installation, numbers, chance)
    batch = len(numbers) // (ROUNDS + MAIL_ROUNDS)
    try:
        for _ in range(ROUNDS):
            crowd.let_in(batch)
            reaper.spoil_messages()
            reaper.strike()
        reaper.spare_messages()
        for _ in range(MAIL_ROUNDS):
            crowd.let_in(batch)
            reaper.strike_at_a_mail(chance.choice(workers))
        crowd.wait()
    finally:
        crowd.send_home()
    _succeed_late(installation, chance)
    for _ in range(LATE_ROUNDS):
        reaper.strike()
    return reaper.killed


def _succeed_late(installation: Installation, chance: random.Random) -> None:
    """Banks that said no, and pages that no customer ever saw, succeed after all: paid twice."""
    not_paid = [t["Key"] for t in books.gateway_transactions(installation) if books.code(t) != books.SUCCEEDED]
    late = chance.sample(not_paid, min(LATE_SUCCESSES, len(not_paid)))
    assert installation.control("outcomes", outcome="success", keys=late) == {"done": len(late)}
