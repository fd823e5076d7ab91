"""The invariants of mandates and collections, for `billing.ledger.checks`."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cryptography.fernet import InvalidToken
from sqlmodel import col, select

from billing.clock import local_day
from billing.db import Work
from billing.mandates.rules import masked
from billing.mandates.tables import Collection, Mandate
from billing.vault import Vault
from billing.workdays import ONE_DAY, is_bank_day

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "at most one attempt collects for an invoice": """
        SELECT invoice_id FROM payment_share WHERE collecting GROUP BY invoice_id HAVING count(*) > 1""",
    "every direct debit was planned, for its invoice and for no more than was announced": """
        SELECT p.id FROM payment p JOIN payment_share s ON s.payment_id = p.id
        LEFT JOIN collection c ON c.payment_id = p.id AND c.invoice_id = s.invoice_id AND c.account_id = p.account_id
        WHERE p.method = 'direct_debit' AND (c.id IS NULL OR p.amount_cents > c.announced_cents)""",
    "nothing is submitted by a mandate after it ended, before it was given, or in its first hours": """
        SELECT c.id FROM collection c JOIN mandate m ON m.id = c.mandate_id
        WHERE c.submitted_at IS NOT NULL AND (m.given_at IS NULL OR c.submitted_at < m.debits_from
              OR c.submitted_at > m.ended_at)""",
    "nothing is planned by a mandate that is not active": """
        SELECT c.id FROM collection c JOIN mandate m ON m.id = c.mandate_id
        WHERE c.state IN ('planned', 'announced') AND m.state <> 'active'""",
    "every pending debit will be asked about": """
        SELECT id FROM payment WHERE method = 'direct_debit'
        AND state IN ('created', 'awaiting', 'pending', 'unknown') AND next_check_at IS NULL""",
    "a collection that succeeded was booked, and so was what came back": """
        SELECT c.id FROM collection c
        WHERE c.state = 'collected' AND NOT EXISTS (
                SELECT 1 FROM gateway_record g WHERE g.payment_id = c.payment_id AND g.kind = 'payment'
                AND g.verdict = 'booked')
           OR c.state = 'returned' AND NOT EXISTS (
                SELECT 1 FROM gateway_record g WHERE g.payment_id = c.payment_id
                AND g.kind IN ('reversal', 'chargeback') AND g.verdict = 'booked')""",
    "what was asked back was given up, or brought money all the same": """
        SELECT c.id FROM collection c JOIN payment p ON p.id = c.payment_id
        WHERE c.state = 'recalled' AND p.state NOT IN ('cancelled', 'succeeded', 'parked')""",
    "no collection exceeds the maximum of its mandate": """
        SELECT c.id FROM collection c JOIN mandate m ON m.id = c.mandate_id JOIN payment p ON p.id = c.payment_id
        WHERE p.amount_cents > m.maximum_cents""",
}


def scans(vault: Vault) -> dict[str, Callable[[Work], Iterable[str]]]:
    """The invariants that no query can tell: each lists offenders."""
    return {
        "every customer was told of a debit for at least the agreed days": told_too_late,
        "every debit is on a day on which banks settle": on_no_bank_day,
        "every account in a mandate can be read, and is the one that is shown": partial(
            unreadable_accounts, vault=vault
        ),
    }


def told_too_late(work: Work) -> Iterator[str]:
    """Collections of which the customer knew for less than the agreed days."""
    announced = select(Collection).where(col(Collection.announced_at).is_not(None))
    for collection in work.session.exec(announced.execution_options(yield_per=1_000)):
        told_on = local_day(collection.announced_at or work.now)
        if told_on + collection.notice_days * ONE_DAY > collection.collect_on:
            yield str(collection.id)


def on_no_bank_day(work: Work) -> Iterator[str]:
    """Collections on a day on which no bank settles."""
    for collection in work.session.exec(select(Collection).execution_options(yield_per=1_000)):
        if not is_bank_day(collection.collect_on):
            yield str(collection.id)


def unreadable_accounts(work: Work, vault: Vault) -> Iterator[str]:
    """Mandates whose account, or proof, can't be read any more, or is not the one that is shown."""
    for mandate in work.session.exec(select(Mandate).where(Mandate.iban_secret != "")):
        try:
            same = masked(vault.decrypt(mandate.iban_secret)) == mandate.iban_mask
            readable = not mandate.evidence_secret or bool(vault.decrypt(mandate.evidence_secret))
        except InvalidToken:
            same = readable = False
        if not (same and readable):
            yield str(mandate.id)
