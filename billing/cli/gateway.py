"""The command line of the payment gateway's reports: `voldaan settlements …`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from billing.cli import shared
from billing.cli.bank import UNREADABLE, content_of
from billing.cli.shared import AsJson, By, console
from billing.ports import BankFileRefused

app = typer.Typer(no_args_is_help=True, help="What the payment gateway reports of our account with it.")


@app.command("import", epilog="Example: voldaan settlements import 940A261125.txt")
def import_files(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="MT940 or CAMT.053.")],
    as_json: AsJson = False,
) -> None:
    """Book the gateway's fees and match its payouts; importing one again changes nothing. Exit 1 when one is set aside.

    The files are in the Plaza under Financial, Accounts and statements.
    """
    from billing.clearing import flows, report

    billing, trouble = shared.billing(), False
    for file in files:
        try:
            found = flows.import_file(billing, content_of(file))
        except BankFileRefused as refused:
            console.print(f"[red]{file.name}[/red] {UNREADABLE[refused.facts['reason']]} Nothing of it is booked.")
            trouble = True
            continue
        for reported in found:
            row = json.dumps(asdict(reported) | {"file": file.name}, default=str)
            typer.echo(row if as_json else report.as_line(reported))
            trouble |= bool(reported.reason)
    if trouble:
        raise typer.Exit(1)


@app.command("list", epilog="Example: voldaan settlements list --by finance@demo.test")
def list_differences(by: By, as_json: AsJson = False) -> None:
    """List what does not fit between its reports, the journal and the bank. Exit 1 when there is something."""
    from billing.clearing import report
    from billing.clearing.differences import differences

    billing, actor = shared.finance(by)
    found = billing.ask(differences, actor)
    for one in found:
        typer.echo(json.dumps(asdict(one), default=str) if as_json else report.difference(one))
    if found:
        raise typer.Exit(1)
