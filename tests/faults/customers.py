"""Customers with a pay link each, who press on until they have paid, whatever happens to the server meanwhile."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import httpx

from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.accounts.tables import MailTopic, Role
from billing.db import Work
from billing.demo_settings import DEMO_SIGNING_KEY
from billing.invoices import service as invoices
from billing.payments import paylinks
from billing.ports import Party
from tests.faults.processes import Installation, eventually

# What a customer and the bank do: "open" is a new try from the link, "0 fail" the outcome of the first try.
STORIES = {
    ("open", "0 success"): 12,
    ("open", "0 fail", "open", "1 success"): 3,
    ("open", "0 cancel", "open", "1 success"): 2,
    ("open", "0 close", "open", "1 success"): 1,
    ("open", "0 processing", "0 success"): 2,
    ("open", "open", "0 success", "1 success"): 1,
}
PATIENCE_SECONDS = 240
AT_ONCE = 8


@dataclass(frozen=True)
class Window:
    """A page of the gateway that a customer was sent to. attempt: our token in the address that leads back."""

    key: str
    attempt: str


def open_invoices(work: Work, *, customers: int, each: int, seller: Party, mails: bool) -> dict[str, int]:
    """Customers with one reader of mails and some open invoices; the invoices' ids by their numbers.

    mails: whether the new invoices themselves are mailed too.
    """
    found = {}
    for number in range(customers):
        account_id = accounts.open_account(work, SYSTEM, accounts.OpenAccount(name=f"Klant {number}"))
        user_id = accounts.add_user(
            work, SYSTEM, email=f"klant-{number}@demo.test", name=f"Klant {number}", password_hash=""
        )
        accounts.add_member(work, SYSTEM, account_id=account_id, user_id=user_id, role=Role.OWNER, topics=MailTopic)
        for position in range(each):
            line = invoices.NewLine("Webhosting", "", Decimal(1), Decimal(10 + number + position), Decimal(21))
            draft = invoices.draft_invoice(work, SYSTEM, invoices.DraftInvoice(account_id, "Webhosting", (line,)))
            invoice = invoices.issue_invoice(work, SYSTEM, invoices.IssueInvoice(draft, seller, mails=mails))
            found[invoice.number or ""] = invoice.id or 0
    return found


@dataclass(frozen=True)
class Customer:
    """Somebody with one invoice to pay. returns: whether the browser finds its way back afterwards."""

    installation: Installation
    number: str
    invoice_id: int
    story: Sequence[str]
    returns: bool

    def pay(self) -> None:
        """Live through the story."""
        windows: list[Window] = []
        for step in self.story:
            if step == "open":
                windows.append(self.open_window())
                continue
            which, outcome = step.split()
            self.installation.control(f"transactions/{windows[int(which)].key}/outcome", outcome=outcome)
        if self.returns:
            self._come_back(windows[-1])

    def open_window(self) -> Window:
        """Start a payment from the link, again and again until the gateway's page opens."""
        last: list[str] = []
        window: Window = eventually(
            lambda: self._window(self._start(last)), seconds=PATIENCE_SECONDS,
            otherwise=lambda: f"{self.number}: {last}",
        )  # fmt: skip
        return window

    def start_once(self) -> str:
        """Press the button once; the address that the server sends the browser to. Raises httpx.TransportError."""
        link = paylinks.sign(self.invoice_id, DEMO_SIGNING_KEY)
        answer = self.installation.http.post(f"{self.installation.url}/pay/start/{link}", data={"method": "ideal"})
        return str(answer.headers.get("location", answer.status_code))

    def _start(self, last: list[str]) -> str:
        try:
            last[:] = [self.start_once()]
        except httpx.TransportError as broken:
            last[:] = [repr(broken)]
        if last[0].startswith(self.installation.sandbox_url):
            return last[0]
        time.sleep(0.3)
        return ""

    def _window(self, address: str) -> Window | None:
        """The page at an address; None when there is none, or when its time was up before anybody looked."""
        for transaction in self.installation.sandbox("control/transactions", invoice=self.number)["transactions"]:
            if (transaction["RequiredAction"] or {}).get("RedirectURL") == address:
                (parameter,) = transaction["AdditionalParameters"]["List"]
                return Window(transaction["Key"], parameter["Value"])
        return None

    def _come_back(self, window: Window) -> None:
        address = f"{self.installation.url}/pay/return/{window.attempt}"
        # To a dead server nobody comes back; the payment must end right all the same.
        with suppress(httpx.TransportError):
            self.installation.http.get(address, params={"brq_statuscode": "190"})


class Crowd:
    """Customers who come in when they are let in, a few at a time."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        self._gate = threading.Semaphore(0)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="customer")
        self._stays_away = threading.Event()
        self._visits: list[Future[None]] = [self._pool.submit(self._visit, customer.pay) for customer in customers]

    def let_in(self, count: int) -> None:
        self._gate.release(count)

    def wait(self) -> None:
        """Let in everybody who is left and wait until all have paid. Raises what went wrong for one of them."""
        self._gate.release(len(self._visits))
        for visit in self._visits:
            visit.result()

    def send_home(self) -> None:
        """Nobody starts anything from here on."""
        self._stays_away.set()
        self._gate.release(len(self._visits))
        self._pool.shutdown(cancel_futures=True)

    def _visit(self, pay: Callable[[], None]) -> None:
        self._gate.acquire()
        if not self._stays_away.is_set():
            pay()


def crowd_of(installation: Installation, numbers: dict[str, int], chance: random.Random) -> Crowd:
    """A customer for each invoice, with a story of its own."""
    stories = chance.choices(list(STORIES), weights=list(STORIES.values()), k=len(numbers))
    return Crowd([
        Customer(installation, number, invoice_id, story, returns=chance.random() < 0.5)
        for (number, invoice_id), story in zip(numbers.items(), stories, strict=True)
    ])  # fmt: skip
