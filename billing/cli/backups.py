"""Copies of the database: `voldaan backup`, `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from billing import config, pulse
from billing.cli import looks
from billing.cli.shared import AsJson, console, refused
from billing.pulse import Pulse

app = typer.Typer()

_SENTENCES = {
    "exists": "{file} is there already; nothing was written.",
    "no_database": "There is no database yet; nothing was written.",
    "no_program": "{program} was not found; VOLDAAN_POSTGRES_PROGRAMS names its folder. Nothing was changed.",
    "program_failed": "{program} failed, nothing was changed: {said}",
    "no_copy": "There is no {file}; nothing was changed.",
    "no_manifest": "{file} is missing or can't be read, so nothing can be told of the copy. Nothing was changed.",
    "changed": "{file} is not what was written: its size or SHA-256 differs. Nothing was changed.",
    "other_engine": "This is a copy of a database on {engine}. Nothing was changed.",
    "newer": "It was made by version {version}, which knows migrations that this one doesn't. Nothing was changed.",
    "not_empty": "The database holds {rows} rows; --replace puts the copy in their place. Nothing was changed.",
    "in_use": "Somebody is connected to the database: stop web and worker first. Nothing was changed.",
    "unfinished": "A restore was killed half-way: what was there is in the schema {schema}, see the runbook.",
    "differs": "What came out of the copy is not what its description says. Nothing was changed.",
    "unreadable": "The database or the copy can't be read as one. Nothing was changed.",
}


@app.command(epilog="Example: voldaan backup /backups/2026-11-26.voldaan")
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; its description goes beside it.")]) -> None:
    """Copy the whole database, as it is at one moment, while everything runs."""
    from billing.assembly import build, clock
    from billing.backups import flows

    settings = config.load()
    with refused(_SENTENCES), console.status("Copying …"):
        now = clock(settings).now()
        made = flows.backup(settings.database_url, file, now=now, programs=settings.postgres_programs)
    if Pulse.__tablename__ in made.contents.rows:
        copied = build(settings)
        copied.do(pulse.beat, pulse.BACKUP)
        copied.database.dispose()
    console.print(f"{made.contents.total_rows} rows in {made.size_bytes} bytes, SHA-256 {made.sha256}.")


@app.command(epilog="Example: voldaan restore /backups/2026-11-26.voldaan --replace")
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `voldaan backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a copy back once it is seen to be whole, and verify every invariant; exit 1 when one is broken."""
    from billing.backups import flows

    settings = config.load()
    with refused(_SENTENCES), console.status("Putting back …"):
        described = flows.restore(settings.database_url, file, replace=replace, programs=settings.postgres_programs)
    console.print(f"{described.contents.total_rows} rows of {described.made_at} are back. Every invariant:")
    looks.check(as_json)
