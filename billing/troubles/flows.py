"""Doing the same for many, so that one who fails keeps nobody waiting and never fails unseen.

A failure that can't be written down is that of a database that is away: it is raised, and everything waits for that.
"""

import logging
from collections.abc import Callable, Iterable, Set

from billing.errors import ProviderRefused, ProviderUnclear
from billing.logs import scrubbed
from billing.runtime import Billing
from billing.troubles import service

log = logging.getLogger(__name__)


def each(billing: Billing, job: str, what: str, step: Callable[[int], int], ids: Iterable[int]) -> int:
    """Take a step for each of these rows, whatever becomes of the others; returns the sum of what the steps return.

    job, what: as `Trouble` has them, `what` without the id. Ends after the row at hand when the process is to end, and
    at a provider who does not answer or lets nobody in: the next row would fare no better.
    """
    done, failed = 0, set()
    for row_id in ids:
        if billing.stopping.is_set():
            return done
        try:
            done += step(row_id)
        except (ProviderUnclear, ProviderRefused) as closed:
            log.warning("%s goes no further for now: %s", job, closed.code)
            return done
        except Exception as bug:
            failed.add(subject := f"{what} {row_id}")
            note(billing, job, subject, bug)
    settle(billing, job, failed)
    return done


def note(billing: Billing, job: str, subject: str, bug: Exception) -> None:
    """Have it seen that something failed. Call it where the exception is handled: its traceback goes to the log."""
    log.exception("%s failed for %s", job, subject or "everything")
    billing.do(service.note, job, subject, scrubbed(f"{type(bug).__name__}: {bug}"))


def settle(billing: Billing, job: str, failed: Set[str] = frozenset()) -> None:
    """A job was done to its end, and failed for these alone."""
    if well := billing.ask(service.subjects, job) - failed:
        billing.do(service.end, job, well)


def went_well(billing: Billing, job: str, subjects: Set[str]) -> None:
    """A job went well for these; nothing is known of others."""
    if well := billing.ask(service.subjects, job) & subjects:
        billing.do(service.end, job, well)
