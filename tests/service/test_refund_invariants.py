"""Each invariant of money that goes back by bank notices its damage, and the database refuses most of it."""

import pytest

from billing.access import Actor
from billing.bank.refunds.checks import QUERIES
from tests.banking import Bank
from tests.damage import broken_by
from tests.factories import Shop
from tests.refunding import Refunding

DAMAGE: dict[str, list[str]] = {
    "only money that came by bank goes back by bank": ["UPDATE payment SET method = 'ideal'"],
    "a file of transfers comes to what is in it": ["UPDATE transfer_file SET cents = cents + 1"],
    "a file of transfers that was handed out was approved by enough different people": [
        "DELETE FROM transfer_approval",
    ],
    "a transfer that went back is one bank line, for its amount": ["UPDATE bank_transfer SET match_id = NULL"],
}


@pytest.fixture
def scene(shop: Shop, account: int, owner: Actor, first: Actor) -> Shop:
    """A shop that sent money back by bank, and saw it leave."""
    refunding = Refunding(shop, Bank(shop), account, owner)
    refunding.sent(first)
    refunding.leaves()
    return shop


def test_without_damage_every_invariant_holds(scene: Shop) -> None:
    assert scene.broken() == []


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == set(QUERIES)


@pytest.mark.parametrize("invariant", DAMAGE)
def test_each_kind_of_damage_is_found(scene: Shop, invariant: str) -> None:
    assert invariant in broken_by(scene, *DAMAGE[invariant])


COLUMNS = "message_id, cents, transfers, approvals_needed, sha256, content, made_by, made_by_name, made_at"


@pytest.mark.parametrize("statement", [
    "UPDATE transfer_file SET content = 'x'",
    "UPDATE transfer_file SET handed_out_at = NULL",
    "DELETE FROM transfer_file",
    "UPDATE transfer_approval SET user_id = 1",
    "DELETE FROM transfer_approval",
    "UPDATE bank_transfer SET iban = 'x'",
    "DELETE FROM bank_transfer",
    f"INSERT INTO transfer_file ({COLUMNS}) SELECT 'x', 0, 1, 1, '', content, made_by, '', made_at FROM transfer_file",
    f"INSERT INTO transfer_file ({COLUMNS}) SELECT 'x', 1, 1, 3, '', content, made_by, '', made_at FROM transfer_file",
    f"INSERT INTO transfer_file ({COLUMNS}) SELECT message_id, 1, 1, 1, '', content, made_by, '', made_at "
    "FROM transfer_file",
])  # fmt: skip
def test_the_database_refuses_what_must_not_be(scene: Shop, statement: str) -> None:
    assert scene.refusal(statement)


def test_the_database_hands_nothing_out_that_too_few_people_approved(
    shop: Shop, account: int, owner: Actor, first: Actor
) -> None:
    refunding = Refunding(shop, Bank(shop), account, owner)
    refunding.ask_back(refunding.overpay())
    refunding.prepare(first)
    assert "not approved" in shop.refusal("UPDATE transfer_file SET handed_out_at = made_at")
