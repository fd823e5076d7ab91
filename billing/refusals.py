"""Refused rights, one line of the log each: who asked, for which right, where, by which call.

Ids and names of our own code alone; what somebody typed has no place in it. Source: OWASP ASVS 5.0, 16.3.2.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from billing import loglines
from billing.access import Actor
from billing.errors import BillingError, NotAllowed, NotFound, OnlyLooking

log = logging.getLogger(__name__)


@contextmanager
def logged(call: Callable[..., Any], *given: object) -> Iterator[None]:
    """Log it when what is done within ends in a refusal. given: what the call is given, the actor among it.

    NotAllowed and OnlyLooking are refusals, and so is NotFound where the door hides an account behind it.
    """
    try:
        yield
    except (NotAllowed, OnlyLooking, NotFound) as error:
        about = error.hides if isinstance(error, NotFound) else error.facts or {"permission": error.code}
        if about:
            actor = next((one for one in given if isinstance(one, Actor)), None)
            note(actor, about["permission"], loglines.call_name(call), about.get("account_id"), error)
        raise


def note(
    actor: Actor | None, right: str, call: str, account_id: int | None = None, error: BillingError | None = None
) -> None:
    """Log that an actor lacks a right. account_id: where, None for a right in no account."""
    ids = {
        "user_id": actor and actor.user_id, "key_id": actor and actor.key and actor.key.key_id,
        "account_id": account_id, "right": right, "call": call, "refusal": (error or NotAllowed()).code,
    }  # fmt: skip
    with loglines.about(**{name: value for name, value in ids.items() if value is not None}):
        where = "" if account_id is None else f" in account {account_id}"
        log.warning("refused: %s has no right %s%s: %s", _who(actor), right, where, call)


def _who(actor: Actor | None) -> str:
    if actor is None:
        return "somebody unknown"
    if actor.key is not None:
        return f"key {actor.key.key_id}"
    if actor.user_id is not None:
        return f"user {actor.user_id}"
    return "the system" if actor.is_system else "the bearer of a link"
