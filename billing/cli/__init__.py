"""The command line: `voldaan …`. Exit 0 done, 1 found a problem, 2 wrong usage; no traceback for a user's mistake."""

import sys

import typer
from sqlalchemy.exc import DBAPIError

from billing import config, loglines
from billing.cli import (
    api,
    backups,
    bank,
    books,
    collections,
    gateway,
    invoices,
    looks,
    mails,
    privacy,
    processes,
    pushes,
    reminders,
    secrets,
    stops,
    users,
)
from billing.cli.shared import console
from billing.errors import BillingError, RunHeld, SettingsInvalid, StopRefused
from billing.runs import report as runs

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for commands in (processes.app, looks.app, backups.app):
    app.add_typer(commands)
for name, group in (
    ("invoices", invoices.app), ("collections", collections.app), ("reminders", reminders.app), ("push", pushes.app),
    ("mail", mails.app), ("bank", bank.app), ("settlements", gateway.app),
    ("stops", stops.stops), ("renewals", stops.held), ("books", books.app),
    ("privacy", privacy.app), ("api", api.app), ("secrets", secrets.app),
    ("users", users.app),
):  # fmt: skip
    app.add_typer(group, name=name)


def main() -> None:
    """Run a command and turn known problems into a sentence and an exit code."""
    loglines.configure(config.log_format())
    try:
        app()
    except SettingsInvalid as invalid:
        for problem in invalid.facts["problems"]:
            console.print(f"[red]setting[/red] {problem}")
        sys.exit(2)
    except RunHeld as held:
        console.print(f"[red]held[/red] {runs.held(held)}")
        sys.exit(1)
    except StopRefused as problem:
        console.print(f"[red]refused[/red] {stops.refusal(problem)}")
        sys.exit(1)
    except BillingError as problem:
        console.print(f"[red]{problem}[/red]")
        sys.exit(1)
    except DBAPIError as trouble:
        console.print(f"[red]database[/red] {str(trouble.orig).strip().splitlines()[0]}")
        sys.exit(1)
