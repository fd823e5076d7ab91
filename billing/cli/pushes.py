"""Stored messages of the payment gateway: `voldaan push …`."""

from typing import Annotated

import typer

from billing import inbox
from billing.cli import shared
from billing.cli.shared import console

app = typer.Typer(no_args_is_help=True, help="Stored messages of the payment gateway.")


@app.command(epilog="Example: voldaan push replay 17 18, or voldaan push replay --all")
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Numbers of stored messages.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All stored messages.")] = False,
) -> None:
    """Process stored messages again; what is right already stays as it is."""
    from billing.mandates import flows as mandates
    from billing.payments import flows

    if bool(ids) == everything:
        raise typer.BadParameter("give the numbers of messages, or --all")
    billing = shared.billing()
    count = billing.do(inbox.reopen, None if everything else ids)
    while flows.process_pushes(billing) or mandates.process_pushes(billing):
        pass
    console.print(f"{count} messages processed again.")
    if ids and count < len(ids):
        console.print("[red]some of these messages do not exist[/red]")
        raise typer.Exit(1)
