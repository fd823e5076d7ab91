"""The neutral facts of a standing mandate for SEPA direct debits, and of one collection by it.

The calls themselves are part of `PaymentGateway`, since it is the same provider.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from billing.ports.outcomes import Outcome


class MandateScheme(StrEnum):
    """The two schemes of SEPA direct debit. Under BUSINESS a debtor has no right to money back without a reason."""

    CORE = "core"
    BUSINESS = "b2b"


@dataclass(frozen=True)
class MandateOrder:
    """A mandate to be signed at the customer's bank.

    token: ours, unguessable, unique per order, echoed by the gateway. customer_reference: the debtor's number with us.
    purchase_id: what the mandate is for, shown at the bank; at most 35 characters, as is the reason with 70.
    maximum_cents: the most that one collection may take; needed for BUSINESS and not for CORE. language: nl or en.
    """

    token: str
    scheme: MandateScheme
    customer_reference: str
    purchase_id: str
    reason: str
    return_url: str
    push_url: str
    maximum_cents: int | None = None
    language: str = "nl"


@dataclass(frozen=True)
class MandateStart:
    """The gateway's immediate word on a new mandate.

    key: of the request, to ask for its state. mandate_id: what collections must name; may come with a later answer.
    redirect_url: where the browser must go, already checked against the allowed hosts; empty when nowhere.
    reason: for staff, when refused.
    """

    key: str
    mandate_id: str
    outcome: Outcome
    status_code: int
    redirect_url: str = ""
    reason: str = ""


@dataclass(frozen=True)
class GatewayMandate:
    """What the gateway says of one mandate; SUCCEEDED means signed.

    key: of the request that began it. token: our own, when it came back. iban, account_name and signer_name: as the
    bank knows them. evidence: the bank's validation reference, kept as proof of the signature.
    """

    key: str
    mandate_id: str
    outcome: Outcome
    status_code: int
    token: str = ""
    iban: str = field(default="", repr=False)
    account_name: str = ""
    signer_name: str = ""
    bank_id: str = ""
    evidence: str = ""
    is_test: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True)
class DebitOrder:
    """A collection by mandate. attempt: unguessable token, unique per attempt, echoed by the gateway.

    Exactly one of mandate_id (a signed mandate) and original_key (a series that began with a payment).
    collect_on: the wished day; the gateway moves it to a bank day. description: at most 35 characters.
    """

    attempt: str
    amount_cents: int
    invoice_number: str
    description: str
    collect_on: date
    push_url: str
    mandate_id: str = ""
    original_key: str = ""
    currency: str = "EUR"
