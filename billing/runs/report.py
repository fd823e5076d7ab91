"""What a run says of itself on the command line, for people and for programs."""

from collections.abc import Iterator
from typing import Any

from billing.documents import money, percentage
from billing.errors import RunHeld
from billing.runs.flows import Ran

LANGUAGE = "en"
HELD = (
    "This run would be {invoices} invoices, {total} in all. Of the last runs the most alike was {alike_invoices} "
    "invoices, {alike}. Nothing has been invoiced. Look at it with --dry-run; if it is right, run it with --force."
)


def as_row(ran: Ran) -> dict[str, Any]:
    """One object with all counts and sums, in cents."""
    tally = ran.tally
    return {
        "run": ran.run_id, "dry_run": ran.is_preview, "due_until": ran.due_until.isoformat(),
        "invoices": tally.invoices, "lines": tally.lines, "net_cents": tally.net_cents, "vat_cents": tally.vat_cents,
        "total_cents": tally.total_cents, "credits_cents": tally.credits_cents,
        "vat": [
            {"rate": format(rate, "f"), "base_cents": base_cents, "vat_cents": vat_cents}
            for rate, (base_cents, vat_cents) in sorted(tally.vat.items(), reverse=True)
        ],
        "skipped": [vars(skipped) for skipped in tally.skipped],
    }  # fmt: skip


def as_lines(ran: Ran) -> Iterator[str]:
    """The same in words, a line each."""
    tally = ran.tally
    done = "would be made" if ran.is_preview else "made"
    yield f"{tally.invoices} invoices with {tally.lines} lines {done}, for periods that begin by {ran.due_until}."
    yield f"total        {money(tally.total_cents, LANGUAGE):>16}"
    for rate, (base_cents, vat_cents) in sorted(tally.vat.items(), reverse=True):
        over = money(base_cents, LANGUAGE)
        yield f"VAT {percentage(format(rate, 'f'), LANGUAGE):<8} {money(vat_cents, LANGUAGE):>16}  over {over}"
    yield f"with credits {money(tally.credits_cents, LANGUAGE):>16}"
    for skipped in tally.skipped:
        yield f"left out: service {skipped.service_id}, {skipped.reason}"


def held(run: RunHeld) -> str:
    """Why a run was held, and what to do about it."""
    total, alike = (money(run.facts[name], LANGUAGE) for name in ("total_cents", "alike_cents"))
    return HELD.format(total=total, alike=alike, **run.facts)
