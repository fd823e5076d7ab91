"""What mandates and reminders know of an account: the one place where this subject asks them."""

from billing.db import Work
from billing.safety.rules import Standing


def standing(work: Work, account_id: int) -> Standing:
    """How an account stands. Nobody keeps mandates or cases yet, so every account has none, and nothing is proven."""
    return Standing()
