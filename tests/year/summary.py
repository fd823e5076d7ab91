"""What there was of everything in a year."""

from dataclasses import dataclass

from tests.year.observer import Observer
from tests.year.world import World

_COUNTS = {
    "invoices": "SELECT state, count(*) FROM invoice GROUP BY state",
    "credit notes": "SELECT 'issued', count(*) FROM credit_note",
    "payments by hand": "SELECT state, count(*) FROM payment WHERE method <> 'direct_debit' GROUP BY state",
    "paid by": "SELECT method, count(*) FROM payment WHERE state = 'succeeded' GROUP BY method",
    "bank lines": "SELECT purpose || ' ' || rule || CASE WHEN undone_at IS NULL THEN '' ELSE ' undone' END, count(*) "
    "FROM bank_match GROUP BY 1",
    "bank lines that wait": "SELECT CASE WHEN cents > 0 THEN 'in' ELSE 'out' END, count(*) FROM bank_line WHERE id NOT "
    "IN (SELECT line_id FROM bank_match WHERE undone_at IS NULL) GROUP BY 1",
    "bank statements": "SELECT state || ' ' || reason, count(*) FROM bank_statement GROUP BY 1",
    "debits": "SELECT state, count(*) FROM payment WHERE method = 'direct_debit' GROUP BY state",
    "money back": "SELECT kind, count(*) FROM gateway_record WHERE original_key <> '' GROUP BY kind",
    "parked": "SELECT reason, count(*) FROM gateway_record WHERE verdict = 'parked' GROUP BY reason",
    "payouts": "SELECT state, count(*) FROM payout GROUP BY state",
    "mandates": "SELECT state, count(*) FROM mandate GROUP BY state",
    "collections": "SELECT state, count(*) FROM collection GROUP BY state",
    "reminders": "SELECT kind || ' ' || result, count(*) FROM reminder_step GROUP BY kind, result",
    "holds": "SELECT kind, count(*) FROM account_hold GROUP BY kind",
    "stop orders": "SELECT state || ' ' || withdrawn_because, count(*) FROM stop_order GROUP BY 1",
    "renewals": "SELECT state, count(*) FROM domain_renewal GROUP BY state",
    "changes": "SELECT what, count(*) FROM change_preview WHERE used_at IS NOT NULL GROUP BY what",
    "deliveries": "SELECT state, count(*) FROM mail_delivery GROUP BY state",
}


@dataclass(frozen=True)
class Summary:
    """lines: for people. findings: what should never have been."""

    lines: tuple[str, ...]
    findings: tuple[str, ...]


def summary(world: World, observer: Observer) -> Summary:
    """All of it, in words."""
    lines = [f"{name}: {_told(world, query)}" for name, query in _COUNTS.items()]
    lines += [f"{name}: {count}" for name, count in sorted((observer.counts + world.ours.counts).items())]
    return Summary((*lines, f"findings: {len(observer.findings)}"), tuple(observer.findings))


def _told(world: World, query: str) -> str:
    found = sorted((str(name).strip(), count) for name, count in world.rows(query))
    return ", ".join(f"{count} {name}" for name, count in found) or "none"
