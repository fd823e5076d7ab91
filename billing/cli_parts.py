"""What the commands have in common."""

from typing import Annotated

import typer
from rich.console import Console

from billing import config
from billing.runtime import Billing

console = Console(stderr=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print results as JSON, one object a line.")]


def open_billing() -> Billing:
    """The billing module as the environment describes it. Raises SettingsInvalid."""
    from billing.assembly import build

    loaded = config.load()
    config.require_valid(loaded)
    return build(loaded)
