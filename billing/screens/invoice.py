"""What the page of one invoice tells, and how it stands with the mandate of its account."""

from dataclasses import dataclass

from billing import access
from billing.access import Actor, Permission
from billing.correspondence.queries import InvoiceView
from billing.db import Work
from billing.invoices.queries import account_of
from billing.mandates.queries import InvoiceCollection, MandateStanding, collection_of, mandate_standing
from billing.mandates.rules import MandateRules
from billing.reminders.history import invoice_view


@dataclass(frozen=True)
class InvoicePage:
    """mandate: nothing known for who may not see it."""

    view: InvoiceView
    collection: InvoiceCollection
    mandate: MandateStanding


def invoice_page(work: Work, actor: Actor, number: str, limits: MandateRules) -> InvoicePage:
    """The page of an invoice. Raises NotFound or NotAllowed."""
    account_id = account_of(work, actor, number)
    sees_mandate = Permission.MANDATE_VIEW in access.permissions(work, actor, account_id)
    return InvoicePage(
        view=invoice_view(work, actor, number), collection=collection_of(work, actor, number, limits),
        mandate=mandate_standing(work, actor, account_id) if sees_mandate else MandateStanding(),
    )  # fmt: skip
