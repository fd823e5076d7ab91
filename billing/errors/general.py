"""What may go wrong anywhere: no right, no such thing, not so, not any more."""

from collections.abc import Mapping
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
    """There is no such thing, or it belongs to somebody else: both sound the same.

    hides: for the log alone, the right that is missing and where; empty when nothing is there.
    """

    code = "not_found"

    def __init__(self, *, hides: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.hides = hides or {}


class Refused(BillingError):
    """A business rule says no."""

    code = "refused"


class InvalidSetting(Refused):
    """A value that can't be set: `field` says where, `reason` what is wrong with it."""

    code = "invalid_setting"


class Conflict(BillingError):
    """Somebody was first; look again."""

    code = "conflict"


class IllegalMove(Conflict):
    """A state machine has no such transition."""

    code = "illegal_move"


class Unbalanced(BillingError):
    """A journal entry whose postings do not add up to zero. Always a bug."""

    code = "unbalanced"


class SettingsInvalid(BillingError):
    """The process may not start; `problems` names each setting."""

    code = "settings_invalid"
