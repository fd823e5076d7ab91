"""`run_checks` finds every kind of damage; here it is done by hand, after the triggers are taken away."""

from datetime import date

import pytest
from sqlalchemy import inspect, text

from billing import audit
from billing.access import SYSTEM, Actor
from billing.credits import choices
from billing.ledger.checks import QUERIES, SCANS
from billing.ports import Outcome
from tests.changing import change
from tests.factories import Shop
from tests.renewals import product, run, service

# What breaks each invariant.
DAMAGE: dict[str, list[str]] = {
    "every journal entry balances": ["UPDATE posting SET cents = cents + 1 WHERE ledger_account = 'vat'"],
    "every journal entry has postings": [
        "INSERT INTO journal_entry (kind, source_key, occurred_on, booked_at)"
        " SELECT 'invoice_issued', 'x', occurred_on, booked_at FROM journal_entry LIMIT 1",
    ],
    "every issued invoice is booked once for its total": [
        "UPDATE journal_entry SET source_key = 'invoice:4711' WHERE source_key = 'invoice:1'",
    ],
    "what is open on an invoice is its receivable balance, and never below zero": [
        "UPDATE invoice SET open_cents = 1 WHERE open_cents = 0",
    ],
    "an invoice has the day it was settled on exactly when nothing is open": [
        "UPDATE invoice SET settled_on = NULL WHERE open_cents = 0",
    ],
    "the credits an invoice says it was settled with are those of the journal": [
        "UPDATE invoice SET credits_cents = credits_cents + 1",
    ],
    "money of an account stays with that account": ["UPDATE posting SET account_id = NULL"],
    "every credit note is booked once, as it is split": [
        "UPDATE journal_entry SET source_key = 'credit_note:4711' WHERE source_key = 'credit_note:1'",
    ],
    "lines and VAT add up to the invoice": ["UPDATE invoice_line SET net_cents = net_cents + 1"],
    "invoice numbers run from 1 without a gap or repeat": ["UPDATE invoice SET sequence = 9 WHERE sequence = 1"],
    "credit note numbers run from 1 without a gap or repeat": ["UPDATE credit_note SET sequence = 9"],
    "credit notes never exceed their invoice": ["UPDATE invoice SET credited_cents = credited_cents + 1"],
    "credit notes never exceed a line of their invoice": ["UPDATE credit_note_line SET net_cents = 10001"],
    "credit notes never exceed a VAT rate of their invoice, and its whole base takes its whole VAT": [
        "UPDATE credit_note_vat SET vat_cents = 2101",
    ],
    "lines and VAT add up to the credit note": ["UPDATE credit_note_line SET net_cents = net_cents - 1"],
    "what is set apart to go back is what the payouts under way come to": [
        "UPDATE payout SET amount_cents = amount_cents - 1",
    ],
    "every payout that was made is in the journal, once": ["UPDATE payout SET state = 'succeeded'"],
    "every payout that was sent and has not ended will be asked about": ["UPDATE payout SET sent_at = created_at"],
    "no more goes back through a payment than came in with it": [
        "UPDATE posting SET cents = -cents WHERE ledger_account = 'gateway_clearing'",
    ],
    "what is left of a credit lot is its balance, and never below zero": [
        "UPDATE credit_lot SET left_cents = left_cents - 1",
    ],
    "every booked gateway transaction is in the journal, for its amount": [
        "UPDATE gateway_record SET amount_cents = amount_cents + 1",
    ],
    "every gateway entry in the journal belongs to a known transaction": ["DELETE FROM gateway_record"],
    "no more unallocated money is given back than came in": [
        "UPDATE posting SET cents = -cents WHERE ledger_account = 'unallocated'",
    ],
    "a payment's shares add up to its amount": ["UPDATE payment SET amount_cents = amount_cents + 1"],
    "only an attempt in progress collects": ["UPDATE payment SET state = 'failed' WHERE state = 'awaiting'"],
    "a succeeded attempt has been booked": ["UPDATE payment SET state = 'succeeded' WHERE state = 'awaiting'"],
    "every attempt in progress will be asked about": ["UPDATE payment SET next_check_at = NULL"],
    "no day of a service is invoiced twice": ["UPDATE invoice_line SET period_end = '2026-04-06'"],
    "a service that goes on is invoiced through the end of its last period": [
        "UPDATE service SET paid_through = '2026-05-05'",
    ],
    "a confirmed preview has its credit notes and its invoice, and equals them to the cent": [
        "UPDATE change_preview SET charged_cents = charged_cents + 1",
    ],
    "a prepaid part is never worth more than its invoice line": ["UPDATE prepaid_part SET net_cents = net_cents + 1"],
    "a preview is what it was when it was shown": ["UPDATE change_preview SET hash = 'x'"],
    "the sums of an invoice run are those of its invoices": ["UPDATE invoice_run SET vat_cents = vat_cents + 1"],
    "a line of a service follows from its explanation": ["UPDATE price_version SET unit_price = '10.01'"],
    "the audit log's chains are whole": ["UPDATE audit_event SET actor = 'somebody else' WHERE sequence = 2"],
}  # fmt: skip


