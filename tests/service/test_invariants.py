"""`run_checks` finds every kind of damage; here it is done by hand, after the triggers are taken away."""

from datetime import date

import pytest

from billing import audit
from billing.access import SYSTEM, Actor
from billing.credits import choices
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.db import Database
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import CarryForward, CarryState
from billing.ledger.checks import QUERIES, SCANS
from billing.ports import Outcome
from tests.changing import change
from tests.damage import broken_by
from tests.factories import SELLER, Shop
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
    "what an invoice asks for of earlier ones is what was carried forward to it": [
        "UPDATE carry_forward SET into_invoice_id = 1 WHERE into_invoice_id IS NOT NULL",
    ],
    "a rest that was carried forward is missed on its invoice, once": [
        "UPDATE invoice SET carried_cents = 1 WHERE carried_cents > 0",
    ],
    "what waits for the next invoice is its balance": ["UPDATE carry_forward SET cents = 1 WHERE state = 'waiting'"],
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
    "the VAT of an invoice is computed per rate, over the lines of that rate": [
        "UPDATE invoice_line SET vat_rate = '9' WHERE invoice_id = 1",
    ],
    "what is reverse-charged goes from one VAT number to another, and every line of it is at 0 %": [
        "UPDATE invoice SET vat_treatment = 'reverse_charge', vat_cents = 0, total_cents = net_cents, open_cents = 0",
    ],
    "a credit note is taxed as its invoice": [
        "UPDATE credit_note SET vat_treatment = 'reverse_charge', vat_cents = 0, net_cents = total_cents",
    ],
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
        "UPDATE credit_lot SET left_cents = original_cents WHERE left_cents = 0",
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
    "every stopped service has a stop order that two people agreed on and a person carried out": [
        "UPDATE service SET state = 'stopped'",
    ],
    "no domain is ever stopped": ["UPDATE product SET kind = 'domain'", "UPDATE service SET state = 'stopped'"],
    "a stop order runs only while its account has something to pay": [
        "INSERT INTO stop_order (account_id, service_id, state, requested_by, requested_at, withdrawn_because,"
        " snapshot, feeds_fresh, nothing_in_flight, no_unmatched_money, notices_delivered, credit_insufficient,"
        " nothing_disputed, ladder_finished, above_floor) SELECT account_id, id, 'proposed', 1, CURRENT_TIMESTAMP, '',"
        " '{}', 1 = 1, 1 = 1, 1 = 1, 1 = 1, 1 = 1, 1 = 1, 1 = 1, 1 = 1 FROM service",
        "UPDATE invoice SET open_cents = 0",
    ],
    "a period of a domain that was renewed was told to the hosting panel": [
        "INSERT INTO domain_renewal (account_id, service_id, period_start, period_end, state, open_cents,"
        " ceiling_cents, seen_at, told_at) SELECT account_id, id, '2027-01-01', '2027-12-31', 'told', 0, 0,"
        " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM service",
    ],
    "the sums of an invoice run are those of its invoices": ["UPDATE invoice_run SET vat_cents = vat_cents + 1"],
    "a line of a service follows from its explanation": ["UPDATE price_version SET unit_price = '10.01'"],
    "the audit log's chains are whole": ["UPDATE audit_event SET actor = 'somebody else' WHERE sequence = 2"],
}  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Shop:
    """A company that doesn't ask for less than a euro."""
    return Shop(database, floor_cents=100)


@pytest.fixture
def scene(shop: Shop, account: int, owner: Actor) -> Shop:
    """A shop with some of everything: paid, sent back, credited, open, an attempt in progress, an upgraded service,
    and small rests, one of which has come to the next invoice."""
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
    for rest_cents in (10, 5):
        leave_small_rest(shop, account, rest_cents)
    return shop


def leave_small_rest(shop: Shop, account_id: int, cents: int) -> None:
    """An invoice that credits settle but for so little."""
    waiting = sum(carry.cents for carry in shop.all(CarryForward, state=CarryState.WAITING.value))
    gift = GiveCredits(account_id, 12_100 + waiting - cents - shop.ask(credits.balance_cents, account_id), "Storing")
    shop.do(credits.give_credits, SYSTEM, gift)
    shop.do(credits.issue_and_settle, SYSTEM, IssueInvoice(shop.draft(account_id), SELLER))


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


REVERSED = "what is reverse-charged goes from one VAT number to another, and every line of it is at 0 %"
PER_RATE = "the VAT of an invoice is computed per rate, over the lines of that rate"
EXPLAINED = "a line of a service follows from its explanation"


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ("UPDATE invoice_line SET vat_rate = '21'", {REVERSED, PER_RATE, EXPLAINED}),
        ("UPDATE invoice_vat SET vat_rate = '21'", {PER_RATE}),
        ("UPDATE invoice SET vat_treatment = 'domestic'", {EXPLAINED}),
        ("""UPDATE invoice SET buyer = '{"vat_number": ""}'""", {REVERSED}),
        ("""UPDATE invoice SET buyer = '{}'""", {REVERSED}),
        ("""UPDATE invoice SET seller = '{"vat_number": ""}'""", {REVERSED}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_reverse_charge_is_found(
    shop: Shop, belgian: int, damage: str, broken: set[str]
) -> None:  # fmt: skip
    service(shop, belgian, date(2026, 3, 6))
    run(shop)
    assert shop.broken() == []
    assert broken <= set(broken_by(shop, damage))


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
