"""What a payment service provider says of anything that was started with it."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a gateway says of one transaction or mandate. UNKNOWN codes count as pending and raise an alert."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    AWAITING_CUSTOMER = "awaiting_customer"
    PENDING = "pending"
    UNKNOWN = "unknown"
