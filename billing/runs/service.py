"""One transaction of an invoice run: to begin or go on, to invoice a chunk of accounts, to finish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing import locks
from billing.access import Actor
from billing.accounts.tables import Account
from billing.credits import bulk as credits
from billing.db import Work, table_of
from billing.invoice_rules import lines_fault, parties_fault
from billing.invoices import bulk as invoices
from billing.invoices import carrying
from billing.invoices.bulk import Bill, bill
from billing.invoices.tables import InvoiceRun, RunState
from billing.money import MAX_CENTS
from billing.ports import Party
from billing.products import service as products
from billing.products.tables import Service
from billing.runs import breaker
from billing.runs.due import DueAccount, Skipped, due_accounts, due_lines
from billing.runs.rules import RunRules
from billing.runs.tally import Tally
from billing.taxes import service as taxes

# So many accounts are invoiced in one transaction, and so many customers wait for each other at most.
CHUNK = 500
_RUN, _SERVICE = table_of(InvoiceRun), table_of(Service)


@dataclass(frozen=True)
class Begun:
    """A run at work. accounts: how many have something due."""

    run_id: int
    due_until: date
    accounts: int


def begin(
    work: Work, actor: Actor, due_until: date, limits: RunRules, *, forced: bool, because: str = ""
) -> Begun | None:
    """Begin a run, or go on with the one up to this day that has not finished; None when nothing is due.

    Raises RunHeld for a new one that is far from the last ones, unless it is forced; because: why it is.
    """
    products.end_those_that_are_over(work)
    due = breaker.foreseen(work, due_until)
    run_id = _running(work, due_until)
    if run_id is None:
        if not due.invoices:
            return None
        if not forced:
            breaker.require_usual(work, due, limits)
        run_id = _new_run(work, actor, due_until, forced=forced, because=because)
    return None if run_id is None else Begun(run_id, due_until, due.invoices)


def invoice_chunk(work: Work, actor: Actor, run: Begun, after: int, seller: Party, tally: Tally) -> int | None:
    """Invoice the next accounts with something due, and count it in `tally`; returns the last of them, None at the end.

    What is due is read under the locks of the accounts, so that nobody else can be invoicing it.
    """
    ids = due_accounts(work, run.due_until, after=after, limit=CHUNK)
    if not ids:
        return None
    accounts = locks.account_rows(work, ids)
    bills, skipped = _bills(work, due_lines(work, run.due_until, ids), accounts, seller, issuing=True)
    credits_cents = _issue(work, actor, bills, seller, run.run_id) if bills else 0
    done = Tally()
    done.add(bills, credits_cents=credits_cents, skipped=skipped)
    _note(work, run.run_id, done)
    tally.merge(done)
    return ids[-1]


def preview_chunk(work: Work, due_until: date, after: int, seller: Party, tally: Tally) -> int | None:
    """Count what `invoice_chunk` would do, and change nothing."""
    ids = due_accounts(work, due_until, after=after, limit=CHUNK)
    if not ids:
        return None
    accounts = {
        account.id or 0: account for account in work.session.exec(select(Account).where(col(Account.id).in_(ids)))
    }
    bills, skipped = _bills(work, due_lines(work, due_until, ids), accounts, seller, issuing=False)
    have, waiting = credits.balances(work, ids), carrying.waiting_cents(work, ids)
    credits_cents = sum(
        min(made.total_cents + waiting.get(made.account.id, 0), have.get(made.account.id, 0)) for made in bills
    )
    tally.add(bills, credits_cents=credits_cents, skipped=skipped)
    return ids[-1]


def finish(work: Work, due_until: date) -> None:
    """Nothing is due any more up to a day: this run, and any that stopped before it, have done their work."""
    done = (_RUN.c.state == RunState.RUNNING.value) & (_RUN.c.due_until <= due_until)
    work.session.execute(update(_RUN).where(done).values(state=RunState.FINISHED.value, finished_at=work.now))


def _running(work: Work, due_until: date) -> int | None:
    running = (_RUN.c.due_until == due_until) & (_RUN.c.state == RunState.RUNNING.value)
    found: int | None = work.plain(_RUN.select().where(running)).scalar()
    return found


def _new_run(work: Work, actor: Actor, due_until: date, *, forced: bool, because: str) -> int | None:
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    values = {
        "due_until": due_until, "state": RunState.RUNNING.value, "started_by": actor.name, "started_at": work.now,
        "forced": forced, "because": because, "invoices": 0, "lines": 0, "net_cents": 0, "vat_cents": 0,
        "credits_cents": 0,
    }  # fmt: skip
    # Somebody else may have begun at the same moment; then both go on with one run, or it is over already.
    work.plain(insert(_RUN).values(**values).on_conflict_do_nothing())
    return _running(work, due_until)


def _bills(
    work: Work, due: Sequence[DueAccount], accounts: Mapping[int, Any], seller: Party, *, issuing: bool
) -> tuple[list[Bill], list[Skipped]]:  # fmt: skip
    bills: list[Bill] = []
    skipped: list[Skipped] = []
    for account in due:
        skipped += account.skipped
        if not account.lines:
            continue
        made = bill(work, accounts[account.account_id], account.subject, account.lines, issuing=issuing)
        if wrong := _why_not(made, seller):
            skipped += [Skipped(line.service_id or 0, wrong) for line in account.lines]
        else:
            taxes.count(work, made.treatment, made.net_cents)
            bills.append(made)
    return bills, skipped


def _why_not(made: Bill, seller: Party) -> str:
    """Why an invoice can't be issued; empty when it can."""
    if made.total_cents > MAX_CENTS:
        return "too_large"
    return made.fault or lines_fault(made.lines) or parties_fault(seller, made.account, made.treatment)


def _issue(work: Work, actor: Actor, bills: Sequence[Bill], seller: Party, run_id: int) -> int:
    """Number, settle and write the invoices, and move their services on; returns the credits used, in cents."""
    rows = invoices.number(work, bills, seller, run_id)
    credits_cents = credits.settle_with_credits(work, rows)
    invoices.carry_small_rests(work, rows)
    invoices.write(work, actor, bills, rows)
    ends = {line.service_id: line.period_end for made in bills for line in made.lines}
    by_end: dict[date | None, list[int | None]] = {}
    for service_id, end in ends.items():
        by_end.setdefault(end, []).append(service_id)
    for end, ids in by_end.items():
        work.session.execute(update(_SERVICE).where(_SERVICE.c.id.in_(ids)).values(paid_through=end))
    return credits_cents


def _note(work: Work, run_id: int, done: Tally) -> None:
    counts = ("invoices", "lines", "net_cents", "vat_cents", "credits_cents")
    sums = {name: _RUN.c[name] + getattr(done, name) for name in counts}
    work.session.execute(update(_RUN).where(_RUN.c.id == run_id).values(**sums))
