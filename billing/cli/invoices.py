"""Invoices of what is due: `voldaan invoices …`."""

import json
from datetime import datetime
from typing import Annotated

import typer
from rich.progress import Progress

from billing.access import SYSTEM
from billing.cli import shared
from billing.cli.shared import AsJson, console

app = typer.Typer(no_args_is_help=True, help="Invoices of what is due.")


@app.command("run", epilog="Example: voldaan invoices run --dry-run, and then voldaan invoices run")
def run_invoices(
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day to run for; today if left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be invoiced.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Run though it is far from the last runs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make and issue every invoice that is due; safe to repeat, and to start again when it stopped half-way."""
    from billing.runs import flows, report

    billing, day = shared.billing(), on.date() if on else None
    if dry_run:
        ran = flows.preview(billing, day)
    else:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Invoices", total=None)
            ran = flows.run_invoices(
                billing, SYSTEM, day, forced=force,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    typer.echo(json.dumps(report.as_row(ran)) if as_json else "\n".join(report.as_lines(ran)))
    if ran.tally.skipped:
        raise typer.Exit(1)
