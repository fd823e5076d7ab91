"""What became of an import, in words for employees and as plain values."""

from dataclasses import asdict
from typing import Any

from billing import documents
from billing.bank.service import Imported

REASONS = {
    "unreadable_line": "a line can't be read",
    "unreadable_amount": "an amount makes no sense",
    "unreadable_date": "a date makes no sense",
    "unreadable_direction": "a line goes neither in nor out",
    "foreign_account": "this is no account of ours",
    "currency": "it is not in euros",
    "no_balance": "a balance is missing, so the file may be cut off",
    "unbalanced": "the lines do not lead from the first balance to the last",
    "overlaps": "it tells days again that are booked, and it is not certain which of its lines are new",
}


def as_lines(imported: Imported) -> list[str]:
    """A statement in a few lines of text."""
    head = f"{imported.iban} {imported.statement_id} to {imported.closed_on or 'an unknown day'}"
    if imported.reason:
        return [f"{head}: SET ASIDE, {REASONS[imported.reason]}; nothing of it is booked"]
    if imported.known:
        return [f"{head}: known already, nothing new"]
    matched = sum(count for _, count in imported.by_rule)
    rules = ", ".join(f"{rule} {count}" for rule, count in imported.by_rule)
    lines = [f"{head}: {imported.lines} lines, {imported.new_lines} new, {matched} matched"
             f"{f' ({rules})' if rules else ''}, {imported.waiting} waiting"]  # fmt: skip
    if imported.gap_cents:
        lines.append(f"  GAP: {documents.money(imported.gap_cents, 'en')} is missing between the one before and this")
    if not imported.is_fresh:
        lines.append("  Not everything up to the last bank day is here yet, so reminders still wait")
    return lines


def as_row(imported: Imported) -> dict[str, Any]:
    """A statement as plain values."""
    return asdict(imported) | {"closed_on": str(imported.closed_on or ""), "by_rule": dict(imported.by_rule)}
