"""What may go wrong with money and services: paying, collecting, changing, stopping."""

from billing.errors.general import Conflict, Refused


class InvalidAmount(Refused):
    code = "invalid_amount"


class NothingToPay(Refused):
    """The chosen invoices have nothing open."""

    code = "nothing_to_pay"


class NothingOverpaid(Refused):
    """What was paid too much has been kept or sent back already."""

    code = "nothing_overpaid"


class PaymentUnderWay(Refused):
    """Money for this invoice is already on its way; paying now all the same is a deliberate choice."""

    code = "payment_under_way"


class MethodUnavailable(Refused):
    """There is no such way to pay, or not now."""

    code = "method_unavailable"


class RunHeld(Refused):
    """An invoice run far from the last ones, so more likely a mistake; facts: its size and that of the most alike."""

    code = "run_held"


class PeriodRefused(Refused):
    """A period that can't be handed out; `reason`: order, long, full (too many invoices), empty."""

    code = "period_refused"


class PromiseRefused(Refused):
    """An answer to a reminder that can't be; `reason`: paid_on, pay_on, how."""

    code = "promise_refused"


class MandateRefused(Refused):
    """A mandate that can't be given, used or changed so; `reason`: consent, maximum, no_mandate, not_active,
    not_paused."""

    code = "mandate_refused"


class ForeignAccount(Refused):
    """Only accounts in the Netherlands can sign a mandate at the bank; a first payment or paying by hand still can."""

    code = "foreign_account"


class InvalidIban(Refused):
    code = "invalid_iban"


class DateRefused(Refused):
    """A day on which nothing can be collected; `reason`: no_bank_day, early, late.

    first, last: the ISO days between which a bank day can be chosen.
    """

    code = "date_refused"


class PreviewStale(Conflict):
    """What was shown is no longer what would happen, or was shown too long ago; show it again and ask again."""

    code = "preview_stale"


class ChangeRefused(Refused):
    """A service that can't be changed so; `reason`: ended, ending, past, beyond, same_price, no_price, vat_differs,
    not_offered, not_ending, stopped."""

    code = "change_refused"


class StopRefused(Refused):
    """A stop order that can't be, or can't go on; `reason`: domain, not_in_use, running, preconditions (with `missing`,
    their names), same_person, too_soon (with `earliest`, an ISO date), not_proposed, not_approved, withdrawn."""

    code = "stop_refused"
