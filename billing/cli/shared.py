"""What every command needs: where it writes, how it is asked for JSON, and the module that it works on."""

from typing import Annotated

import typer
from rich.console import Console

from billing.runtime import Billing

console = Console(stderr=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print results as JSON, one object a line.")]


def billing() -> Billing:
    """The module as the settings describe it. Raises SettingsInvalid."""
    from billing.assembly import open_billing

    return open_billing()
