"""The command line of who is logged in: `voldaan users …`."""

from typing import Annotated

import typer

from billing.access import Actor
from billing.cli import shared
from billing.cli.shared import By, console
from billing.errors import NotFound
from billing.logins import sessions
from billing.runtime import Billing

app = typer.Typer(no_args_is_help=True, help="People who log in: their sessions.")


@app.callback()
def users() -> None:
    """People who log in: their sessions."""


@app.command("log-out", epilog="Example: voldaan users log-out ada@example.com --by finance@demo.test")
def log_out(
    by: By,
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="All people at once, whoever asks too.")] = False,
) -> None:
    """End all sessions of a person, or of everybody: after a stolen device, or when a leak is feared."""
    if everybody == bool(email):
        raise typer.BadParameter("name one person, or say --everybody")
    billing, actor = shared.proven_finance(by)
    try:
        ended = _end(billing, actor, email)
    except NotFound:
        raise typer.BadParameter(f"nobody logs in with {email}", param_hint="EMAIL") from None
    console.print(f"Sessions ended: {ended}.")


def _end(billing: Billing, actor: Actor, email: str) -> int:
    return billing.do(sessions.end_all_of, actor, email) if email else billing.do(sessions.end_everybodys, actor)
