"""The keys of the API: `voldaan api key …`."""

import json
from dataclasses import asdict
from datetime import datetime, time
from typing import Annotated

import typer

from billing.access import Scope
from billing.api import keys
from billing.api.keys import AddKey, KeyRow
from billing.cli import shared
from billing.cli.shared import AsJson, By, console
from billing.clock import AMSTERDAM

app = typer.Typer(no_args_is_help=True, help="The API for a host's own systems.")
key = typer.Typer(no_args_is_help=True, help="Keys of the API: make, list, withdraw.")
app.add_typer(key, name="key")

SCOPES = ", ".join(scope.value for scope in Scope)


@key.command(epilog="Example: voldaan api key add webshop --scope invoices:read --by finance@demo.test")
def add(
    name: Annotated[str, typer.Argument(help="What the key is for, in a few words.")],
    scope: Annotated[list[Scope], typer.Option("--scope", help=f"What it may do; may be repeated: {SCOPES}.")],
    by: By,
    account: Annotated[int | None, typer.Option(help="Number of the one customer that it is for.")] = None,
    expires: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which it ends.")] = None,
) -> None:
    """Make a key. It is shown once, on the standard output, and only its digest is kept."""
    billing, actor = shared.finance(by)
    ends = datetime.combine(expires.date(), time(), AMSTERDAM) if expires else None
    token = billing.do(keys.add, actor, AddKey(name, [one.value for one in scope], account, ends))
    console.print("Keep this key safe: it is not shown again.")
    typer.echo(token)


@key.command("list", epilog="Example: voldaan api key list --by finance@demo.test")
def list_keys(by: By, as_json: AsJson = False) -> None:
    """All keys, how they begin, what they may do, and when they were used last."""
    billing, actor = shared.finance(by)
    for row in billing.ask(keys.listed, actor):
        typer.echo(json.dumps(asdict(row), default=str) if as_json else _line(row))


@key.command(epilog="Example: voldaan api key withdraw 3 --by finance@demo.test")
def withdraw(number: Annotated[int, typer.Argument(help="Number of the key.")], by: By) -> None:
    """Let a key work no more, from now on and for good; what listens by it hears nothing any more."""
    billing, actor = shared.finance(by)
    billing.do(keys.withdraw, actor, number)
    console.print(f"Key {number} is withdrawn.")


def _line(row: KeyRow) -> str:
    state = "withdrawn" if row.withdrawn_at else f"used {row.used_at:%Y-%m-%d %H:%M}" if row.used_at else "not used yet"
    until = f", until {row.expires_at:%Y-%m-%d}" if row.expires_at else ""
    return f"{row.key_id}  {row.hint}…  {row.name}  [{row.scopes}]  {row.account or 'all customers'}  {state}{until}"
