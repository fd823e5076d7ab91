"""P8: logging in, beside the password check alone, which is slow on purpose."""

from collections.abc import Iterator
from functools import partial

from billing.bench.figures import Figure, Lap, beside, timed
from billing.bench.room import Room, billing_on, settings_for
from billing.demo.bulk import seed_bulk
from billing.demo.people import PASSWORD
from billing.logins import flows, passwords
from billing.logins.flows import LogIn
from billing.runtime import Billing


def measure(room: Room) -> Iterator[Figure]:
    """On each engine."""
    for engine in room.engines:
        with billing_on(settings_for(room.fresh(engine))) as billing:
            seed_bulk(billing, customers=11, invoices=11)
            yield beside(
                "P8", engine, partial(_ours, room, billing), "argon2 verify alone", partial(_verify, room),
                runs=room.sizes.runs,
            )  # fmt: skip


def _ours(room: Room, billing: Billing) -> Lap:
    def log_in() -> None:
        for number in range(room.sizes.log_ins):
            flows.log_in(billing, LogIn(f"klant-{number % 11 + 1}@bulk.test", PASSWORD))

    return timed(log_in, room.sizes.log_ins)


def _verify(room: Room) -> Lap:
    known = passwords.hash_password(PASSWORD)
    return timed(lambda: [passwords.verify(PASSWORD, known) for _ in range(room.sizes.log_ins)], room.sizes.log_ins)
