"""How the standing mandate of an account stands, as more than one page says it."""

from dataclasses import dataclass

from billing.access import Permission
from billing.mandates import queries
from billing.mandates.queries import Freeze, MandateView
from billing.runtime import Billing
from billing.states import MandateState
from dashboard.session import Visit


@dataclass(frozen=True)
class Standing:
    """view: the mandate; None when there never was one, or for who may not see it. requested: how it stands with the
    newest request, until that is signed. freeze: nothing is collected from anybody now; None when that is not so."""

    view: MandateView | None = None
    requested: MandateState | None = None
    freeze: Freeze | None = None


def standing(billing: Billing, visit: Visit, account_id: int) -> Standing:
    """Look it up. Raises NotFound or NotAllowed for an account of others."""
    if not visit.may(Permission.MANDATE_VIEW):
        return Standing()
    return Standing(
        billing.ask(queries.mandate_of, visit.actor, account_id),
        billing.ask(queries.requested_mandate, visit.actor, account_id),
        billing.ask(queries.freeze_of, visit.actor, account_id),
    )
