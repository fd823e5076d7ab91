"""The command line: `voldaan …`. Exit 0 done, 1 found a problem, 2 wrong usage; no traceback for a user's mistake."""

import json
import logging
import os
import signal
import sys
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import DBAPIError

from billing import cli_reminders, config, db, inbox
from billing.access import SYSTEM
from billing.config import Settings
from billing.db import Work
from billing.errors import BillingError, Conflict, RunHeld, SettingsInvalid
from billing.runs import report as runs
from billing.runtime import Billing
from billing.vault import Vault

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
push = typer.Typer(no_args_is_help=True, help="Stored messages of the payment gateway.")
app.add_typer(push, name="push")
invoices = typer.Typer(no_args_is_help=True, help="Invoices of what is due.")
app.add_typer(invoices, name="invoices")
app.add_typer(cli_reminders.app, name="reminders")
mail = typer.Typer(no_args_is_help=True, help="What becomes of mails.")
app.add_typer(mail, name="mail")
collections = typer.Typer(no_args_is_help=True, help="Direct debits by standing mandates.")
app.add_typer(collections, name="collections")
console = Console(stderr=True, highlight=False)

# What the pipe of a mail server takes as "keep it and try again later" (sysexits.h).
TRY_AGAIN = 75
AsJson = Annotated[bool, typer.Option("--json", help="Print results as JSON, one object a line.")]


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
    except RunHeld as held:
        console.print(f"[red]held[/red] {runs.held(held)}")
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

    running = Worker(_billing())
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
            panel_secret=settings.hosting_panel_secret.get_secret_value(), clock_file=settings.demo_clock,
            reports_url=f"{settings.public_url}/hooks/mail",
            reports_secret=settings.mail_reports_secret.get_secret_value(),
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
    billing = _billing()
    if demo:
        billing.do(seed_demo, billing.policy.seller)
    if customers:
        seed_bulk(billing, customers=customers, invoices=invoices, services=services)
    console.print("The database is filled.")


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
    from billing.runs import flows

    billing, day = _billing(), on.date() if on else None
    if dry_run:
        ran = flows.preview(billing, day)
    else:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Invoices", total=None)
            ran = flows.run_invoices(
                billing, SYSTEM, day, forced=force,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    typer.echo(json.dumps(runs.as_row(ran)) if as_json else "\n".join(runs.as_lines(ran)))
    if ran.tally.skipped:
        raise typer.Exit(1)


By = Annotated[str, typer.Option("--by", help="Who does this; it is kept.")]


@collections.command("run", epilog="Example: voldaan collections run --dry-run, and then voldaan collections run")
def run_collections(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what is due now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Plan, announce and submit what is due now, as the worker does every minute; exit 1 when a person must look."""
    from billing.mandates import flows, report

    billing = _billing()
    done = billing.ask(report.due, billing.policy.mandates) if dry_run else flows.run_collections(billing)
    typer.echo(json.dumps(report.as_row(done)) if as_json else "\n".join(report.as_lines(done)))
    if done.for_staff:
        raise typer.Exit(1)


@collections.command(epilog="Example: voldaan collections freeze --by Anna --reason 'the bank has an outage'")
def freeze(by: By, reason: Annotated[str, typer.Option("--reason", help="Why.")] = "") -> None:
    """Submit no collection any more; what the gateway has already goes on."""
    from billing.mandates import switches

    changed = _billing().do(switches.freeze, by, reason)
    console.print("All collections are frozen." if changed else "They were frozen already.")


@collections.command(epilog="Example: voldaan collections thaw --by Anna")
def thaw(by: By, reason: Annotated[str, typer.Option("--reason", help="Why.")] = "") -> None:
    """Collect again."""
    from billing.mandates import switches

    changed = _billing().do(switches.thaw, by, reason)
    console.print("Collections go on." if changed else "They were not frozen.")


@push.command(epilog="Example: voldaan push replay 17 18, or voldaan push replay --all")
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Numbers of stored messages.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All stored messages.")] = False,
) -> None:
    """Process stored messages again; what is right already stays as it is."""
    from billing.mandates import flows as mandates
    from billing.payments import flows

    if bool(ids) == everything:
        raise typer.BadParameter("give the numbers of messages, or --all")
    billing = _billing()
    count = billing.do(inbox.reopen, None if everything else ids)
    while flows.process_pushes(billing) or mandates.process_pushes(billing):
        pass
    console.print(f"{count} messages processed again.")
    if ids and count < len(ids):
        console.print("[red]some of these messages do not exist[/red]")
        raise typer.Exit(1)


@mail.command(epilog='Example, in /etc/aliases: bounces: "|voldaan mail report"')
def report() -> None:
    """Record a mail server's report about one of our mails, read from standard input; 75 asks to try again later."""
    from billing.correspondence import flows
    from billing.correspondence.reports import LARGEST_BYTES

    raw = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    try:
        is_ours = flows.receive_report(_billing(), raw)
    except (Conflict, SettingsInvalid, DBAPIError) as trouble:
        why = "the database can't be reached" if isinstance(trouble, DBAPIError) else trouble
        console.print(f"[red]try again later[/red] {why}")
        raise typer.Exit(TRY_AGAIN) from None
    console.print("The report is recorded." if is_ours else "The report is not about a mail of ours.")


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


def _billing() -> Billing:
    from billing.assembly import open_billing

    return open_billing()


def _with_database(query: Any) -> Any:
    from billing.assembly import clock

    loaded = config.load()
    database = db.Database(loaded.database_url)
    with database.session(writes=False) as session:
        return query(Work(session, clock(loaded).now()))


if __name__ == "__main__":
    main()
