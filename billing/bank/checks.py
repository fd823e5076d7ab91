"""The invariants of bank lines; each query lists offenders, and an empty answer means that it holds."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from sqlmodel import col, func, select

from billing.bank.tables import BankLine, Statement, StatementState
from billing.db import Work

QUERIES: dict[str, str] = {
    "every bank line is in the journal once, for its amount": """
        SELECT l.id FROM bank_line l LEFT JOIN journal_entry e ON e.source_key = 'bank:' || l.key
        LEFT JOIN (SELECT entry_id, sum(cents) AS cents FROM posting WHERE ledger_account = 'bank' GROUP BY entry_id) p
          ON p.entry_id = e.id
        WHERE coalesce(p.cents, 0) <> l.cents""",
    "the bank balance in the journal is what the bank lines come to": """
        SELECT a.cents FROM (SELECT coalesce(sum(cents), 0) AS cents FROM (
            SELECT cents FROM posting WHERE ledger_account = 'bank' UNION ALL SELECT -cents FROM bank_line) b) a
        WHERE a.cents <> 0""",
    "what a statement brought is what its new lines come to": """
        SELECT s.id FROM bank_statement s
        LEFT JOIN (SELECT statement_id, sum(cents) AS cents, count(*) AS lines FROM bank_line GROUP BY statement_id) l
          ON l.statement_id = s.id
        WHERE s.new_cents <> coalesce(l.cents, 0) OR s.new_lines <> coalesce(l.lines, 0)""",
    "what waits without a customer is what the unmatched bank lines come to": """
        SELECT a.cents FROM (SELECT coalesce(sum(cents), 0) AS cents FROM (
            SELECT cents FROM posting WHERE ledger_account = 'unallocated' AND account_id IS NULL
            UNION ALL SELECT l.cents FROM bank_line l WHERE NOT EXISTS
              (SELECT 1 FROM bank_match m WHERE m.line_id = l.id AND m.undone_at IS NULL)) b) a
        WHERE a.cents <> 0""",
    "what a matched bank line paid and left over is what came in with it": """
        SELECT m.id FROM bank_match m JOIN bank_line l ON l.id = m.line_id
        LEFT JOIN journal_entry e ON e.source_key = m.source_key
        LEFT JOIN (SELECT entry_id, payment_id, sum(cents) AS cents FROM posting
                   WHERE ledger_account IN ('receivable', 'unallocated') AND payment_id IS NOT NULL
                   GROUP BY entry_id, payment_id) p ON p.entry_id = e.id AND p.payment_id = m.payment_id
        WHERE m.purpose = 'receipt' AND coalesce(p.cents, 0) <> -l.cents""",
    "every payment straight to the bank is one bank line, for its amount": """
        SELECT p.id FROM payment p LEFT JOIN bank_match m ON m.payment_id = p.id AND m.purpose = 'receipt'
        LEFT JOIN bank_line l ON l.id = m.line_id
        WHERE (p.method = 'bank') <> (m.id IS NOT NULL) OR p.method = 'bank' AND l.cents <> p.amount_cents""",
}  # fmt: skip


def _broken_rows(work: Work) -> Iterator[str]:
    """Accounts whose statements join without a gap, while their lines don't lead from the first balance to the last."""
    booked = select(Statement).where(Statement.state == StatementState.BOOKED.value)
    by_iban: dict[str, list[Statement]] = {}
    for row in work.session.exec(booked.order_by(col(Statement.closed_on), col(Statement.id))):
        by_iban.setdefault(row.iban, []).append(row)
    for iban, rows in by_iban.items():
        if all(one.closing_cents == next_.opening_cents for one, next_ in pairwise(rows)):
            sums = select(func.coalesce(func.sum(col(BankLine.cents)), 0)).where(BankLine.iban == iban)
            if (rows[0].opening_cents or 0) + int(work.session.exec(sums).one()) != rows[-1].closing_cents:
                yield iban


SCANS: dict[str, Callable[[Work], Iterable[str]]] = {
    "the lines of a bank account lead from its first balance to its last": _broken_rows,
}
