"""Each invariant of the gateway's payouts notices the damage that it is there for; the database refuses most of it."""

import pytest

from billing.access import Actor
from billing.clearing.checks import QUERIES
from tests.banking import Bank
from tests.clearing import FEE_CENTS, Gateway, arrives, identity
from tests.damage import broken_by
from tests.factories import Shop

DAMAGE: dict[str, list[str]] = {
    "what is with the gateway is what it collected, less its fees and what it paid out": [
        "UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'gateway_clearing' AND payment_id IS NULL",
    ],
    "every fee of the gateway is in the journal once, for its amount": [
        "UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'gateway_fees'",
    ],
    "a payout of the gateway arrived at the bank for its amount": [
        "UPDATE gateway_line SET cents = cents - 1 WHERE kind = 'payout'",
    ],
    "what a report of the gateway brought is how many lines it has": [
        "UPDATE gateway_report SET new_lines = new_lines + 1",
    ],
}


@pytest.fixture
def scene(shop: Shop, account: int, owner: Actor) -> Shop:
    """A shop with a payment that was paid out, and arrived."""
    gateway = Gateway(shop)
    gateway.day(shop.pay(owner, shop.invoice(account)), payout=identity(7))
    arrives(Bank(shop), 12_100 - FEE_CENTS, f"xid.: {identity(7)}")
    gateway.look()
    return shop


def test_without_damage_every_invariant_holds(scene: Shop) -> None:
    assert scene.broken() == []


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == set(QUERIES)


@pytest.mark.parametrize("invariant", DAMAGE)
def test_each_kind_of_damage_is_found(scene: Shop, invariant: str) -> None:
    assert invariant in broken_by(scene, *DAMAGE[invariant])


@pytest.mark.parametrize("statement", [
    "UPDATE gateway_report SET new_lines = 9",
    "DELETE FROM gateway_report",
    "UPDATE gateway_line SET cents = -1",
    "DELETE FROM gateway_line",
    "UPDATE gateway_line SET bank_line_id = NULL WHERE kind = 'payout'",
    "INSERT INTO gateway_line (report_id, key, kind, cents, told_on, text, bank_line_id) "
    "SELECT report_id, 'x', 'fee', -1, told_on, '', 1 FROM gateway_line WHERE kind = 'fee'",
    "INSERT INTO gateway_line (report_id, key, kind, cents, told_on, text) "
    "SELECT report_id, key, kind, cents, told_on, '' FROM gateway_line",
])  # fmt: skip
def test_the_database_refuses_what_must_not_be(scene: Shop, statement: str) -> None:
    assert scene.refusal(statement)
