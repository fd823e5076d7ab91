"""The commands of the finance department: `voldaan stops …` and `voldaan renewals …`. Each names who gives it.

What leads to a stop asks for the password; taking it back does not.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from billing import documents
from billing.cli import shared
from billing.cli.shared import AsJson, By, console
from billing.errors import StopRefused
from billing.renewals import service as renewals
from billing.safety import orders

stops = typer.Typer(no_args_is_help=True, help="Stop orders: propose, approve, carry out, withdraw.")
held = typer.Typer(no_args_is_help=True, help="Renewals of domains that wait for a person.")

Order = Annotated[int, typer.Argument(help="Number of the stop order.")]

REFUSALS = {
    "domain": "A domain is renewed, and never stopped.",
    "not_in_use": "This service has ended, or is stopped already.",
    "running": "There is a stop order for this service already.",
    "preconditions": "These preconditions do not hold, so nothing is stopped: {missing}.",
    "same_person": "Who proposed it can't approve it: a stop takes two people.",
    "too_soon": "The customer was told less than a week ago; this is possible from {earliest} on.",
    "cooling": "Money came in for the same invoices lately; this is possible again from {earliest} on.",
    "not_proposed": "This order has been approved already, or is withdrawn.",
    "not_approved": "Only an order that has been approved, and not yet carried out, can be carried out.",
    "withdrawn": "This order has been withdrawn before.",
}


@stops.command("list", epilog="Example: voldaan stops list --by finance@demo.test")
def list_stops(by: By, as_json: AsJson = False) -> None:
    """All stop orders that have not been withdrawn."""
    billing, actor = shared.finance(by)
    rows = billing.ask(orders.running, actor)
    _print([asdict(row) for row in rows], as_json, "{order_id}  {state}  {account}: {service} {label}")


@stops.command(epilog="Example: voldaan stops propose 17 --by finance@demo.test")
def propose(service: Annotated[int, typer.Argument(help="Number of the service.")], by: By) -> None:
    """Propose to stop a service. Nothing happens until somebody else approves."""
    billing, actor = shared.proven_finance(by)
    order_id = billing.do(
        orders.propose, actor, service, billing.policy.stop_floor_cents, billing.policy.stop_cooling_days
    )
    console.print(f"Stop order {order_id} is proposed. Somebody else has to approve it.")


@stops.command(epilog="Example: voldaan stops approve 3 --by finance2@demo.test")
def approve(order: Order, by: By) -> None:
    """Agree to somebody else's proposal; the customer is told, and has a week."""
    billing, actor = shared.proven_finance(by)
    billing.do(orders.approve, actor, order, billing.policy.stop_floor_cents)
    console.print(f"Stop order {order} is approved and announced to the customer. It can be carried out in a week.")


@stops.command("carry-out", epilog="Example: voldaan stops carry-out 3 --by finance@demo.test")
def carry_out(order: Order, by: By) -> None:
    """Stop the service, a week after the customer was told, if everything still holds."""
    billing, actor = shared.proven_finance(by)
    billing.do(orders.carry_out, actor, order, billing.policy.stop_floor_cents)
    console.print(f"Stop order {order} is carried out. Any payment makes the service go on again.")


@stops.command(epilog="Example: voldaan stops withdraw 3 --by finance@demo.test")
def withdraw(order: Order, by: By) -> None:
    """Take an order back; a service that was stopped under it goes on."""
    billing, actor = shared.finance(by)
    billing.do(orders.withdraw, actor, order)
    console.print(f"Stop order {order} is withdrawn.")


@held.command("list", epilog="Example: voldaan renewals list --by finance@demo.test")
def list_renewals(by: By, as_json: AsJson = False) -> None:
    """Domains that are not renewed by themselves, because more is open than the ceiling."""
    billing, actor = shared.finance(by)
    rows = [asdict(row) | {"open": documents.money(row.open_cents, "en")} for row in billing.ask(renewals.held, actor)]
    _print(rows, as_json, "{renewal_id}  {label} by {period_start}  {account}: {open} open")


@held.command(epilog="Example: voldaan renewals allow 2 --by finance@demo.test")
def allow(renewal: Annotated[int, typer.Argument(help="Number of the renewal.")], by: By) -> None:
    """Renew a domain all the same."""
    billing, actor = shared.finance(by)
    billing.do(renewals.allow, actor, renewal)
    console.print(f"Renewal {renewal} is handed to the hosting panel.")


def refusal(problem: StopRefused) -> str:
    """Why a stop order can't be, or can't go on."""
    facts = problem.facts
    return REFUSALS[facts["reason"]].format(
        missing=", ".join(facts.get("missing", ())), earliest=facts.get("earliest", "")
    )


def _print(rows: Sequence[dict[str, Any]], as_json: bool, line: str) -> None:
    for row in rows:
        typer.echo(json.dumps(row, default=str) if as_json else line.format(**row).rstrip())
