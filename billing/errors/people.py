"""What may go wrong with people: their log-ins, their links, their rights and what is known of them."""

from billing.errors.general import NotAllowed, Refused


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


class SecondFactorNeeded(NotAllowed):
    """The actor would have the right with a second factor, which is demanded; any time, an app or a passkey will do."""

    code = "second_factor_needed"


class LastSecondFactor(Refused):
    """A second factor is demanded of this person, and this is the only one."""

    code = "last_second_factor"


class WeakPassword(Refused):
    """A password that is guessed too soon; `reason`: short, long, guessable, leaked."""

    code = "weak_password"


class InvalidEmail(Refused):
    code = "invalid_email"


class InvalidName(Refused):
    code = "invalid_name"


class InvalidVatNumber(Refused):
    code = "invalid_vat_number"


class InvalidChamberNumber(Refused):
    code = "invalid_chamber_number"


class EInvoiceRefused(Refused):
    """The network for e-invoices asks for more than is known of the customer. `reason`: number, address, reference."""

    code = "einvoice_refused"


class VatNumberAbroad(Refused):
    """A VAT number of another country than the one of the address; `country` is the address's."""

    code = "vat_number_abroad"


class ReasonNeeded(Refused):
    """Something that is only done with a reason, for who reads of it later."""

    code = "reason_needed"


class ConsumerWithVatNumber(Refused):
    """A VAT number of somebody who says to be no business."""

    code = "consumer_with_vat_number"


class InvalidCountry(Refused):
    """No country of ISO 3166."""

    code = "invalid_country"


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


class AccountErased(Refused):
    """Nothing new is given to an account that was erased."""

    code = "account_erased"


class ErasureRefused(Refused):
    """An account that can't be erased; `reason`: confirmation, open_money, payments, services, mandate, erased, or
    can_return with `earliest`, the first day on which nothing that was paid can be taken back (ISO 8601)."""

    code = "erasure_refused"
