"""What every command needs: where it writes, how it is asked for JSON, and the module that it works on."""

from typing import Annotated

import typer
from rich.console import Console

from billing.access import Actor
from billing.accounts.queries import finance_member
from billing.errors import NotAllowed, NotFound
from billing.runtime import Billing

console = Console(stderr=True, highlight=False)
By = Annotated[str, typer.Option("--by", help="E-mail address of the member of staff who says so.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print results as JSON, one object a line.")]


def billing() -> Billing:
    """The module as the settings describe it. Raises SettingsInvalid."""
    from billing.assembly import open_billing

    return open_billing()


def finance(email: str) -> tuple[Billing, Actor]:
    """The module, and the member of the finance department in whose name a command is given."""
    opened = billing()
    try:
        return opened, opened.ask(finance_member, email)
    except (NotFound, NotAllowed):
        raise typer.BadParameter(f"{email} is nobody of the finance department", param_hint="--by") from None
