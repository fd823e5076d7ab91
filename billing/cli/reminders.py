"""The command line of the reminders: `voldaan reminders …`."""

import json
from datetime import datetime
from typing import Annotated

import typer

from billing.access import SYSTEM
from billing.cli import shared
from billing.cli.shared import AsJson

app = typer.Typer(no_args_is_help=True, help="Reminders of what is overdue.")


@app.command(epilog="Example: voldaan reminders run --dry-run, and then voldaan reminders run")
def run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be sent or postponed.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Send though it is far from the usual.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send the reminders that are due, or say why they wait; safe to repeat, as the worker does."""
    from billing.reminders import flows, report

    billing = shared.billing()
    ran = flows.preview(billing, forced=force) if dry_run else flows.run_reminders(billing, forced=force)
    rows = [json.dumps(report.as_row(decision)) for decision in ran.decisions]
    typer.echo("\n".join(rows if as_json else report.as_lines(ran)))


@app.command(epilog="Example: voldaan reminders cases")
def cases() -> None:
    """List the customers who are being reminded, the oldest case first."""
    from billing.reminders import queries, report

    for case in shared.billing().ask(queries.open_cases, SYSTEM):
        typer.echo(report.open_case_line(case))


@app.command(epilog="Example: voldaan reminders case 7")
def case(account: Annotated[int, typer.Argument(help="Number of the account.")]) -> None:
    """Tell how a customer stands with reminders: what was sent or waits and why, and the holds by their numbers."""
    from billing.reminders import queries, report

    found = shared.billing().ask(queries.case_of, SYSTEM, account)
    typer.echo("\n".join(report.case_lines(found)) if found else f"account {account} has no open case")


@app.command(epilog="Example: voldaan reminders tasks")
def tasks(as_json: AsJson = False) -> None:
    """List what employees have to do: call, look for money, find an address, decide what to offer."""
    from billing.reminders import report
    from billing.reminders import tasks as work_list

    for task in shared.billing().ask(work_list.waiting):
        typer.echo(json.dumps(report.task_row(task)) if as_json else report.task_line(task))


@app.command(epilog="Example: voldaan reminders done 12 reached --note 'pays on Friday'")
def done(
    task: Annotated[int, typer.Argument(help="Number of the task.")],
    outcome: Annotated[str, typer.Argument(help="How it ended, in a word: reached, no_answer, found, …")],
    note: Annotated[str, typer.Option(help="What else is to be remembered.")] = "",
) -> None:
    """Record how a task ended."""
    from billing.reminders import tasks as work_list

    shared.billing().do(work_list.finish, SYSTEM, task, outcome, note)


@app.command(epilog="Example: voldaan reminders hold 7 dispute --why 'says the server was down' --until 2026-12-31")
def hold(
    account: Annotated[int, typer.Argument(help="Number of the account.")],
    kind: Annotated[str, typer.Argument(help="dispute, complaint, hold or promise.")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day; none if left out.")
    ] = None,
    why: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Send an account no reminders."""
    from billing.reminders import holds
    from billing.reminders.tables import HoldKind

    kinds = [HoldKind.DISPUTE, HoldKind.COMPLAINT, HoldKind.HOLD, HoldKind.PROMISE]
    if kind not in kinds or (kind == HoldKind.PROMISE and until is None):
        raise typer.BadParameter(f"give one of {', '.join(kinds)}; a promise needs --until")
    day = until.date() if until else None
    placed = shared.billing().do(holds.place, SYSTEM, account, HoldKind(kind), until=day, why=why)
    typer.echo(f"hold {placed.id}")


@app.command(epilog="Example: voldaan reminders release 3")
def release(number: Annotated[int, typer.Argument(help="Number of the hold.")]) -> None:
    """End a hold."""
    from billing.reminders import holds

    shared.billing().do(holds.release, SYSTEM, number)
