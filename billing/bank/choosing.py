"""What a person chooses from, for a line of which nobody knows what it is for: the open invoices of one customer."""

from dataclasses import dataclass
from datetime import date

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account
from billing.bank import known
from billing.db import Work
from billing.errors import NotFound


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice that is not paid, or not all of it."""

    number: str
    due_on: date
    open_cents: int


@dataclass(frozen=True)
class Payer:
    """A customer with all that is open, the oldest first."""

    account_id: int
    name: str
    invoices: tuple[OpenInvoice, ...]


def payer(work: Work, actor: Actor, account_id: int) -> Payer:
    """One customer. Raises NotAllowed, NotFound."""
    access.require_finance(work, actor)
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotFound()
    found = sorted(known.open_of(work, [account_id]), key=lambda invoice: (invoice.due_on, invoice.invoice_id))
    rows = tuple(OpenInvoice(invoice.number, invoice.due_on, invoice.open_cents) for invoice in found)
    return Payer(account_id, account.name, rows)
