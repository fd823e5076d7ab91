"""What the calendar asks for in accounts, whether or not anybody clicks."""

from billing.accounts import members
from billing.runtime import Billing


def warn_of_endings(billing: Billing) -> int:
    """Mail about the access that ends within two weeks, once each; returns how many were told of."""
    return billing.do(members.warn_of_endings) if billing.ask(members.any_ends_soon) else 0
