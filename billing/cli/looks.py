"""Looking at an installation: `voldaan check`, `troubles`, `settings`, `bench`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from billing import config, db
from billing.cli.shared import AsJson
from billing.config import Settings
from billing.db import Work
from billing.vault import Vault

app = typer.Typer()


@app.command(epilog="Example: voldaan check")
def check(as_json: AsJson = False) -> None:
    """Verify every invariant of the money; exit 1 when one is broken."""
    from billing.ledger.checks import run_checks

    findings = _with_database(lambda work: run_checks(work, Vault(config.vault_keys(config.load()))))
    for finding in findings:
        if as_json:
            typer.echo(json.dumps({"invariant": finding.invariant, "holds": finding.holds,
                                   "offenders": finding.offenders}))  # fmt: skip
        else:
            more = "" if finding.holds else f": {', '.join(finding.offenders)}"
            typer.echo(f"{'ok    ' if finding.holds else 'BROKEN'} {finding.invariant}{more}")
    if not all(finding.holds for finding in findings):
        raise typer.Exit(1)


@app.command(epilog="Example: voldaan troubles")
def troubles(as_json: AsJson = False) -> None:
    """List what the worker tries again and again in vain; exit 1 when there is any."""
    from billing.troubles.service import all_of_them

    found = _with_database(all_of_them)
    for one in found:
        since = one.since.isoformat(timespec="seconds")
        row = {"job": one.job, "subject": one.subject, "since": since, "times": one.times, "error": one.error}
        line = f"{one.job} fails for {one.subject or 'everything'} since {since}, {one.times} times: {one.error}"
        typer.echo(json.dumps(row) if as_json else line)
    if found:
        raise typer.Exit(1)


@app.command(epilog="Example: voldaan settings")
def settings(as_json: AsJson = False) -> None:
    """List every setting, its meaning and its value; secrets stay hidden."""
    loaded = config.load()
    for name, field in Settings.model_fields.items():
        value = config.shown(loaded, name)
        row = {"name": f"VOLDAAN_{name.upper()}", "value": value, "meaning": field.description}
        typer.echo(json.dumps(row) if as_json else f"{row['name']:<40} {value:<34} {field.description}")


@app.command(epilog="Example: voldaan bench P2 P4 --json")
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Which of P2, P3, … to run; all when left out.")] = None,
    as_json: AsJson = False,
    size: Annotated[str, typer.Option(help="small for a quick look, full for figures to keep.")] = "small",
    postgres: Annotated[str, typer.Option(help="URL of a PostgreSQL server to make databases on, too.")] = "",
    page: Annotated[Path | None, typer.Option(help="A page of results to put the figures on.")] = None,
) -> None:
    """Measure, each figure beside its limit in the same run."""
    from billing.bench import BENCHMARKS, Size, run

    unknown = [name for name in names or [] if name not in BENCHMARKS]
    if unknown:
        raise typer.BadParameter(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    if size not in set(Size):
        raise typer.BadParameter(f"--size is one of {', '.join(Size)}")
    run(names or [], as_json=as_json, size=size, postgres=postgres, page=page)


def _with_database(query: Any) -> Any:
    from billing.assembly import clock

    loaded = config.load()
    database = db.Database(loaded.database_url)
    with database.session(writes=False) as session:
        return query(Work(session, clock(loaded).now()))
