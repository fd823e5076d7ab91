"""Every table of the billing module in one list, for migrations and for SQLModel's metadata."""

from sqlmodel import SQLModel

from billing import audit, inbox, outbox
from billing.accounts import tables as accounts
from billing.changes import tables as changes
from billing.credits import tables as credits
from billing.hosting import tables as hosting
from billing.invoices import tables as invoices
from billing.ledger import tables as ledger
from billing.logins import tables as logins
from billing.payments import tables as payments
from billing.products import tables as products
from billing.renewals import tables as renewals
from billing.stops import tables as stops

METADATA = SQLModel.metadata

__all__ = [
    "METADATA", "accounts", "audit", "changes", "credits", "hosting", "inbox", "invoices", "ledger", "logins", "outbox",
    "payments", "products", "renewals", "stops",
]  # fmt: skip
