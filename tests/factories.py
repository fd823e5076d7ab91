"""The whole billing module for a test: the real services on a real database, with all that lies outside faked."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any, TypeVar

from passlib.hash import argon2
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, select

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.tables import MailTopic, Role
from billing.adapters.pain import PainWriter
from billing.audit import AuditEvent
from billing.clock import local_day
from billing.correspondence import flows as correspondence
from billing.correspondence.queries import InvoiceView, invoice_view
from billing.credits import service as credits
from billing.credits.tables import CreditNote
from billing.db import Database, Work
from billing.hosting import service as hosting
from billing.hosting.settings import EmailSettings, Forward, Mailbox, WebsiteSettings
from billing.invoices import service as invoices
from billing.invoices.queries import status_of
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import Invoice
from billing.ledger.checks import Finding, run_checks
from billing.ledger.tables import Posting
from billing.payments import flows as payments
from billing.payments.service import StartPayment
from billing.payments.tables import GatewayRecord, Payment
from billing.ports import Books, Method, Outcome, Party
from billing.runtime import Billing, Policy
from billing.settlement import Status
from billing.taxes import flows as taxes
from billing.vault import Vault
from tests.fakes.books import FakeBooks
from tests.fakes.clock import FakeClock
from tests.fakes.einvoices import FakeEInvoiceWriter
from tests.fakes.gateway import FakeGateway
from tests.fakes.listeners import FakeListeners
from tests.fakes.mail import FakeMailSender, FakeMailWriter
from tests.fakes.network import FakeNetwork
from tests.fakes.panel import FakePanel
from tests.fakes.printer import FakePrinter
from tests.fakes.pushes import FakePushReader, push, receive
from tests.fakes.vat_register import FakeVatRegister

PASSWORD = "a test's own password"
SIGNING_KEY = "a signing key of more than 32 characters"
ENCRYPTION_KEY = "an encryption key of more than 32 characters"
SELLER = Party(name="Verkoper B.V.", iban="NL93TEST0123456789", vat_number="NL000000000B00")

R = TypeVar("R")
T = TypeVar("T", bound=SQLModel)


@cache
def password_hash() -> str:
    """The hash of PASSWORD, of the real kind but cheap to verify: the product's own are slow on purpose."""
    return str(argon2.using(rounds=1, memory_cost=8, parallelism=1).hash(PASSWORD))


def line(euros: str = "100.00", *, vat: str = "21", quantity: str = "1") -> NewLine:
    """An invoice line; euros excluding VAT."""
    return NewLine("Webhosting", "voorbeeld.test", Decimal(quantity), Decimal(euros), Decimal(vat))


