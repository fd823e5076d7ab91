"""What a customer's first page tells besides the open invoices."""

from dataclasses import dataclass

from billing import access
from billing.access import Actor, Permission
from billing.db import Work
from billing.mandates.queries import MandateStanding, mandate_standing
from billing.payments.queries import overpaid_cents
from billing.safety.queries import ComingCharge, SafeService, coming_charges, safe_services


@dataclass(frozen=True)
class Home:
    """overpaid_cents, coming: nothing for who may not see invoices. mandate: nothing known for who may not see it.
    services: None for who may not see them."""

    overpaid_cents: int
    coming: tuple[ComingCharge, ...]
    mandate: MandateStanding
    services: tuple[SafeService, ...] | None


def home(work: Work, actor: Actor, account_id: int, lead_days: int) -> Home:
    """What this person may see of it. lead_days: how long before a period it is invoiced."""
    rights = access.permissions(work, actor, account_id)
    sees_invoices = Permission.INVOICES_VIEW in rights
    return Home(
        overpaid_cents=overpaid_cents(work, actor, account_id) if sees_invoices else 0,
        coming=coming_charges(work, actor, account_id, lead_days) if sees_invoices else (),
        mandate=mandate_standing(work, actor, account_id) if Permission.MANDATE_VIEW in rights else MandateStanding(),
        services=safe_services(work, actor, account_id, lead_days) if Permission.SERVICES_VIEW in rights else None,
    )