@pytest.fixture
def scene(shop: Shop, account: int, owner: Actor) -> Shop:
    """A shop with some of everything: paid, sent back, credited, open, an attempt in progress, an upgraded service."""
    started = service(shop, account, date(2026, 2, 6))
    run(shop)
    change(shop, owner, account, started, date(2026, 3, 6), product(shop, "10.01"))
    paid = shop.invoice(account)
    key = shop.start_key(owner, paid)
    shop.succeed(key, amount_cents=12_600)
    shop.credit(paid, 1_000)
    shop.do(choices.send_back, shop.proven(owner), account, shop.payment_of(key).id or 0)
    shop.succeed(shop.start_key(owner, shop.invoice(account)), amount_cents=12_600)
    shop.start(owner, shop.invoice(account))
    return shop


def broken_by(shop: Shop, *damage: str) -> list[str]:
    """The invariants that damage breaks which no trigger prevents; nothing of it is kept."""
    if shop.database.url.startswith("postgresql"):
        tables = inspect(shop.database.engine).get_table_names()
        unguarded = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    else:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        unguarded = [f"DROP TRIGGER {name}" for name in shop.ask(lambda work: work.session.scalars(triggers).all())]
    return shop.broken_after(*unguarded, *damage)


def test_a_shop_without_damage_holds_every_invariant(scene: Shop) -> None:
    assert scene.broken() == []


def test_every_invariant_has_its_damage_here() -> None:
    assert set(DAMAGE) == {*QUERIES, *SCANS}


def test_each_kind_of_damage_is_found(scene: Shop) -> None:
    missed = [invariant for invariant, damage in DAMAGE.items() if invariant not in broken_by(scene, *damage)]
    assert missed == []


def test_a_finding_names_at_most_five_offenders(shop: Shop, account: int) -> None:
    for _ in range(6):
        shop.draft(account)
    shop.sql("UPDATE invoice SET net_cents = net_cents + 1, vat_cents = vat_cents - 1")
    [finding] = [finding for finding in shop.findings() if not finding.holds]
    assert len(finding.offenders) == 5


# The audit log


def record(shop: Shop, *actions: str) -> None:
    for action in actions:
        shop.do(audit.record, SYSTEM, action, chain="account:1", subject="é", cents=100)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_event SET actor = 'somebody else' WHERE action = 'second'",
        "UPDATE audit_event SET facts = '{\"cents\": 101}' WHERE action = 'second'",
        "UPDATE audit_event SET at = '2020-01-01' WHERE action = 'second'",
        "UPDATE audit_event SET subject = 'e' WHERE action = 'second'",
        "UPDATE audit_event SET user_id = 1 WHERE action = 'second'",
        "UPDATE audit_event SET chain = 'account:2' WHERE action = 'second'",
        "DELETE FROM audit_event WHERE action = 'second'",
        "DELETE FROM audit_event WHERE action = 'first'",
    ],
)
def test_a_chain_of_acts_breaks_where_somebody_changed_it(shop: Shop, tampering: str) -> None:
    record(shop, "first", "second", "third")
    assert broken_by(shop, tampering) == ["the audit log's chains are whole"]


def test_each_act_carries_the_hash_of_the_one_before(shop: Shop) -> None:
    record(shop, "first", "second")
    first, second = shop.audit()
    assert (first.previous_hash, second.previous_hash) == (audit.GENESIS, first.hash)
    assert [first.sequence, second.sequence] == [1, 2]


def test_each_account_has_a_chain_of_its_own(shop: Shop, account: int) -> None:
    shop.customer()
    assert [(event.chain, event.sequence) for event in shop.audit()] == [("account:1", 1), ("account:2", 1)]


def test_a_pending_attempt_breaks_nothing(scene: Shop) -> None:
    [key] = [key for key, known in scene.gateway.known.items() if known.outcome is Outcome.AWAITING_CUSTOMER]
    scene.gateway.change(key, Outcome.PENDING)
    scene.hear(key)
    assert scene.broken() == []
