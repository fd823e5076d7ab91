"""The command line of money that goes back by bank: `voldaan bank refunds …`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from billing import documents
from billing.bank.refunds import queries, service
from billing.cli import shared
from billing.cli.shared import AsJson, By, console

app = typer.Typer(no_args_is_help=True, help="Money that came by bank transfer and goes back by one.")
File = Annotated[int, typer.Argument(help="Number of the file.")]

REFUSALS = {
    "nothing_to_send": "Nothing waits of which it is known where it goes.",
    "approved_before": "You have approved this file already; somebody else has to.",
    "handed_out": "This file was handed out, so its transfers may have left.",
    "dropped": "This file was thrown away.",
    "needs_approval": "Not enough people have approved this file.",
    "in_file": "It is in a file that nobody got yet; drop that first.",
    "ended": "It has gone back already, or will not.",
}


@app.command("list", epilog="Example: voldaan bank refunds list --by finance@demo.test")
def list_refunds(by: By, as_json: AsJson = False) -> None:
    """List what waits for a file, and the files that were made."""
    billing, actor = shared.finance(by)
    for one in billing.ask(queries.waiting, actor):
        said = f"{one.payout_id}  waits  {_money(one.cents)}  {one.account}  {one.iban or 'ACCOUNT NOT KNOWN'}"
        typer.echo(json.dumps(asdict(one), default=str) if as_json else said)
    for file in billing.ask(queries.files, actor):
        agreed = f"approved by {', '.join(file.approved_by) or 'nobody'} ({file.approvals_needed} needed)"
        left = f"handed out, {file.left} left" if file.handed_out_at else agreed
        said = f"file {file.file_id}  {file.message_id}  {file.transfers} transfers  {_money(file.cents)}  {left}"
        typer.echo(json.dumps(asdict(file), default=str) if as_json else said)


@app.command(epilog="Example: voldaan bank refunds prepare --by finance@demo.test")
def prepare(by: By) -> None:
    """Make a file of all that waits. Nothing goes out by it."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        file = billing.do(service.prepare, actor, billing.policy.seller, billing.policy.bank, billing.transfers)
    console.print(
        f"File {file.id}: {file.transfers} transfers, {_money(file.cents)}; needs {file.approvals_needed} approvals."
    )


@app.command(epilog="Example: voldaan bank refunds approve 3 --by finance@demo.test")
def approve(file: File, by: By) -> None:
    """Agree to a file, for as much as is in it."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        missing = billing.do(service.approve, actor, file)
    console.print(f"File {file} needs {missing} more approvals." if missing else f"File {file} can be downloaded.")


@app.command(epilog="Example: voldaan bank refunds download 3 refunds.xml --by finance@demo.test")
def download(
    file: File, path: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write it.")], by: By
) -> None:
    """Write an approved file (pain.001), to be uploaded at our bank; the bank takes it once."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        made = billing.do(service.hand_out, actor, file)
    path.write_bytes(made.content)
    console.print(f"{path}: {made.transfers} transfers, {_money(made.cents)}, sha256 {made.sha256}")


@app.command(epilog="Example: voldaan bank refunds drop 3 --by finance@demo.test")
def drop(file: File, by: By) -> None:
    """Throw away a file that nobody downloaded; what is in it waits for the next one."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        billing.do(service.drop, actor, file)
    console.print(f"File {file} is thrown away.")


@app.command("put-back", epilog="Example: voldaan bank refunds put-back 12 --by finance@demo.test")
def put_back(refund: Annotated[int, typer.Argument(help="Number of what waits.")], by: By) -> None:
    """Say that it will not go, or that our bank refused it: the customer chooses anew what to do with the money."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        billing.do(service.put_back, actor, refund)
    console.print(f"Refund {refund} will not go; the customer is told.")


def _money(cents: int) -> str:
    return documents.money(cents, "en")
