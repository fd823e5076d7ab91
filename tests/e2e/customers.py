"""Customers who come to the demo for one journey, and what the company does for them meanwhile."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import select

from billing import outbox
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.accounts.service import OpenAccount
from billing.accounts.tables import MailTopic, Role
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.logins.passwords import hash_password
from billing.mandates import flows, switches
from billing.mandates.tables import Collection
from billing.payments.flows import keep_in_touch
from billing.payments.tables import Payment
from billing.products import service as products
from billing.products.service import StartService
from billing.products.tables import Product
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import PASSWORD

# Less than the lead days of an invoice run.
PAID_DAYS = timedelta(days=5)


@dataclass(frozen=True)
class Customer:
    """An account with one owner, who gets the mails and logs in with the password of the demo."""

    account: str
    account_id: int
    email: str


def new_customer(demo: Demo, account: str) -> Customer:
    """Open an account."""
    return demo.billing.do(_open, account)


def start_service(demo: Demo, customer: Customer, product: str) -> None:
    """Let a customer have something that is paid until a few days from now, so that the next run invoices it."""
    demo.billing.do(_start, customer, product)


def let_days_pass(demo: Demo, days: int) -> None:
    """A day at a time, with everything that a worker does about collections on each, and the mails of it sent."""
    for _ in range(days):
        demo.move_clock(days=1)
        keep_in_touch(demo.billing)
        # While a day has passed in which nobody heard the gateway, nothing is collected.
        eventually(lambda: demo.billing.ask(switches.feeds_want) is None, seconds=60)
        flows.run_collections(demo.billing)
        eventually(lambda: not demo.billing.ask(outbox.any_due, frozenset(outbox.Task)), seconds=60)


def debit_key(demo: Demo, number: str) -> str:
    """The gateway's key of the collection of an invoice; empty while it has not been submitted."""
    return demo.billing.ask(_debit_key, number)


def debit_state(demo: Demo, number: str) -> str:
    """Where the collection of an invoice stands."""
    invoice = select(Invoice.id).where(Invoice.number == number).scalar_subquery()
    state = select(Collection.state).where(Collection.invoice_id == invoice)
    return demo.billing.ask(lambda work: work.session.exec(state).one())


def _open(work: Work, name: str) -> Customer:
    account_id = accounts.open_account(work, SYSTEM, OpenAccount(name=name, attention="Noor Voorbeeld"))
    email = f"eigenaar-{account_id}@demo.test"
    user_id = accounts.add_user(work, SYSTEM, email=email, name="Noor Voorbeeld", password_hash=hash_password(PASSWORD))
    accounts.add_member(work, SYSTEM, account_id=account_id, user_id=user_id, role=Role.OWNER, topics=MailTopic)
    return Customer(name, account_id, email)


def _start(work: Work, customer: Customer, product: str) -> None:
    today = local_day(work.now)
    product_id = work.session.exec(select(Product.id).where(Product.name == product)).one() or 0
    start = StartService(customer.account_id, product_id, "voorbeeld.test", today, paid_through=today + PAID_DAYS)
    products.start_service(work, SYSTEM, start)


def _debit_key(work: Work, number: str) -> str:
    invoice = select(Invoice.id).where(Invoice.number == number).scalar_subquery()
    payment = select(Collection.payment_id).where(Collection.invoice_id == invoice).scalar_subquery()
    return work.session.exec(select(Payment.provider_key).where(Payment.id == payment)).first() or ""
