"""The command line of what is stored encrypted: `voldaan secrets …`."""

import json

import typer

from billing.cli import shared
from billing.cli.shared import AsJson

app = typer.Typer(no_args_is_help=True, help="What is stored encrypted, and the keys that it takes.")


@app.command(epilog="Example: VOLDAAN_ENCRYPTION_KEYS=new,old voldaan secrets rotate")
def rotate(as_json: AsJson = False) -> None:
    """Encrypt everything anew under the first key; stop and start it as you like. Exit 1 when no key opens a secret."""
    from billing.rotation import rotate as everything

    done = everything(shared.billing())
    if as_json:
        typer.echo(json.dumps(vars(done)))
    else:
        typer.echo(f"{done.renewed} encrypted anew, {done.were_newest} were under the first key already.")
        for row in done.unreadable:
            typer.echo(f"no key opens {row}")
    if done.unreadable:
        raise typer.Exit(1)
