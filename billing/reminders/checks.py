"""The invariants of reminders: questions to the database whose right answer is always nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from billing.db import Work
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.reminders.gates import Gate
from billing.reminders.tables import AccountHold, ReminderStep

GATES = [gate.value for gate in Gate]
ONE_MINUTE = timedelta(minutes=1)

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "no account gets two reminders on a day": """
        SELECT account_id, decided_on FROM reminder_step
        WHERE result IN ('asked', 'done') AND kind IN ('friendly', 'first', 'second', 'formal')
        GROUP BY account_id, decided_on HAVING count(*) > 1""",
    "no rung of the reminders is left out": """
        SELECT s.id FROM reminder_step s
        JOIN (SELECT 'second' AS kind, 'first' AS below UNION ALL SELECT 'formal', 'second'
              UNION ALL SELECT 'call', 'formal' UNION ALL SELECT 'proposal', 'call') l ON l.kind = s.kind
        LEFT JOIN reminder_step b ON b.case_id = s.case_id AND b.invoice_id = s.invoice_id AND b.kind = l.below
          AND b.result IN ('asked', 'done') AND b.decided_on < s.decided_on
        WHERE s.result IN ('asked', 'done') AND b.id IS NULL""",
    "no reminder was decided after its case was closed": """
        SELECT s.case_id FROM reminder_step s JOIN reminder_case c ON c.id = s.case_id
        WHERE c.closed_at IS NOT NULL AND s.decided_at > c.closed_at""",
}  # fmt: skip


def _rash_reminders(work: Work) -> Iterator[str]:
    """Steps that were taken past a closed gate, or that asked for what the journal says was not open then."""
    steps = select(ReminderStep).where(col(ReminderStep.result).in_(["asked", "done"]))
    for step in work.session.exec(steps.order_by(col(ReminderStep.id))):
        opened = [gate["gate"] for gate in step.gates if gate["open"]]
        asked = {listed["id"]: listed["open_cents"] for listed in step.invoices}
        was_open = _open_then(work, step.decided_at, list(asked))
        is_true = all(cents > 0 and cents in was_open[invoice_id] for invoice_id, cents in asked.items())
        if opened != GATES or not is_true or sum(asked.values()) != step.open_cents:
            yield str(step.id)


def _open_then(work: Work, moment: datetime, invoice_ids: Sequence[int]) -> dict[int, set[int]]:
    """What may have been open of invoices at a moment. Who books reads the clock before waiting for a lock, so of the
    last minute nobody can say what was there already."""
    statement = (
        select(Posting.invoice_id, Posting.cents, JournalEntry.booked_at)
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .where(col(Posting.invoice_id).in_(invoice_ids), Posting.ledger_account == LedgerAccount.RECEIVABLE.value,
               col(JournalEntry.booked_at) <= moment)
        .order_by(col(JournalEntry.booked_at), col(Posting.id))
    )  # fmt: skip
    found: dict[int, list[int]] = {invoice_id: [0] for invoice_id in invoice_ids}
    for invoice_id, cents, booked_at in work.session.exec(statement):
        sums = found[invoice_id or 0]
        sums[:] = [*(sums if booked_at > moment - ONE_MINUTE else ()), sums[-1] + cents]
    return {invoice_id: set(sums) for invoice_id, sums in found.items()}


def _disturbed(work: Work) -> Iterator[str]:
    """Steps that were taken while the account was on hold, for longer than who waited for a lock may not have known."""
    statement = (
        select(ReminderStep, AccountHold)
        .join(AccountHold, col(AccountHold.account_id) == col(ReminderStep.account_id))
        .where(col(ReminderStep.result).in_(["asked", "done"]))
    )
    for step, hold in work.session.exec(statement):
        is_placed = hold.placed_at <= step.decided_at - ONE_MINUTE
        is_over = hold.until is not None and hold.until < step.decided_on
        is_released = hold.released_at is not None and hold.released_at <= step.decided_at + ONE_MINUTE
        if is_placed and not is_over and not is_released:
            yield str(step.id)


SCANS: dict[str, Callable[[Work], Iterable[str]]] = {
    "no reminder went past a closed gate, or asked for what was not open": _rash_reminders,
    "a customer who was left in peace got no reminder": _disturbed,
}
