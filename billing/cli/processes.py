"""Processes and what they stand on: `voldaan serve`, `worker`, `sandbox`, `migrate`, `seed`."""

import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from billing import config, db, settings_checks
from billing.cli.shared import billing, console

if TYPE_CHECKING:
    from billing.sandbox import SandboxSettings

app = typer.Typer()


@app.command(epilog="Example: VOLDAAN_DEMO=1 voldaan serve")
def serve(
    build_only: Annotated[bool, typer.Option("--build-only", help="Build the pages and stop.")] = False,
) -> None:
    """Serve the dashboard, building its pages first when they changed."""
    if not build_only:
        settings_checks.require_valid(config.load())
    arguments = ["--build-only"] if build_only else []
    os.execv(sys.executable, [sys.executable, "-m", "dashboard.serve", *arguments])


@app.command(epilog="Example: voldaan worker")
def worker() -> None:
    """Process pushes, check payments, print and mail, until stopped."""
    from billing.worker import Worker

    running = Worker(billing())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.stop())
    running.run()


@app.command(epilog="Example: voldaan migrate")
def migrate() -> None:
    """Bring the database to the newest revision. A demo leaves the database of a real installation alone."""
    settings = config.load()
    if settings.demo:
        settings_checks.require_demo_database(db.Database(settings.database_url))
    db.migrate(settings.database_url)
    console.print("The database is up to date.")


@app.command(epilog="Example: voldaan sandbox")
def sandbox() -> None:
    """Run the outside world: a payment gateway, a mailbox and a hosting panel to practise with."""
    from billing.sandbox import serve as serve_sandbox

    serve_sandbox(sandbox_settings(config.load(demo=True)))


def sandbox_settings(settings: config.Settings) -> "SandboxSettings":
    """What the sandbox has to know of the installation whose outside world it is."""
    from billing.sandbox import SandboxSettings

    return SandboxSettings(
        port=settings.sandbox_port, public_url=f"http://localhost:{settings.sandbox_port}",
        smtp_port=settings.sandbox_smtp_port, website_key=settings.buckaroo_website_key,
        secret=settings.buckaroo_secret.get_secret_value(), push_url=settings.push_url,
        state_file=settings.sandbox_state, merchant_name=settings.seller_name,
        panel_secret=settings.hosting_panel_secret.get_secret_value(), clock_file=settings.demo_clock,
        mail_reports_url=f"{settings.public_url}/hooks/mail",
        mail_reports_secret=settings.mail_reports_secret.get_secret_value(),
        books_token=settings.books_token.get_secret_value(), books_administration=settings.books_administration,
        peppol_token=settings.peppol_token.get_secret_value(),
        books_news_url=f"{settings.public_url}/hooks/books",
        books_news_secret=settings.books_news_secret.get_secret_value(),
    )  # fmt: skip


@app.command(epilog="Example: voldaan seed --customers 1000 --invoices 100000")
def seed(
    demo: Annotated[bool, typer.Option("--demo", help="The demo's customers and log-ins.")] = False,
    customers: Annotated[int, typer.Option(min=0, max=1_000_000, help="Customers to invent.")] = 0,
    invoices: Annotated[int, typer.Option(min=0, max=10_000_000, help="Invoices to spread over them.")] = 0,
    services: Annotated[int, typer.Option(min=0, max=20, help="Services of each that are due today.")] = 0,
) -> None:
    """Fill an empty database: with the demo, with bulk data for measurements, or with both."""
    from billing.demo import restoring
    from billing.demo.bulk import seed_bulk
    from billing.demo.seed import seed_demo

    if not demo and not (customers and (invoices or services)):
        raise typer.BadParameter("give --demo, or --customers with --invoices, --services or both")
    if demo and not config.load().demo:
        raise typer.BadParameter("everybody knows the passwords of the demo; set VOLDAAN_DEMO=1", param_hint="--demo")
    filled = billing()
    if demo:
        filled.do(seed_demo, filled.policy.seller)
        restoring.keep(filled.database)
    if customers:
        seed_bulk(filled, customers=customers, invoices=invoices, services=services)
    console.print("The database is filled.")
