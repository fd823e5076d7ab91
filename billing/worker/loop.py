"""Lanes, each a thread: money never waits for paper, nor any of them for questions to other offices, the calendar, the
bookkeeping, the lights, the checks or whoever listens.

A stop lets each lane finish the row at hand.
"""

import logging
import threading
import time
from datetime import timedelta

from billing import rates
from billing.accounts import flows as accounts
from billing.api import calls as api
from billing.bookkeeping import flows as bookkeeping
from billing.clearing import flows as clearing
from billing.correspondence import flows as correspondence
from billing.lights import flows as lights
from billing.listeners import flows as listeners
from billing.logins import flows as logins
from billing.mandates import flows as mandates
from billing.payments import flows as payments
from billing.payments import sending
from billing.reminders import flows as reminders
from billing.renewals import flows as renewals
from billing.runtime import Billing
from billing.taxes import flows as taxes
from billing.worker import watching
from billing.worker.lane import Job, Lane
from billing.worker.priority import let_others_first

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.05
# Days go by slowly.
CALENDAR_SECONDS = 60.0
# Nobody waits for the bookkeeping, and it takes one request in two seconds.
BOOKS_SECONDS = 5.0
# An office of another country answers when it answers.
QUESTIONS_SECONDS = 1.0
# What is red stays so until somebody looks.
LIGHTS_SECONDS = 300.0
# Looks whether it is time; most of a day it is not.
CHECKS_SECONDS = 60.0
# Systems of the host act on what they hear.
NEWS_SECONDS = 1.0
# So many of them may take their time at once without anybody else waiting for it.
NEWS_LANES = 4
NAP_SECONDS = 1.0
# What takes the processor for long while nobody watches: pages, and the booking of money, come first.
PATIENT = {"paper", "checks"}

_MONEY: tuple[Job, ...] = (
    payments.process_pushes, payments.check_payments, sending.check_payouts, mandates.process_pushes,
    mandates.check_mandates,
)  # fmt: skip
CALENDAR: tuple[Job, ...] = (
    accounts.warn_of_endings, mandates.heed_feeds, mandates.plan_collections, mandates.announce_collections,
    mandates.submit_collections, mandates.recall_collections, mandates.let_mandates_lapse, reminders.remind,
    renewals.renew_domains, clearing.find_arrivals, taxes.keep_numbers_checked,
    api.forget, listeners.forget, rates.forget_old, logins.forget_tries,
)  # fmt: skip


class Worker:
    """Runs the lanes until told to stop. Any number of workers may share one database."""

    def __init__(self, billing: Billing) -> None:
        self._billing = billing
        self._lanes = [
            threading.Thread(target=self._run, args=(Lane(billing, name, jobs, rest),), name=name)
            for name, jobs, rest in (
                ("money", _MONEY, IDLE_SECONDS),
                ("paper", (correspondence.carry_out,), IDLE_SECONDS),
                ("questions", (correspondence.ask_outsiders,), QUESTIONS_SECONDS),
                ("calendar", CALENDAR, CALENDAR_SECONDS),
                ("books", (bookkeeping.plan, bookkeeping.hand_over), BOOKS_SECONDS),
                ("lights", (lights.watch,), LIGHTS_SECONDS),
                ("checks", (watching.check_invariants,), CHECKS_SECONDS),
                ("news", (listeners.plan, listeners.deliver), NEWS_SECONDS),
                *((f"news {number}", (listeners.deliver,), NEWS_SECONDS) for number in range(2, NEWS_LANES + 1)),
            )
        ]

    def start(self) -> None:
        for lane in self._lanes:
            lane.start()

    def stop(self) -> None:
        """Ask every lane to end after the row at hand."""
        self._billing.stopping.set()

    def join(self) -> None:
        """Wait until every lane has ended."""
        for lane in self._lanes:
            lane.join()

    def run(self) -> None:
        """Work until `stop`."""
        self.start()
        self.join()

    def _run(self, lane: Lane) -> None:
        if lane.name in PATIENT:
            let_others_first()
        log.info("lane %s starts", lane.name)
        while not self._billing.stopping.is_set():
            self._rest(lane.round())
        log.info("lane %s ends", lane.name)

    def _rest(self, seconds: float) -> None:
        """Wait so long, or until told to stop, or until time has been moved past it, as can be done in a demo."""
        over = self._billing.clock.now() + timedelta(seconds=seconds)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self._billing.clock.now() <= over:
            if self._billing.stopping.wait(min(left, NAP_SECONDS)):
                return
