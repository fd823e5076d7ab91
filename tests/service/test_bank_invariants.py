"""Each invariant of bank lines notices the damage that it is there for, and the database refuses most of it."""

import pytest

from billing.bank.checks import QUERIES, SCANS
from tests.banking import Bank, entry
from tests.damage import broken_by
from tests.factories import Shop

# What breaks each invariant.
DAMAGE: dict[str, list[str]] = {
    "every bank line is in the journal once, for its amount": ["UPDATE bank_line SET key = 'x' WHERE id = 1"],
    "the bank balance in the journal is what the bank lines come to": [
        "UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'bank'",
    ],
    "what a statement brought is what its new lines come to": ["UPDATE bank_statement SET new_lines = new_lines + 1"],
    "what waits without a customer is what the unmatched bank lines come to": [
        "UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'unallocated'",
    ],
    "what a matched bank line paid and left over is what came in with it": [
        "UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'receivable' AND payment_id IS NOT NULL",
    ],
    "every payment straight to the bank is one bank line, for its amount": [
        "UPDATE payment SET amount_cents = amount_cents + 1",
    ],
    "the lines of a bank account lead from its first balance to its last": [
        "UPDATE bank_line SET cents = cents + 1 WHERE id = 1",
    ],
}


@pytest.fixture
def scene(shop: Shop, account: int) -> Shop:
    """A shop with a transfer that paid an invoice, and one that waits."""
    Bank(shop).tell(entry(12_100, shop.invoice(account)), entry(500, "dank"))
    return shop


def test_without_damage_every_invariant_holds(scene: Shop) -> None:
    assert scene.broken() == []


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == {*QUERIES, *SCANS}


@pytest.mark.parametrize("invariant", DAMAGE)
def test_each_kind_of_damage_is_found(scene: Shop, invariant: str) -> None:
    assert invariant in broken_by(scene, *DAMAGE[invariant])


MATCH = "line_id, purpose, rule, payment_id, source_key, matched_by_name, matched_at, undone_by_name"


@pytest.mark.parametrize("statement", [
    "UPDATE bank_line SET cents = 1",
    "DELETE FROM bank_line",
    "UPDATE bank_statement SET reason = 'x', state = 'set_aside'",
    "UPDATE bank_match SET rule = 'person'",
    "DELETE FROM bank_match",
    f"INSERT INTO bank_match ({MATCH}) SELECT line_id, 'other', 'person', NULL, 'x', 'x', matched_at, ''"
    " FROM bank_match",
    "INSERT INTO bank_line SELECT 99, statement_id, key, iban, value_on, booked_on, cents, name, other_iban, text,"
    " reference, end_to_end_id, bank_reference, return_reason, is_reversal FROM bank_line",
    "UPDATE bank_match SET undone_at = matched_at",
])  # fmt: skip
def test_the_database_refuses_what_would_change_the_past(scene: Shop, statement: str) -> None:
    assert scene.refusal(statement)
