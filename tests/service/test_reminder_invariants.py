"""Each invariant of the reminders notices the damage that it is there for."""

import pytest

from billing.reminders.checks import QUERIES, SCANS
from tests.factories import Shop
from tests.reminding import STEP, Desk
from tests.service.test_invariants import broken_by

# What breaks each invariant.
DAMAGE: dict[str, list[str]] = {
    "no account gets two reminders on a day": [
        "DROP INDEX uq_reminder_step_mail_a_day",
        f"INSERT INTO reminder_step (kind, {STEP}) SELECT 'second', {STEP} FROM reminder_step",
    ],
    "no rung of the reminders is left out": ["UPDATE reminder_step SET kind = 'formal'"],
    "a customer who was left in peace got no reminder": [
        "INSERT INTO account_hold (account_id, kind, why, said, placed_by, placed_at, released_by) "
        "SELECT account_id, 'dispute', '', '{}', 'x', '2026-03-01 09:00:00', '' FROM reminder_step",
    ],
    "no reminder was decided after its case was closed": ["UPDATE reminder_case SET closed_at = '2026-03-01 09:00:00'"],
    "no reminder went past a closed gate, or asked for what was not open": [
        "UPDATE reminder_step SET open_cents = open_cents - 1",
    ],
}


@pytest.fixture
def scene(shop: Shop) -> Shop:
    """A shop with a customer who has just been reminded."""
    Desk(shop).late_customers(1, days=5)
    Desk(shop).hold_mails()
    return shop


def test_a_reminder_without_damage_holds_every_invariant(scene: Shop) -> None:
    assert scene.broken() == []


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == {*QUERIES, *SCANS}


@pytest.mark.parametrize("invariant", DAMAGE)
def test_each_kind_of_damage_is_found(scene: Shop, invariant: str) -> None:
    assert invariant in broken_by(scene, *DAMAGE[invariant])


@pytest.mark.parametrize("gate", range(8))
def test_a_step_that_went_past_any_closed_gate_is_found(scene: Shop, gate: int) -> None:
    if scene.database.url.startswith("postgresql"):
        path = f"gates = jsonb_set(gates::jsonb, '{{{gate},open}}', 'false')::json"
    else:
        path = f"gates = json_set(gates, '$[{gate}].open', json('false'))"
    [broken] = broken_by(scene, f"UPDATE reminder_step SET {path}")
    assert broken == "no reminder went past a closed gate, or asked for what was not open"
