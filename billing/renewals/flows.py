"""What the calendar asks for in domains."""

from billing.renewals import service
from billing.runtime import Billing
from billing.troubles import flows as troubles


def renew_domains(billing: Billing) -> int:
    """Renew every domain whose period ends soon, or hold it for a person; returns how many are renewed."""
    rules = billing.policy.renewals
    return troubles.each(
        billing, "renewals.renew_domains", "account",
        lambda account_id: billing.do(service.renew_due, account_id, rules), billing.ask(service.accounts_due, rules),
    )  # fmt: skip
