"""The push engine: tells the merchant of every status change, again and again until it hears 200, or spoils it."""

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from billing.sandbox import delivery
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.faults import Faults, WebsiteSettings
from billing.sandbox.lanes import Lanes
from billing.sandbox.messages import push_body
from billing.sandbox.settings import SandboxSettings
from billing.sandbox.transactions import SUCCEEDED, Transaction

WORKERS = 4
LOG_LENGTH = 5000
MINUTES_BETWEEN_TRIES = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1200, 1440)  # eleven more tries in about three days


@dataclass
class Push:
    """One status change on its way to the merchant. `due` is the moment of the try that comes next."""

    number: int
    key: str
    code: int
    url: str
    body: dict[str, Any]
    due: datetime
    tries: int = 0
    signed: delivery.Message | None = field(default=None, repr=False)

    @property
    def payment(self) -> str:
        """What payment it is about: one, its refunds and its reversals have this in common."""
        (inner,) = self.body.values()
        return str(inner["PaymentKey"])


@dataclass(frozen=True)
class Delivery:
    """One line of the log. http_status 0: no answer. result: delivered, failed, dropped or given up."""

    at: str
    push: int
    key: str
    code: int
    attempt: int
    url: str
    format: str
    http_status: int
    result: str
    faults: str


class Pushes:
    """Sends pushes in the background, those of one payment in order; retries on the emulated clock, and keeps a log.

    announced: is told of each status change before anything is sent.
    """

    def __init__(
        self, settings: SandboxSettings, website: WebsiteSettings, faults: Faults, clock: EmulatedClock, timers: Timers
    ) -> None:
        self._settings, self._website, self._faults = settings, website, faults
        self._clock, self._timers = clock, timers
        self._lanes = Lanes("sandbox-push", WORKERS)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._open: dict[int, Push] = {}
        self._held: list[Push] = []
        self._log: deque[Delivery] = deque(maxlen=LOG_LENGTH)
        self.announced: Callable[[Transaction], None] = lambda _: None

    def announce(self, transaction: Transaction) -> None:
        """Push the present state of a transaction, soon and in the background."""
        self.announced(transaction)
        push = self._open_push(transaction)
        if push is None:
            return
        faults = self._faults.pushes
        if self._faults.take(faults, "drop"):
            self._close(push, "dropped", "drop")
        elif faults.hold:
            with self._lock:
                self._held.append(push)
        elif self._faults.take(faults, "delay"):
            self._submit_at(push, self._delayed_until())
        else:
            self._submit(push)
        if self._faults.take(faults, "double") and (twin := self._open_push(transaction)):
            self._submit(twin)

    def deliver_now(self, transaction: Transaction) -> None:
        """Push in the caller's thread; returns when the first try is over."""
        push = self._open_push(transaction)
        if push is not None:
            self._attempt(push)

    def release(self, *, reverse: bool) -> int:
        """Send what was held, one after the other in a sure order; returns how many there were."""
        with self._lock:
            held, self._held = self._held, []
        if reverse:
            held.reverse()

        def send_in_order() -> None:
            for push in held:
                self._attempt(push)

        self._lanes.run("held", send_in_order)
        return len(held)

    def log(self, *, key: str = "", limit: int = 200) -> list[dict[str, Any]]:
        """The newest deliveries first."""
        with self._lock:
            lines = [line for line in reversed(self._log) if not key or line.key == key]
        return [asdict(line) for line in lines[:limit]]

    def counts(self) -> dict[str, int]:
        """in_flight: being sent or queued to be. open: not delivered and not given up. held: kept back."""
        with self._lock:
            return {"in_flight": self._lanes.in_flight, "open": len(self._open), "held": len(self._held)}

    def clear(self) -> None:
        with self._lock:
            self._open.clear()
            self._held.clear()
            self._log.clear()

    def stop(self) -> None:
        self._lanes.stop()

    def dump(self) -> list[dict[str, Any]]:
        """Undelivered pushes as plain JSON values."""
        with self._lock:
            return [{**vars(push), "due": push.due.isoformat(), "signed": None} for push in self._open.values()]

    def load(self, rows: list[dict[str, Any]]) -> None:
        """Take up undelivered pushes where `dump` left them."""
        for row in rows:
            push = Push(**{**row, "due": datetime.fromisoformat(row["due"]), "number": next(self._numbers)})
            self._open[push.number] = push
            self._submit_at(push, push.due)

    def _open_push(self, transaction: Transaction) -> Push | None:
        failed = transaction.status != SUCCEEDED and not transaction.is_pending
        own = (failed and transaction.push_url_failure) or transaction.push_url
        url = own or self._website.push_url
        if not url or not self._website.send_pushes:
            return None
        body = push_body(transaction)
        with self._lock:
            push = Push(next(self._numbers), transaction.key, transaction.status, url, body, self._clock.now())
            self._open[push.number] = push
        return push

    def _delayed_until(self) -> datetime:
        faults = self._faults.pushes
        if faults.delay_until:
            return datetime.fromisoformat(faults.delay_until)
        return self._clock.now() + timedelta(seconds=faults.delay_seconds)

    def _submit_at(self, push: Push, moment: datetime) -> None:
        push.due = moment
        self._timers.at(moment, lambda: self._submit(push))

    def _submit(self, push: Push) -> None:
        # A jump in time passes several steps of a collection at once, and they must be told in their order.
        self._lanes.run(push.payment, lambda: self._attempt(push))

    def _attempt(self, push: Push) -> None:
        if push.number not in self._open:
            return
        push.tries += 1
        faults = self._faults.pushes
        if self._faults.take(faults, "fail"):
            self._failed(push, delivery.NO_ANSWER, "fail", format_="")
            return
        message, applied = self._spoiled(push)
        status = delivery.post(message, self._settings.push_timeout_seconds)
        if status == 200:
            self._close(push, "delivered", applied, status=status, format_=message.format)
        else:
            self._failed(push, status, applied, format_=message.format)

    def _spoiled(self, push: Push) -> tuple[delivery.Message, str]:
        """The signed message with the faults that strike it, and their names."""
        counted = ("flip_format", "tamper_amount", "tamper_signature")
        applied = [name for name in counted if self._faults.take(self._faults.pushes, name)]
        message = self._signed(push, flip="flip_format" in applied)
        if "tamper_amount" in applied:
            message = delivery.with_other_amount(message)
        if "tamper_signature" in applied:
            message = delivery.with_other_signature(message)
        return message, " ".join(applied)

    def _signed(self, push: Push, *, flip: bool) -> delivery.Message:
        if push.signed is not None and self._website.retry_signature == "old":
            return push.signed
        push.signed = delivery.sign(
            url=push.url,
            content=push.body,
            moment=self._clock.now(),
            as_form=(self._website.push_format == "form") != flip,
            settings=self._settings,
            website=self._website,
        )
        return push.signed

    def _failed(self, push: Push, status: int, applied: str, *, format_: str) -> None:
        if push.number not in self._open:  # forgotten by a reset while it was being sent
            return
        self._record(push, "failed", applied, status=status, format_=format_)
        if push.tries > len(MINUTES_BETWEEN_TRIES):
            self._close(push, "given up", "")
            return
        # Counted from when this try was due, not from now, so that a jump in time gives all tries it passed.
        self._submit_at(push, push.due + timedelta(minutes=MINUTES_BETWEEN_TRIES[push.tries - 1]))

    def _close(self, push: Push, result: str, applied: str, *, status: int = 0, format_: str = "") -> None:
        with self._lock:
            self._open.pop(push.number, None)
        self._record(push, result, applied, status=status, format_=format_)

    def _record(self, push: Push, result: str, applied: str, *, status: int, format_: str) -> None:
        line = Delivery(
            at=self._clock.now().isoformat(timespec="milliseconds"),
            push=push.number,
            key=push.key,
            code=push.code,
            attempt=push.tries,
            url=push.url,
            format=format_,
            http_status=status,
            result=result,
            faults=applied,
        )
        with self._lock:
            self._log.append(line)
