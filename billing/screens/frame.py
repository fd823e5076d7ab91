"""What is round every page: who is there, and what the account on screen has open."""

from dataclasses import dataclass

from billing.access import Permission
from billing.db import Work
from billing.invoices.queries import OpenInvoices, open_invoices
from billing.logins import queries
from billing.logins.queries import Identity


@dataclass(frozen=True)
class Frame:
    """open_invoices: None without the right to see them."""

    identity: Identity
    open_invoices: OpenInvoices | None


def frame(work: Work, token: str) -> Frame | None:
    """The frame for the holder of a session token; None when that holds no longer."""
    identity = queries.identity(work, token)
    if identity is None:
        return None
    sees_invoices = Permission.INVOICES_VIEW in identity.permissions
    return Frame(identity, open_invoices(work, identity.actor, identity.account_id) if sees_invoices else None)
