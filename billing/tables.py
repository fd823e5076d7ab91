"""Every table of the billing module in one list, for migrations and for SQLModel's metadata."""

from sqlmodel import SQLModel

from billing import audit, inbox, outbox, pulse, rates
from billing.accounts import tables as accounts
from billing.api import tables as api
from billing.bank import tables as bank
from billing.bank.refunds import tables as refunds
from billing.bookkeeping import tables as bookkeeping
from billing.changes import tables as changes
from billing.clearing import tables as clearing
from billing.correspondence import tables as correspondence
from billing.credits import tables as credits
from billing.deliveries import tables as deliveries
from billing.feeds import tables as feeds
from billing.hosting import tables as hosting
from billing.invoices import tables as invoices
from billing.ledger import tables as ledger
from billing.lights import tables as lights
from billing.listeners import tables as listeners
from billing.logins import tables as logins
from billing.mandates import tables as mandates
from billing.payments import tables as payments
from billing.products import tables as products
from billing.reminders import tables as reminders
from billing.renewals import tables as renewals
from billing.stops import tables as stops
from billing.taxes import tables as taxes
from billing.troubles import tables as troubles

METADATA = SQLModel.metadata

__all__ = [
    "METADATA", "accounts", "api", "audit", "bank", "bookkeeping", "changes", "clearing", "correspondence", "credits",
    "deliveries", "feeds", "hosting", "inbox", "invoices", "ledger", "lights", "listeners", "logins", "mandates",
    "outbox", "payments", "products", "pulse", "rates", "refunds", "reminders", "renewals", "stops", "taxes",
    "troubles",
]  # fmt: skip
