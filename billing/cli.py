"""The command line: `voldaan …`. Exit 0 done, 1 found a problem, 2 wrong usage; no traceback for a user's mistake."""

import json
import logging
import os
import signal
import sys
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.progress import Progress
from sqlalchemy.exc import DBAPIError

from billing import config, db, documents, inbox
from billing.access import SYSTEM
from billing.cli_parts import AsJson, console, open_billing
from billing.cli_staff import held, refusal, stops
from billing.clock import SystemClock
from billing.config import Settings
from billing.db import Work
from billing.errors import BillingError, RunHeld, SettingsInvalid, StopRefused

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
push = typer.Typer(no_args_is_help=True, help="Stored messages of the payment gateway.")
app.add_typer(push, name="push")
invoices = typer.Typer(no_args_is_help=True, help="Invoices of what is due.")
app.add_typer(invoices, name="invoices")
app.add_typer(stops, name="stops")
app.add_typer(held, name="renewals")

HELD = (
    "This run would be {invoices} invoices, {total} in all. Of the last runs the most alike was {alike_invoices} "
    "invoices, {alike}. Nothing has been invoiced. Look at it with --dry-run; if it is right, run it with --force."
)


def main() -> None:
    """Run a command and turn known problems into a sentence and an exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "mail.log", "alembic.runtime", "weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        app()
    except SettingsInvalid as invalid:
        for problem in invalid.facts["problems"]:
            console.print(f"[red]setting[/red] {problem}")
        sys.exit(2)
    except RunHeld as too_far:
        console.print(f"[red]held[/red] {_held(too_far)}")
        sys.exit(1)
    except StopRefused as problem:
        console.print(f"[red]refused[/red] {refusal(problem)}")
        sys.exit(1)
    except BillingError as problem:
        console.print(f"[red]{problem}[/red]")
        sys.exit(1)
    except DBAPIError as trouble:
        console.print(f"[red]database[/red] {str(trouble.orig).strip().splitlines()[0]}")
        sys.exit(1)


@app.command(epilog="Example: VOLDAAN_DEMO=1 voldaan serve")
def serve(
    build_only: Annotated[bool, typer.Option("--build-only", help="Build the pages and stop.")] = False,
) -> None:
    """Serve the dashboard, building its pages first when they changed."""
    if not build_only:
        config.require_valid(config.load())
    arguments = ["--build-only"] if build_only else []
    os.execv(sys.executable, [sys.executable, "-m", "dashboard.serve", *arguments])


@app.command(epilog="Example: voldaan worker")
def worker() -> None:
    """Process pushes, check payments, print and mail, until stopped."""
    from billing.worker import Worker

    running = Worker(open_billing())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.stop())
    running.run()


@app.command(epilog="Example: voldaan migrate")
def migrate() -> None:
    """Bring the database to the newest revision."""
    db.migrate(config.load().database_url)
    console.print("The database is up to date.")


@app.command(epilog="Example: voldaan sandbox")
def sandbox() -> None:
    """Run the outside world: a payment gateway, a mailbox and a hosting panel to practise with."""
    from billing.sandbox import SandboxSettings
    from billing.sandbox import serve as serve_sandbox

    settings = config.load(demo=True)
    serve_sandbox(
        SandboxSettings(
            port=settings.sandbox_port, public_url=f"http://localhost:{settings.sandbox_port}",
            smtp_port=settings.sandbox_smtp_port, website_key=settings.buckaroo_website_key,
            secret=settings.buckaroo_secret.get_secret_value(), push_url=settings.push_url,
            state_file=settings.sandbox_state, merchant_name=settings.seller_name,
            panel_secret=settings.hosting_panel_secret.get_secret_value(),
        )
    )  # fmt: skip


@app.command(epilog="Example: voldaan seed --customers 1000 --invoices 100000")
def seed(
    demo: Annotated[bool, typer.Option("--demo", help="The demo's customers and log-ins.")] = False,
    customers: Annotated[int, typer.Option(min=0, max=1_000_000, help="Customers to invent.")] = 0,
    invoices: Annotated[int, typer.Option(min=0, max=10_000_000, help="Invoices to spread over them.")] = 0,
    services: Annotated[int, typer.Option(min=0, max=20, help="Services of each that are due today.")] = 0,
) -> None:
    """Fill an empty database: with the demo, with bulk data for measurements, or with both."""
    from billing.demo.bulk import seed_bulk
    from billing.demo.seed import seed_demo

    if not demo and not (customers and (invoices or services)):
        raise typer.BadParameter("give --demo, or --customers with --invoices, --services or both")
    billing = open_billing()
    if demo:
        billing.do(seed_demo, billing.policy.seller)
    if customers:
        seed_bulk(billing, customers=customers, invoices=invoices, services=services)
    console.print("The database is filled.")


@app.command(epilog="Example: voldaan check")
def check(as_json: AsJson = False) -> None:
    """Verify every invariant of the money; exit 1 when one is broken."""
    from billing.ledger.checks import run_checks

    findings = _with_database(run_checks)
    for finding in findings:
        if as_json:
            typer.echo(json.dumps({"invariant": finding.invariant, "holds": finding.holds,
                                   "offenders": finding.offenders}))  # fmt: skip
        else:
            more = "" if finding.holds else f": {', '.join(finding.offenders)}"
            typer.echo(f"{'ok    ' if finding.holds else 'BROKEN'} {finding.invariant}{more}")
    if not all(finding.holds for finding in findings):
        raise typer.Exit(1)


@invoices.command("run", epilog="Example: voldaan invoices run --dry-run, and then voldaan invoices run")
def run_invoices(
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day to run for; today if left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be invoiced.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Run though it is far from the last runs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make and issue every invoice that is due; safe to repeat, and to start again when it stopped half-way."""
    from billing.runs import flows, report

    billing, day = open_billing(), on.date() if on else None
    if dry_run:
        ran = flows.preview(billing, day)
    else:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Invoices", total=None)
            ran = flows.run_invoices(
                billing, SYSTEM, day, forced=force,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    typer.echo(json.dumps(report.as_row(ran)) if as_json else "\n".join(report.as_lines(ran)))
    if ran.tally.skipped:
        raise typer.Exit(1)


@push.command(epilog="Example: voldaan push replay 17 18, or voldaan push replay --all")
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Numbers of stored messages.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All stored messages.")] = False,
) -> None:
    """Process stored messages again; what is right already stays as it is."""
    from billing.payments import flows

    if bool(ids) == everything:
        raise typer.BadParameter("give the numbers of messages, or --all")
    billing = open_billing()
    count = billing.do(inbox.reopen, None if everything else ids)
    while flows.process_pushes(billing):
        pass
    console.print(f"{count} messages processed again.")
    if ids and count < len(ids):
        console.print("[red]some of these messages do not exist[/red]")
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
) -> None:
    """Measure, each figure beside its limit in the same run."""
    from billing.bench import BENCHMARKS, Size, run

    unknown = [name for name in names or [] if name not in BENCHMARKS]
    if unknown:
        raise typer.BadParameter(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    if size not in set(Size):
        raise typer.BadParameter(f"--size is one of {', '.join(Size)}")
    run(names or [], as_json=as_json, size=size, postgres=postgres)


def _held(run: RunHeld) -> str:
    total, alike = (documents.money(run.facts[name], "en") for name in ("total_cents", "alike_cents"))
    return HELD.format(total=total, alike=alike, **run.facts)


def _with_database(query: Any) -> Any:
    database = db.Database(config.load().database_url)
    with database.session(writes=False) as session:
        return query(Work(session, SystemClock().now()))


if __name__ == "__main__":
    main()
