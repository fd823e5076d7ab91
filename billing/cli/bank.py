"""The command line of the bank: `voldaan bank …`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from billing import documents
from billing.cli import refunds, shared
from billing.cli.shared import AsJson, By, console
from billing.ports import MOST_BYTES, BankFileRefused

app = typer.Typer(no_args_is_help=True, help="Statements of our own bank accounts.")
app.add_typer(refunds.app, name="refunds")
LineId = Annotated[int, typer.Argument(help="Number of the bank line.")]

UNREADABLE = {
    "unknown_format": "This is neither CAMT.053 nor MT940.",
    "too_large": f"More than {MOST_BYTES // 1_000_000} MB; ask the bank for a shorter period.",
    "hostile": "It declares its own entities, as no bank does.",
    "malformed": "It is damaged, or not all of it is here.",
    "no_statement": "There is no statement in it.",
}


@app.command("import", epilog="Example: voldaan bank import statement.xml")
def import_files(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="CAMT.053 or MT940.")],
    as_json: AsJson = False,
) -> None:
    """Book statements and match their lines; importing one again changes nothing. Exit 1 when one was set aside."""
    from billing.bank import flows, report

    billing, trouble = shared.billing(), False
    for file in files:
        try:
            found = flows.import_file(billing, content_of(file))
        except BankFileRefused as refused:
            console.print(f"[red]{file.name}[/red] {UNREADABLE[refused.facts['reason']]} Nothing of it is booked.")
            trouble = True
            continue
        for imported in found:
            row = report.as_row(imported) | {"file": file.name}
            typer.echo(json.dumps(row) if as_json else "\n".join(report.as_lines(imported)))
            trouble |= bool(imported.reason)
    if trouble:
        raise typer.Exit(1)


@app.command("list", epilog="Example: voldaan bank list --by finance@demo.test")
def list_lines(by: By, as_json: AsJson = False) -> None:
    """List lines that wait for a person, with what they are most likely for, statements that were set
    aside, and what does not fit with the gateway's reports."""
    from billing.bank import report, worklist
    from billing.clearing import report as gateway
    from billing.clearing.differences import differences

    billing, actor = shared.finance(by)
    for line in billing.ask(worklist.waiting, actor, billing.policy.bank):
        hint = f"  perhaps {', '.join(line.numbers)} ({line.rule})" if line.rule else ""
        amount = documents.money(line.cents, "en")
        said = f"{line.line_id}  {line.value_on}  {amount}  {line.name} {line.iban}  {line.text}"
        typer.echo(json.dumps(asdict(line), default=str) if as_json else f"{said.rstrip()}{hint}")
    for statement in billing.ask(worklist.aside, actor):
        said = f"SET ASIDE {statement.iban} {statement.statement_id}: {report.REASONS[statement.reason]}"
        typer.echo(json.dumps(asdict(statement), default=str) if as_json else said)
    for found in billing.ask(differences, actor):
        typer.echo(json.dumps(asdict(found), default=str) if as_json else gateway.difference(found))


@app.command(epilog="Example: voldaan bank confirm 12 2026-0001 2026-0002 --by finance@demo.test")
def confirm(
    line: LineId, numbers: Annotated[list[str], typer.Argument(help="Numbers of the invoices that it pays.")], by: By
) -> None:
    """Say which invoices of one customer a line pays, the oldest first; what is too much waits for the customer."""
    from billing.bank import worklist

    billing, actor = shared.finance(by)
    billing.do(worklist.confirm, actor, line, numbers)
    console.print(f"Line {line} is booked.")


@app.command(epilog="Example: voldaan bank origins 12 --by finance@demo.test")
def origins(line: LineId, by: By, as_json: AsJson = False) -> None:
    """List what a line that left may belong to: receipts that went back with it, payouts that we sent."""
    from billing.bank import outgoing

    billing, actor = shared.finance(by)
    for one in billing.ask(outgoing.origins, actor, line):
        costs = f"  less costs {documents.money(one.costs_cents, 'en')}" if one.costs_cents else ""
        said = f"{one.key}  {one.on}  {documents.money(one.cents, 'en')}{costs}  {one.name} {one.iban}  {one.account}"
        row = f"{said}  {', '.join(one.numbers)}".rstrip()
        typer.echo(json.dumps(asdict(one), default=str) if as_json else row)


@app.command(epilog="Example: voldaan bank belongs 12 payment:7 --by finance@demo.test")
def belongs(
    line: LineId, origin: Annotated[str, typer.Argument(help="As `voldaan bank origins` names it.")], by: By
) -> None:
    """Say which receipt went back with a line that left, or which payout left with it; the invoices that the receipt
    paid are open again."""
    from billing.bank import outgoing

    billing, actor = shared.finance(by)
    billing.do(outgoing.belongs, actor, line, origin)
    console.print(f"Line {line} is booked.")


@app.command(epilog="Example: voldaan bank ignore 12 --by finance@demo.test")
def ignore(
    line: LineId, by: By,
    gateway: Annotated[bool, typer.Option("--gateway", help="It is a payout of the payment gateway.")] = False,
) -> None:  # fmt: skip
    """Say that a line is no customer's."""
    from billing.bank import worklist
    from billing.bank.tables import Purpose

    billing, actor = shared.finance(by)
    billing.do(worklist.ignore, actor, line, Purpose.GATEWAY if gateway else Purpose.OTHER)
    console.print(f"Line {line} is put away.")


@app.command(epilog="Example: voldaan bank undo 12 --by finance@demo.test")
def undo(line: LineId, by: By) -> None:
    """Take back what a line was matched with; it waits again."""
    from billing.bank import worklist

    billing, actor = shared.finance(by)
    billing.do(worklist.undo, actor, line)
    console.print(f"Line {line} waits again.")


def content_of(file: Path) -> bytes:
    """What stands in a file. Raises BankFileRefused for one that is no statement by its size alone."""
    if file.stat().st_size > MOST_BYTES:
        raise BankFileRefused(reason="too_large")
    return file.read_bytes()
