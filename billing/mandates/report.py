"""What a round of collections comes to, for the command line."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from billing.db import Work
from billing.mandates import planning, queries, submitting, switches
from billing.mandates.rules import MandateRules

MOST = 1_000_000


@dataclass(frozen=True)
class Report:
    """How much was done, or, as a preview, is due. planned, announced: accounts in a preview, collections otherwise.

    frozen: since when, by whom and why nothing is collected; empty when it is. for_staff: invoices at whose collection
    a person must look.
    """

    planned: int
    announced: int
    submitted: int
    frozen: str
    for_staff: tuple[str, ...]
    is_preview: bool = True


def due(work: Work, limits: MandateRules) -> Report:
    """What a round would begin with now. It changes nothing."""
    return Report(
        planned=len(planning.accounts_to_plan(work, MOST)),
        announced=len(planning.accounts_to_tell(work, limits, MOST)),
        submitted=len(submitting.due(work, MOST)), frozen=_frozen(work),
        for_staff=tuple(row.invoice_number for row in queries.for_staff(work)),
    )  # fmt: skip


def _frozen(work: Work) -> str:
    turn = switches.standing_freeze(work)
    return f"since {turn.at:%Y-%m-%d %H:%M} UTC by {turn.by_name} ({turn.reason or 'no reason given'})" if turn else ""


def as_row(report: Report) -> dict[str, Any]:
    """One object for programs."""
    return asdict(report)


def as_lines(report: Report) -> Iterator[str]:
    """The same in words, a line each."""
    if report.is_preview:
        yield f"{report.planned} accounts have something to plan, {report.announced} something to be told of."
        yield f"{report.submitted} collections are due at the gateway."
    else:
        yield f"{report.planned} planned or withdrawn, {report.announced} announced, {report.submitted} submitted."
    if report.frozen:
        yield f"All collections are frozen {report.frozen}: nothing is announced or submitted."
    if report.for_staff:
        yield f"A person must look at: {', '.join(report.for_staff)}"
