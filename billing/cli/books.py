"""The bookkeeping: `voldaan books …`."""

import json
import re
from calendar import monthrange
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from billing.bookkeeping.export.formats import Format
from billing.cli import shared
from billing.cli.shared import AsJson, By, console

app = typer.Typer(no_args_is_help=True, help="The bookkeeping software, and exports for who has another.")


@app.command(epilog="Example: voldaan books status")
def status(as_json: AsJson = False) -> None:
    """Say what was handed over and what waits; exit 1 when a person must look."""
    from billing.bookkeeping import report

    billing = shared.billing()
    found = billing.ask(report.standing, billing.books.administration)
    typer.echo(json.dumps(report.as_row(found)) if as_json else "\n".join(report.as_lines(found)))
    if found.needs_a_person:
        raise typer.Exit(1)


@app.command(epilog="Example: voldaan books sync")
def sync() -> None:
    """Hand over now what waits, as the worker does by itself; exit 1 when something needs a person."""
    from billing.bookkeeping import flows, report

    billing = shared.billing()
    console.print(f"{flows.sync(billing)} documents were handed over or tried.")
    if billing.ask(report.standing, billing.books.administration).needs_a_person:
        raise typer.Exit(1)


@app.command(epilog="Example: voldaan books retry F2026-0001, or for all that is held: voldaan books retry")
def retry(number: Annotated[str, typer.Argument(help="Of the document; all when left out.")] = "") -> None:
    """Have the worker try again what is held, and end a pause; what stands there already is found by its number."""
    from billing.bookkeeping import queue

    billing = shared.billing()
    again = billing.do(queue.retry, billing.books.administration, number)
    console.print(f"{again} held documents are tried again.")


@app.command(epilog="Example: voldaan books export --period 2026-10 --format zip --out oktober.zip")
def export(
    period: Annotated[str, typer.Option(help="A month, such as 2026-10, or a year, such as 2026.")],
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)],
    form: Annotated[Format, typer.Option("--format", help="The journal as csv or xaf, or all of it as zip.")],
) -> None:
    """Write a period: the journal as CSV or as audit file, or both with all documents, their digests and an index."""
    from billing.bookkeeping.export import archive

    if not out.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {out.parent}", param_hint="--out")
    first, last = _days(period)
    done = archive.export(shared.billing(), first, last, out, form)
    console.print(f"{done.documents} documents and {done.rows} rows of the journal are in {out}.")


@app.command(epilog="Example: voldaan books vat --from 2026-01-01 --until 2026-03-31")
def vat(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day, included.")],
    as_json: AsJson = False,
) -> None:
    """Add up sales across borders for the ICP listing and the OSS return; exit 1 when the journal says otherwise."""
    from billing.bookkeeping import vat_figures

    found = shared.billing().ask(vat_figures.vat_figures, first.date(), last.date())
    typer.echo(json.dumps(vat_figures.as_row(found)) if as_json else "\n".join(vat_figures.as_lines(found)))
    if found.off_cents:
        raise typer.Exit(1)


@app.command(name="vat-number", epilog="Example: voldaan books vat-number 12")
def vat_number(account_id: Annotated[int, typer.Argument(help="Of the customer, without the K.")]) -> None:
    """Say all that the register of VAT numbers answered about a customer, with the numbers that prove it."""
    from billing.taxes import queries

    for check in shared.billing().ask(queries.checks_of, account_id):
        said = check.consultation or check.reason or "no consultation number"
        typer.echo(f"{check.asked_at:%Y-%m-%d %H:%M} {check.number} {check.verdict}, {said}, for {check.asked_by}")


@app.command(name="vat-tasks", epilog="Example: voldaan books vat-tasks --by finance@demo.test")
def vat_tasks(by: By) -> None:
    """List who moved out of the VAT area of the Union, and whose VAT number the authorities do not know."""
    from billing.accounts import moving
    from billing.taxes import queries

    billing, actor = shared.finance(by)
    for move in billing.ask(moving.waiting, actor):
        place = " ".join(filter(None, move.to.values()))
        typer.echo(f"K{move.account_id} {move.name}: moves from {move.country} to {place}, which waits for proof")
    for account in billing.ask(queries.invalid, actor):
        typer.echo(f"K{account.id} {account.name}: {account.vat_number} is not known, so there is VAT on its invoices")


@app.command(name="vat-move", epilog='Example: voldaan books vat-move 12 --evidence "extract" --by finance@demo.test')
def vat_move(
    account_id: Annotated[int, typer.Argument(help="Of the customer, without the K.")], by: By,
    evidence: Annotated[str, typer.Option(help="What proves the new address, or speaks against it.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Keep the address of before, and tell so.")] = False,
) -> None:  # fmt: skip
    """Let a customer's address outside the VAT area of the Union count from the next invoice on, or refuse it."""
    from billing.accounts import moving

    billing, actor = shared.finance(by)
    with shared.refused({"no_move": "No such move waits.", "no_evidence": "Say what it rests on."}):
        billing.do(moving.refuse if refuse else moving.confirm, actor, account_id, evidence)
    console.print(f"K{account_id} keeps its address and VAT." if refuse else f"K{account_id} is invoiced without VAT.")


def _days(period: str) -> tuple[date, date]:
    """The first and the last day of a month or a year."""
    found = re.fullmatch(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?", period)
    if found is None:
        raise typer.BadParameter(f"{period} is no month and no year", param_hint="--period")
    year, month = int(found[1]), int(found[2] or 0)
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])
