"""A whole invoice run: many short transactions, so that a run that dies half-way has lost nothing and can go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from billing import access
from billing.access import Actor
from billing.clock import local_day
from billing.collecting import uncollected
from billing.runs import desk, service
from billing.runs.desk import Held
from billing.runs.service import Begun
from billing.runs.tally import Tally
from billing.runtime import Billing
from billing.taxes import flows as taxes

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Ran:
    """What one call did, or would do. run_id: None when nothing was due, and for a preview."""

    run_id: int | None
    due_until: date
    tally: Tally
    is_preview: bool = False


def run_invoices(
    billing: Billing, actor: Actor, on: date | None = None, *, forced: bool = False, because: str = "",
    progress: Progress = lambda done, total: None,
) -> Ran:  # fmt: skip
    """Invoice every period that is due on a day (today when left out). Doing it again changes nothing.

    progress: told how many invoices of how many are there. because: why it is forced. Raises RunHeld when the run is
    far from the last ones.
    """
    due_until = _due_until(billing, on)
    taxes.check_stale(billing)
    run = billing.do(service.begin, actor, due_until, billing.policy.runs, forced=forced, because=because)
    tally = Tally()
    if run is None:
        return Ran(None, due_until, tally)
    last = 0
    while (found := _invoice_chunk(billing, actor, run, last, tally)) is not None:
        last = found
        progress(tally.invoices, run.accounts)
    billing.do(service.finish, due_until)
    return Ran(run.run_id, due_until, tally)


def preview(billing: Billing, on: date | None = None) -> Ran:
    """What `run_invoices` would do, to the cent, without changing anything."""
    due_until, tally, last = _due_until(billing, on), Tally(), 0
    while (found := billing.ask(service.preview_chunk, due_until, last, billing.policy.seller, tally)) is not None:
        last = found
    return Ran(None, due_until, tally, is_preview=True)


def foresee(billing: Billing, actor: Actor) -> tuple[Ran, Held | None]:
    """What a run of today would do, and whether it would be held. Raises NotAllowed."""
    stops = billing.ask(desk.held, actor, _due_until(billing, None), billing.policy.runs)
    return preview(billing), stops


def start(billing: Billing, actor: Actor, *, because: str = "", progress: Progress = lambda done, total: None) -> Ran:
    """Run for today, as somebody of the finance department; because: why, when it is far from the last ones.

    Raises NotAllowed, CheckNeeded, RunHeld.
    """
    billing.do(access.require_finance_checked, actor)
    return run_invoices(billing, actor, forced=bool(because), because=because, progress=progress)


def _invoice_chunk(billing: Billing, actor: Actor, run: Begun, after: int, tally: Tally) -> int | None:
    with uncollected():
        return billing.do(service.invoice_chunk, actor, run, after, billing.policy.seller, tally)


def _due_until(billing: Billing, on: date | None) -> date:
    return billing.policy.runs.due_until(on or local_day(billing.clock.now()))
