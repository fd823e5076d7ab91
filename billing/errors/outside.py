"""What may go wrong with the world outside: providers, their messages, mail."""

from billing.errors.general import BillingError


class ProviderRefused(BillingError):
    """The outside party said no, for certain. `reason` is for staff, not for customers."""

    code = "provider_refused"


class ProviderUnclear(BillingError):
    """No answer or no sensible one: the outcome is unknown, and must never be shown as failed."""

    code = "provider_unclear"


class PushRefused(BillingError):
    """A gateway message that can't be trusted or read. `status` is the HTTP status to answer with."""

    code = "push_refused"


class AddressRefused(ProviderRefused):
    """The mail server takes no mail for this address."""

    code = "address_refused"


class ReportRefused(BillingError):
    """A report about a mail that can't be trusted or read. `status` is the HTTP status to answer with."""

    code = "report_refused"
