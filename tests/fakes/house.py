"""A running billing module for tests, with a gateway in memory and a few customers to look at."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

from billing.access import MAY_GET_BILLING_MAIL, SYSTEM
from billing.accounts import service as accounts
from billing.accounts.tables import MailTopic, Role
from billing.adapters.buckaroo import BuckarooPushReader, BuckarooSettings
from billing.adapters.pain import PainWriter
from billing.correspondence import service as correspondence
from billing.db import Database
from billing.invoices import service as invoices
from billing.logins import passwords
from billing.ports import (
    AccountMail,
    AccountStatement,
    CreditNoteDocument,
    CreditNoteMail,
    InvoiceDocument,
    InvoiceMail,
    Mail,
    Party,
)
from billing.runtime import Billing, Policy
from billing.vault import Vault
from tests.fakes.books import FakeBooks
from tests.fakes.einvoices import FakeEInvoiceWriter
from tests.fakes.gateway import FakeGateway
from tests.fakes.listeners import FakeListeners
from tests.fakes.network import FakeNetwork
from tests.fakes.panel import FakePanel
from tests.fakes.vat_register import FakeVatRegister

PUBLIC_URL = "https://app.example.test"
WEBSITE_KEY, SECRET = "WebKey0001", "0123456789ABCDEFsecret"
PASSWORD = "correct horse battery staple"
SIGNING_KEY = "a signing key for tests, long enough"
SELLER = Party(name="Voorbeeld Hosting B.V.", iban="NL93DEMO0123456789", vat_number="NL000000000B00")
PDF = b"%PDF-1.7 a printed invoice"


@dataclass
class MovableClock:
    """Stands still until it is moved."""

    time: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    rewound: int = 0

    def now(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class PlainPrinter:
    """Prints the number of an invoice, in no time."""

    def invoice(self, document: InvoiceDocument) -> bytes:
        return PDF + document.number.encode()

    def credit_note(self, document: CreditNoteDocument) -> bytes:
        return PDF + document.number.encode()

    def statement(self, document: AccountStatement) -> bytes:
        return PDF + f"balance {document.closing_cents}".encode()


@dataclass
class Letterbox:
    """Writes short mails and keeps what is sent."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]:
        return mail.kind, mail.document.number, mail.pay_url

    def credit_note(self, mail: CreditNoteMail) -> tuple[str, str, str]:
        return "credit_note", mail.document.number, mail.dashboard_url

    def account(self, mail: AccountMail) -> tuple[str, str, str]:
        return mail.kind, mail.account_name, mail.url


def open_billing(database_url: str, clock: MovableClock) -> Billing:
    """The billing module on a migrated database."""
    buckaroo = BuckarooSettings(
        website_key=WEBSITE_KEY, secret=SECRET, base_url="https://gateway.test",
        redirect_hosts=frozenset({"https://gateway.test"}), push_base_url=PUBLIC_URL,
    )  # fmt: skip
    letterbox = Letterbox()
    return Billing(
        database=Database(database_url),
        clock=clock,
        policy=Policy(SELLER, PUBLIC_URL, f"{PUBLIC_URL}/hooks/buckaroo", SIGNING_KEY, gateway_is_live=False),
        gateway=FakeGateway(),
        pushes=BuckarooPushReader(buckaroo, clock=clock),
        panel=FakePanel(),
        books=FakeBooks(),
        listeners=FakeListeners(),
        pdf=PlainPrinter(),
        einvoices=FakeEInvoiceWriter(),
        network=FakeNetwork(),
        vat_register=FakeVatRegister(),
        mail=letterbox,
        mail_writer=letterbox,
        vault=Vault(["an encryption key for tests, long enough"]),
        transfers=PainWriter(),
    )


@dataclass(frozen=True)
class House:
    """The billing module, and the words in which tests arrange what is in it."""

    billing: Billing
    clock: MovableClock

    def customer(self, name: str) -> int:
        """A new account."""
        return self.billing.do(accounts.open_account, SYSTEM, accounts.OpenAccount(name=name))

    def person(self, email: str, account_id: int, *, role: Role = Role.OWNER) -> int:
        """A person with a log-in and a role in one account."""
        user_id = self.billing.do(
            accounts.add_user, SYSTEM, email=email, name=email.partition("@")[0], password_hash=_password_hash()
        )
        self.billing.do(
            accounts.add_member,
            SYSTEM,
            account_id=account_id,
            user_id=user_id,
            role=role,
            topics=MailTopic if role in MAY_GET_BILLING_MAIL else (),
        )
        return user_id

    def invoice(self, account_id: int, *, euros: int = 100) -> str:
        """An issued invoice; returns its number."""
        line = invoices.NewLine("Hosting", "", Decimal(1), Decimal(euros), Decimal(21))
        draft = invoices.DraftInvoice(account_id, subject="Hosting", lines=(line,))
        invoice_id = self.billing.do(invoices.draft_invoice, SYSTEM, draft)
        command = invoices.IssueInvoice(invoice_id, seller=SELLER)
        return self.billing.do(invoices.issue_invoice, SYSTEM, command).number or ""

    def print(self, invoice_id: int) -> None:
        """What the worker does with a new invoice."""
        wanted = self.billing.ask(correspondence.to_render, invoice_id)
        self.billing.do(correspondence.store_file, wanted, self.billing.pdf.invoice(wanted.document))


@cache
def _password_hash() -> str:
    return passwords.hash_password(PASSWORD)
