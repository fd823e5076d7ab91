"""A storm of pushes: again and again some customers open a payment, and then all of their banks say yes at once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from sqlmodel import col, func, select

from billing.db import Work
from billing.demo_settings import DEMO_SIGNING_KEY
from billing.inbox import InboxMessage
from billing.payments import paylinks
from billing.payments.tables import Payment, PaymentEvent
from billing.states import PaymentState
from tests.faults.processes import Installation
from tests.load.stacks import Customer

WAVE, AT_ONCE = 20, 4
PAUSE_SECONDS = 2.0
# As many as the sandbox lists at once, with room for those that were started twice.
MOST_PAYMENTS = 900


@dataclass(frozen=True)
class Booked:
    """A payment that was booked. told_at: when the first push about it came in."""

    account_id: int
    told_at: datetime
    at: datetime


@dataclass
class Waves:
    """seconds: how long they go on. errors: payments that could not be started, in words."""

    installation: Installation
    customers: list[Customer]
    seconds: float
    chance: random.Random
    errors: list[str] = field(default_factory=list)
    paid: int = 0

    def start(self) -> None:
        """Begin, beside everything else."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._roll, name="waves", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No wave begins any more; wait for the last one."""
        self._over.set()
        self._thread.join()

    def _roll(self) -> None:
        unpaid = [invoice for customer in self.customers for invoice in customer.unpaid]
        self.chance.shuffle(unpaid)
        del unpaid[MOST_PAYMENTS:]
        # Spread over the time that there is, in waves of their own size.
        pause = max(PAUSE_SECONDS, self.seconds * WAVE / max(len(unpaid), 1))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while unpaid and not self._over.wait(pause):
                wave = [unpaid.pop() for _ in range(min(WAVE, len(unpaid)))]
                begun = sum(pool.map(self._begin, wave))
                done: int = self.installation.control("outcomes", outcome="success", all_pending=True)["done"]
                self.paid += begun
                if done < begun:
                    self.errors.append(f"of {begun} payments the banks knew {done}")

    def _begin(self, invoice: tuple[str, int]) -> bool:
        number, invoice_id = invoice
        link = paylinks.sign(invoice_id, DEMO_SIGNING_KEY)
        try:
            answer = self.installation.http.post(f"{self.installation.url}/pay/start/{link}", data={"method": "ideal"})
        except httpx.TransportError as broken:
            self.errors.append(f"{number}: {broken!r}")
            return False
        address = str(answer.headers.get("location", answer.status_code))
        if not address.startswith(self.installation.sandbox_url):
            self.errors.append(f"{number}: {address}")
            return False
        return True


def booked(work: Work) -> list[Booked]:
    """Each payment that was booked."""
    statement = (
        select(Payment.account_id, func.min(InboxMessage.received_at), PaymentEvent.at)
        .join(PaymentEvent, col(PaymentEvent.payment_id) == col(Payment.id))
        .join(InboxMessage, col(InboxMessage.key) == col(Payment.provider_key))
        .where(PaymentEvent.state == PaymentState.SUCCEEDED.value)
        .group_by(col(Payment.account_id), col(PaymentEvent.id), col(PaymentEvent.at))
    )
    return [Booked(*row) for row in work.session.exec(statement).all()]


def until_seen(booked: list[Booked], updates: list[tuple[int, datetime]], within: timedelta) -> tuple[list[float], int]:
    """Seconds from each booking to the next change of that account's screen, and how many bookings no screen showed."""
    seen, missed = [], 0
    for paid in booked:
        later = [at for one, at in updates if one == paid.account_id and paid.at <= at <= paid.at + within]
        if later:
            seen.append((min(later) - paid.at).total_seconds())
        else:
            missed += 1
    return seen, missed
