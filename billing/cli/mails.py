"""What becomes of mails: `voldaan mail …`."""

import sys

import typer
from sqlalchemy.exc import DBAPIError

from billing.cli import shared
from billing.cli.shared import console
from billing.errors import Conflict, SettingsInvalid

app = typer.Typer(no_args_is_help=True, help="What becomes of mails.")
# What the pipe of a mail server takes as "keep it and try again later" (sysexits.h).
TRY_AGAIN = 75


@app.command(epilog='Example, in /etc/aliases: bounces: "|voldaan mail report"')
def report() -> None:
    """Record a mail server's report about one of our mails, read from standard input; 75 asks to try again later."""
    from billing.correspondence import flows
    from billing.deliveries.reports import LARGEST_BYTES

    raw = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    try:
        is_ours = flows.receive_report(shared.billing(), raw)
    except (Conflict, SettingsInvalid, DBAPIError) as trouble:
        why = "the database can't be reached" if isinstance(trouble, DBAPIError) else trouble
        console.print(f"[red]try again later[/red] {why}")
        raise typer.Exit(TRY_AGAIN) from None
    console.print("The report is recorded." if is_ours else "The report is not about a mail of ours.")
