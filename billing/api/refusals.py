"""What may go wrong with a request of a machine; nobody reads these on a screen."""

from billing.errors import BillingError


class KeyRefused(BillingError):
    """No key, or none that works: unknown, withdrawn or expired. One answer for all."""

    code = "key_refused"


class KeyInvalid(BillingError):
    """A key that can't be made so; `reason`: name, scopes, expires."""

    code = "key_invalid"


class RepeatKeyReused(BillingError):
    """An Idempotency-Key that was given before with another request."""

    code = "idempotency_key_reused"
