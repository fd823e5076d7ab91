"""Everything that may go wrong in business terms. Sentences for people live with the screens, not here."""

from typing import Any, ClassVar


class BillingError(Exception):
    """A known problem: a stable `code` and the facts that a sentence about it needs."""

    code: ClassVar[str] = "billing_error"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class NotAllowed(BillingError):
    """The actor may see this, but may not do that."""

    code = "not_allowed"


class CheckNeeded(BillingError):
    """The actor has the right, and has to prove first that it is really this person."""

    code = "check_needed"


class OnlyLooking(BillingError):
    """The actor looks through somebody else's eyes, and so can't change anything."""

    code = "only_looking"


class NotFound(BillingError):
    """There is no such thing, or it belongs to somebody else: both sound the same."""

    code = "not_found"


class Refused(BillingError):
    """A business rule says no."""

    code = "refused"


class InvalidAmount(Refused):
    code = "invalid_amount"


class InvalidSetting(Refused):
    """A value that can't be set: `field` says where, `reason` what is wrong with it."""

    code = "invalid_setting"


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


class LoginFailed(Refused):
    """Unknown address or wrong password: one answer for both."""

    code = "login_failed"


class LoginThrottled(Refused):
    """Too many tries; `retry_after` seconds to wait."""

    code = "login_throttled"


class CodeRefused(Refused):
    """Not a code that works now: wrong, too old, or used before. One answer for all."""

    code = "code_refused"


class PasskeyRefused(Refused):
    """The device's answer does not prove anything: unknown, for another question, or altered."""

    code = "passkey_refused"


class WeakPassword(Refused):
    """A password that is guessed too soon; `reason`: short, long, guessable."""

    code = "weak_password"


class InvalidEmail(Refused):
    code = "invalid_email"


class InvalidName(Refused):
    code = "invalid_name"


class InvalidVatNumber(Refused):
    code = "invalid_vat_number"


class InvalidChamberNumber(Refused):
    code = "invalid_chamber_number"


class VatNumberAbroad(Refused):
    """A VAT number of another country than the one of the address; `country` is the address's."""

    code = "vat_number_abroad"


class EmailTaken(Refused):
    """Somebody logs in with this address already."""

    code = "email_taken"


class LinkUsed(Refused):
    """A mailed link that worked before, or was replaced by a newer one."""

    code = "link_used"


class LinkExpired(Refused):
    code = "link_expired"


class LinkTooEarly(Refused):
    """A link that works only after a waiting time; `opens_at` says when, as an ISO instant."""

    code = "link_too_early"


class LinkWithdrawn(Refused):
    code = "link_withdrawn"


class ScopeNotPossible(Refused):
    """A right that this role can't have, or that does not exist. `scopes` names them."""

    code = "scope_not_possible"


class AlreadyMember(Refused):
    code = "already_member"


class AlreadyInvited(Refused):
    code = "already_invited"


class OwnerStays(Refused):
    """An account always has an owner: ownership is handed over, never dropped."""

    code = "owner_stays"


class EndsInPast(Refused):
    code = "ends_in_past"


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


class Conflict(BillingError):
    """Somebody was first; look again."""

    code = "conflict"


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


class IllegalMove(Conflict):
    """A state machine has no such transition."""

    code = "illegal_move"


class Unbalanced(BillingError):
    """A journal entry whose postings do not add up to zero. Always a bug."""

    code = "unbalanced"


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


class SettingsInvalid(BillingError):
    """The process may not start; `problems` names each setting."""

    code = "settings_invalid"
