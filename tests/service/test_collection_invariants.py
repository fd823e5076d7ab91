"""`voldaan check` finds every kind of damage to mandates and collections; here it is done by hand."""

import pytest

from billing.access import Actor
from billing.mandates import checks
from billing.vault import Vault
from tests.damage import broken_by
from tests.factories import ENCRYPTION_KEY, Shop
from tests.fakes.collecting import collect, fail, sign, storno, submit, work

# What breaks each invariant.
DAMAGE: dict[str, list[str]] = {
    "at most one attempt collects for an invoice": [
        "DROP INDEX uq_payment_share_collecting",
        "INSERT INTO payment_share (payment_id, invoice_id, cents, collecting)"
        " SELECT (SELECT min(id) FROM payment WHERE state = 'failed'), invoice_id, cents, collecting"
        " FROM payment_share WHERE collecting",
    ],
    "every direct debit was planned, for its invoice and for no more than was announced": [
        "UPDATE collection SET announced_cents = announced_cents - 1",
    ],
    "nothing is submitted by a mandate after it ended, before it was given, or in its first hours": [
        "UPDATE mandate SET debits_from = '2099-01-01 00:00:00+00'",
    ],
    "nothing is planned by a mandate that is not active": ["UPDATE mandate SET state = 'paused'"],
    "every pending debit will be asked about": ["UPDATE payment SET next_check_at = NULL"],
    "a collection that succeeded was booked, and so was what came back": [
        "UPDATE gateway_record SET kind = 'refund' WHERE kind = 'reversal'",
    ],
    "what was asked back was given up, or brought money all the same": [
        "UPDATE collection SET state = 'recalled', recalled_at = changed_at WHERE state = 'submitted'",
    ],
    "no collection exceeds the maximum of its mandate": ["UPDATE mandate SET maximum_cents = 1"],
    "every customer was told of a debit for at least the agreed days": ["UPDATE collection SET notice_days = 60"],
    "every debit is on a day on which banks settle": ["UPDATE collection SET collect_on = '2026-12-25'"],
    "every account in a mandate can be read, and is the one that is shown": [
        "UPDATE mandate SET iban_mask = 'NL•• •••• 0000'",
    ],
}


@pytest.fixture
def scene(shop: Shop, owner: Actor, account: int) -> Shop:
    """One collection of each end, and two that are under way."""
    sign(shop, owner, account)
    back = collect(shop, account)
    fail(shop, submit(shop, account).key, "RC01")
    storno(shop, back.key, "AM05")
    submit(shop, account)
    shop.invoice(account)
    work(shop)
    assert shop.broken() == []
    return shop


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == {*checks.QUERIES, *checks.scans(Vault([ENCRYPTION_KEY]))}


def test_each_kind_of_damage_is_found(scene: Shop) -> None:
    missed = [invariant for invariant, damage in DAMAGE.items() if invariant not in broken_by(scene, *damage)]
    assert missed == []


def test_an_account_that_no_key_fits_is_found(scene: Shop) -> None:
    other = Vault(["another encryption key of more than 32 characters"])
    assert scene.ask(lambda work: list(checks.unreadable_accounts(work, other))) == ["1"]
