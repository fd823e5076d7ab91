"""Direct debits by standing mandates: `voldaan collections …`."""

import json
from typing import Annotated

import typer

from billing.cli import shared
from billing.cli.shared import AsJson, console

app = typer.Typer(no_args_is_help=True, help="Direct debits by standing mandates.")
By = Annotated[str, typer.Option("--by", help="Who does this; it is kept.")]


@app.command("run", epilog="Example: voldaan collections run --dry-run, and then voldaan collections run")
def run_collections(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what is due now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Plan, announce and submit what is due now, as the worker does every minute; exit 1 when a person must look."""
    from billing.mandates import flows, report

    billing = shared.billing()
    done = billing.ask(report.due, billing.policy.mandates) if dry_run else flows.run_collections(billing)
    typer.echo(json.dumps(report.as_row(done)) if as_json else "\n".join(report.as_lines(done)))
    if done.for_staff:
        raise typer.Exit(1)


@app.command(epilog="Example: voldaan collections freeze --by Anna --reason 'the bank has an outage'")
def freeze(by: By, reason: Annotated[str, typer.Option("--reason", help="Why.")] = "") -> None:
    """Submit no collection any more; what the gateway has already goes on."""
    from billing.mandates import switches

    changed = shared.billing().do(switches.freeze, by, reason)
    console.print("All collections are frozen." if changed else "They were frozen already.")


@app.command("log", epilog="Example: voldaan collections log")
def switch_log() -> None:
    """When collections were frozen and set going again, by whom and why; the newest first."""
    from billing.mandates import switches

    for turn in shared.billing().ask(switches.turns):
        what = "frozen" if turn.frozen else "going on"
        typer.echo(f"{turn.at:%Y-%m-%d %H:%M}  {what} by {turn.by_name}  {turn.reason}".rstrip())


@app.command(epilog="Example: voldaan collections thaw --by Anna")
def thaw(by: By, reason: Annotated[str, typer.Option("--reason", help="Why.")] = "") -> None:
    """Collect again."""
    from billing.mandates import switches

    changed = shared.billing().do(switches.thaw, by, reason)
    console.print("Collections go on." if changed else "They were not frozen.")
