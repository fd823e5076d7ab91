"""What the calendar asks for in domains."""

from billing.renewals import service
from billing.runtime import Billing


def renew_domains(billing: Billing) -> int:
    """Renew every domain whose period ends soon, or hold it for a person; returns how many are renewed."""
    rules = billing.policy.renewals
    return sum(
        billing.do(service.renew_due, account_id, rules) for account_id in billing.ask(service.accounts_due, rules)
    )
