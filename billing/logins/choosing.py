"""Choosing a password, wherever somebody does: the one way to the hash of a new one."""

import logging
from collections.abc import Sequence

from billing.errors import WeakPassword
from billing.logins.passwords import hash_password, require_strong
from billing.ports import LeakVerdict
from billing.runtime import Billing

log = logging.getLogger(__name__)


def hash_chosen(billing: Billing, password: str, about: Sequence[str]) -> str:
    """The hash of a password that is good enough; about: the person's name and addresses. Not to be called while a
    transaction is open: the question takes its time, and so does the hash.

    Raises WeakPassword, also for one that is known from a leak. Where that can't be found out the password is taken:
    an outage elsewhere keeps nobody out. Source: NIST SP 800-63B, section 3.1.1.2.
    """
    require_strong(password, about)
    if billing.leaks is not None:
        reply = billing.leaks.look_up(password)
        if reply.verdict is LeakVerdict.LEAKED:
            raise WeakPassword(reason="leaked")
        if reply.verdict is LeakVerdict.UNAVAILABLE:
            log.warning("a new password was taken without knowing whether it leaked: %s", reply.reason)
    return hash_password(password)