class Shop:
    """A company with customers. `billing` is what the product itself would use; the rest makes tests short."""

    def __init__(self, database: Database, *, floor_cents: int = 0) -> None:
        self.database, self.clock = database, FakeClock()
        self.gateway, self.mail = FakeGateway(), FakeMailSender()
        self.writer, self.printer = FakeMailWriter(), FakePrinter()
        self.panel, self.network = FakePanel(), FakeNetwork()
        self.books, self.vat_register = FakeBooks(), FakeVatRegister()
        self.billing = Billing(
            database=database, clock=self.clock,
            policy=Policy(
                seller=SELLER, public_url="https://billing.test", push_url="https://billing.test/hooks/buckaroo",
                signing_key=SIGNING_KEY, gateway_is_live=False, floor_cents=floor_cents,
            ),
            panel=self.panel, books=self.books, gateway=self.gateway, pushes=FakePushReader(), pdf=self.printer,
            einvoices=FakeEInvoiceWriter(), network=self.network, mail=self.mail, mail_writer=self.writer,
            vault=Vault([ENCRYPTION_KEY]), transfers=PainWriter(), vat_register=self.vat_register,
            listeners=FakeListeners(),
        )  # fmt: skip
        self.do, self.ask = self.billing.do, self.billing.ask
        self._numbers = count(1)

    # Customers and their people

    def customer(self, name: str = "Bakkerij Test", **details: str) -> int:
        command = accounts.OpenAccount(name, "A. Tester", **details)
        account_id = self.do(accounts.open_account, SYSTEM, command)
        taxes.check_stale(self.billing, [account_id])
        return account_id

    def member(
        self, account_id: int, role: Role = Role.BOOKKEEPER, *, mails: bool = False, ends_on: date | None = None
    ) -> Actor:
        """A new person with a log-in, `person-1@test.example` and so on, and rights in an account."""
        name = f"person-{next(self._numbers)}"
        user_id = self.do(
            accounts.add_user, SYSTEM, email=f"{name}@test.example", name=name, password_hash=password_hash()
        )
        actor = Actor(name=name, user_id=user_id)
        self.also_member(actor, account_id, role, mails=mails, ends_on=ends_on)
        return actor

    def also_member(
        self, actor: Actor, account_id: int, role: Role = Role.BOOKKEEPER, *, mails: bool = False,
        ends_on: date | None = None,
    ) -> None:  # fmt: skip
        self.do(
            accounts.add_member, SYSTEM, account_id=account_id, user_id=actor.user_id or 0, role=role,
            topics=MailTopic if mails else (), ends_on=ends_on,
        )  # fmt: skip

    def proven(self, actor: Actor) -> Actor:
        """The same person, who has just proven an identity."""
        return replace(actor, checked_at=self.clock.now())

    # Invoices

    def draft(self, account_id: int, *lines: NewLine) -> int:
        return self.do(invoices.draft_invoice, SYSTEM, DraftInvoice(account_id, "Webhosting", lines or (line(),)))

    def invoice(self, account_id: int, euros: str = "100.00", *, due_on: date | None = None) -> str:
        """The number of a new invoice; euros excluding 21 % VAT, so that the default comes to € 121."""
        draft_id = self.draft(account_id, line(euros))
        return self.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER, due_on)).number or ""

    def credit(self, number: str, net_cents: int, *, vat: Decimal = Decimal(21)) -> CreditNote:
        """Take back a net amount of an invoice, with its VAT at one rate."""
        command = credits.IssueCreditNote(self.row(number).id or 0, net_cents, vat, "Opgezegd")
        return self.do(credits.issue_credit_note, SYSTEM, command)

    def row(self, number: str) -> Invoice:
        return self.one(Invoice, number=number)

    def open_cents(self, *numbers: str) -> list[int]:
        return [self.row(number).open_cents for number in numbers]

    def status(self, number: str) -> Status:
        return status_of(self.row(number), local_day(self.clock.now()))

    def view(self, actor: Actor, number: str) -> InvoiceView:
        return self.ask(invoice_view, actor, number)

    # Hosting

    def package(self, account_id: int, domain: str = "voorbeeld.test") -> int:
        """The id of a hosting package with two mailboxes and one forward, of which the panel knows."""
        email = EmailSettings(
            (Mailbox(f"info@{domain}", active=True), Mailbox(f"hanna@{domain}", active=True)),
            (Forward(f"winkel@{domain}", f"info@{domain}"),),
        )
        command = hosting.AddPackage(account_id, domain, WebsiteSettings("8.3", False, "public_html"), email)
        package_id = self.do(hosting.add_package, SYSTEM, command)
        self.carry_out()
        self.panel.told.clear()
        return package_id

    # Payments

    def change_gateway(self, gateway: FakeGateway) -> None:
        self.gateway = gateway
        self.billing = replace(self.billing, gateway=gateway)

    def change_books(self, books: Books) -> None:
        self.billing = replace(self.billing, books=books)
        self.do, self.ask = self.billing.do, self.billing.ask

    def start(
        self, actor: Actor, *numbers: str, method: Method = Method.IDEAL, despite_pending: bool = False
    ) -> payments.StartedPayment:
        command = StartPayment(numbers, method, client_ip="192.0.2.7", despite_pending=despite_pending)
        return payments.start_payment(self.billing, actor, command)

    def start_key(self, actor: Actor, *numbers: str, method: Method = Method.IDEAL) -> str:
        """Start a payment; the gateway's key of it."""
        return self.payment(self.start(actor, *numbers, method=method).token).provider_key or ""

    def payment(self, token: str) -> Payment:
        return self.one(Payment, token=token)

    def payment_of(self, key: str) -> Payment:
        return self.one(Payment, provider_key=key)

    def record(self, key: str) -> GatewayRecord:
        return self.one(GatewayRecord, provider_key=key)

    def push(self, key: str, external_id: str = "") -> bool:
        return receive(self.billing, push(key, external_id))

    def hear(self, key: str) -> str:
        """The gateway tells that something changed about a transaction; returns what became of it."""
        self.push(key, f"{key}-{next(self._numbers)}")
        payments.process_pushes(self.billing)
        return self.record(key).verdict

    def succeed(self, key: str, **other: Any) -> str:
        self.gateway.change(key, Outcome.SUCCEEDED, **other)
        return self.hear(key)

    def pay(self, actor: Actor, *numbers: str, method: Method = Method.IDEAL) -> str:
        """Pay invoices in full; the gateway's key of the payment."""
        key = self.start_key(actor, *numbers, method=method)
        self.succeed(key)
        return key

    def carry_out(self) -> None:
        """Let the worker do all that is due in the outbox."""
        while correspondence.carry_out(self.billing) or correspondence.ask_outsiders(self.billing):
            pass

    # The database

    def one(self, table: type[T], **values: object) -> T:
        [found] = self.all(table, **values)
        return found

    def all(self, table: type[T], **values: object) -> Sequence[T]:
        """Rows with these values, in the order of their keys."""
        wanted = (getattr(table, name) == value for name, value in values.items())
        statement = select(table).where(*wanted).order_by(*inspect(table).primary_key)
        return self.ask(lambda work: work.session.exec(statement).all())

    def totals(self) -> dict[str, int]:
        """The balance of each account of the journal."""
        sums: dict[str, int] = {}
        for posting in self.all(Posting):
            sums[posting.ledger_account] = sums.get(posting.ledger_account, 0) + posting.cents
        return sums

    def audit(self) -> Sequence[AuditEvent]:
        """Everything in the audit log, the oldest first."""
        return self.all(AuditEvent)

    def sql(self, *statements: str, **values: object) -> None:
        """Change rows behind the back of the services."""
        with self.database.session(writes=True) as session:
            for statement in statements:
                session.execute(text(statement), values)
            session.commit()

    def refusal(self, statement: str) -> str:
        """What the database says against a statement; empty when it would do it. Nothing is kept."""
        with self.database.session(writes=True) as session:
            try:
                session.execute(text(statement))
            except DBAPIError as refused:
                return str(refused.orig)
        return ""

    def findings(self) -> Sequence[Finding]:
        """Every invariant with what breaks it."""
        return self.ask(run_checks, self.billing.vault)

    def broken(self) -> list[str]:
        """The invariants that do not hold."""
        return [finding.invariant for finding in self.findings() if not finding.holds]

    def broken_after(self, *damage: str) -> list[str]:
        """The invariants that would not hold after this damage, of which nothing is kept."""
        with self.database.session(writes=True) as session:
            for statement in damage:
                session.execute(text(statement))
            findings = run_checks(Work(session, self.clock.now()), self.billing.vault)
        return [finding.invariant for finding in findings if not finding.holds]

    def overlap(self, first: Callable[[Work], object], second: Callable[[Work], R]) -> R:
        """Do `second` while the transaction of `first` is still open, as when two people act at one moment."""
        with ThreadPoolExecutor(1) as pool, self.database.session(writes=True) as session:
            work = Work(session, self.clock.now())
            first(work)
            work.flush()
            running = pool.submit(self.do, second)
            self._let_it_wait(running)
            session.commit()
            return running.result(timeout=30)

    def _let_it_wait(self, running: Future[Any]) -> None:
        # SQLite lets the second one begin only after the first, so there is nothing to wait for.
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while self.database.url.startswith("postgresql") and not running.done():
            with self.database.engine.connect() as connection:
                if connection.execute(waiting).scalar_one():
                    return
