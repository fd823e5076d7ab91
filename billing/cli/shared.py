"""What every command needs: where it writes, how it is asked for JSON, and the module that it works on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console

from billing.access import Actor
from billing.accounts.queries import finance_member
from billing.errors import LoginFailed, LoginThrottled, NotAllowed, NotFound, Refused, SecondFactorNeeded
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
    except SecondFactorNeeded:
        needed = f"{email} has no second factor yet: it takes an app or a passkey, set up on the page about security"
        raise typer.BadParameter(needed, param_hint="--by") from None
    except (NotFound, NotAllowed):
        raise typer.BadParameter(f"{email} is nobody of the finance department", param_hint="--by") from None


def proven_finance(email: str) -> tuple[Billing, Actor]:
    """The same, who has just given the password: for what sends money away, or stops a service.

    Exits with 1 for a wrong one.
    """
    from billing.logins import flows

    opened, actor = finance(email)
    password = typer.prompt(f"Password of {email}", hide_input=True, err=True)
    try:
        flows.require_password(opened, actor, password)
    except (LoginFailed, LoginThrottled):
        console.print("[red]refused[/red] That is not the password, or there were too many tries.")
        raise typer.Exit(1) from None
    return opened, replace(actor, checked_at=opened.clock.now())


@contextmanager
def refused(sentences: Mapping[str, str]) -> Iterator[None]:
    """Turn a refusal into its sentence, and exit with 1."""
    try:
        yield
    except Refused as problem:
        said = sentences.get(str(problem.facts.get("reason")))
        console.print(f"[red]refused[/red] {said.format_map(problem.facts) if said else problem}")
        raise typer.Exit(1) from None
