"""All parts of one sandbox together, with its state between runs."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from billing.sandbox import mailbox, transactions
from billing.sandbox.access import Doorkeeper
from billing.sandbox.allowance import Allowance
from billing.sandbox.bank import Bank
from billing.sandbox.books import Books
from billing.sandbox.booksnews import BooksNews
from billing.sandbox.bounces import Bounces
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.faults import Faults, WebsiteSettings, change
from billing.sandbox.files import write_whole
from billing.sandbox.gateway import Gateway
from billing.sandbox.journal import Journal
from billing.sandbox.mailbox import Mailbox
from billing.sandbox.panel import Panel
from billing.sandbox.payouts import Payouts
from billing.sandbox.peppol import Peppol
from billing.sandbox.pushes import Pushes
from billing.sandbox.settings import SandboxSettings
from billing.sandbox.transactions import Transaction, Transactions

STATE_VERSION = 1
# As many requests as the real bookkeeping takes.
BOOKS_REQUESTS, BOOKS_WINDOW = 150, timedelta(minutes=5)


class World:
    """One sandbox: its clock, memory, switches, gateway, mailbox, hosting panel, bookkeeping and e-invoice network.

    base_url: scheme and host, no slash at the end.
    """

    def __init__(self, settings: SandboxSettings, base_url: str) -> None:
        self.settings, self.base_url = settings, base_url
        self.clock = EmulatedClock(settings.time_scale, Path(settings.clock_file) if settings.clock_file else None)
        self.timers = Timers(self.clock)
        self.faults = Faults()
        self.website = WebsiteSettings()
        self.transactions = Transactions()
        self.pushes = Pushes(settings, self.website, self.faults, self.clock, self.timers)
        self.bank = Bank(self.transactions, self.faults, self.clock, self.timers, self.pushes)
        self.gateway = Gateway(
            self.transactions, self.website, self.faults, self.clock, self.timers, self.pushes, self.bank
        )
        self.payouts = Payouts(self.transactions)
        # Where each account of ours stood at the end of the last file.
        self.bank_balances: dict[str, int] = {}
        self.doorkeeper = Doorkeeper(settings, self.clock)
        self.bounces = Bounces(settings, self.clock, self.timers)
        self.mailbox = Mailbox(self.clock, self.faults, self.bounces)
        self.panel = Panel(settings, self.clock, self.faults)
        self.peppol = Peppol(self.clock, self.faults)
        self.books = Books()
        self.books_allowance = Allowance(self.clock, BOOKS_REQUESTS, BOOKS_WINDOW)
        self.books_news = BooksNews(settings, self.clock, self.timers)
        self.books.changed = self.books_news.tell
        self._journal = Journal(Path(f"{settings.state_file}.journal") if settings.state_file else None)
        self.reset_settings()

    def start(self) -> None:
        """Load what an earlier run kept, and let time run. What a killed one had told is told once more."""
        self._load()
        untold = self._replayed()
        self._save()
        self._write_along()
        self.timers.start()
        for transaction in untold:
            self.pushes.announce(transaction)

    def stop(self) -> None:
        """Stop time and pushes, and keep the state when there is a file for it."""
        self.timers.stop()
        self.pushes.stop()
        self.bounces.stop()
        self.books_news.stop()
        self._save()

    def advance(self, by: timedelta) -> None:
        """Jump forward; everything due in between has happened when this returns."""
        self.clock.advance(by)
        self.timers.run_due()

    def reset(self) -> None:
        """Empty everything and undo every fault and setting. The clock stays; going back is asked for by itself."""
        parts = (self.timers, self.pushes, self.transactions, self.doorkeeper, self.mailbox, self.panel, self.books)
        for part in (*parts, self.peppol, self.books_allowance, self.payouts):
            part.clear()
        self.bank_balances.clear()
        self.faults.reset()
        self.reset_settings()
        self._save()

    def reset_settings(self) -> None:
        """The website settings as the sandbox was started with."""
        started = WebsiteSettings(
            push_url=self.settings.push_url,
            push_format=self.settings.push_format,
            hash_algorithm=self.settings.hash_algorithm,
        )
        change(self.website, asdict(started))

    def _save(self) -> None:
        if not self.settings.state_file:
            return
        state = {
            "version": STATE_VERSION,
            "clock_offset_seconds": self.clock.offset.total_seconds(),
            "website": asdict(self.website),
            "transactions": self.transactions.dump(),
            "payouts": self.payouts.dump(),
            "pushes": self.pushes.dump(),
            "mails": self.mailbox.dump(),
            "panel": self.panel.dump(),
            "books": self.books.dump(),
            "peppol": self.peppol.dump(),
        }
        write_whole(Path(self.settings.state_file), json.dumps(state))
        self._journal.clear()

    def _write_along(self) -> None:
        note = self._journal.note
        self.transactions.added = lambda added: note("added", transactions.plain(added))
        self.pushes.announced = lambda changed: note("announced", transactions.plain(changed))
        self.mailbox.received = lambda mail: note("mail", mailbox.plain(mail))

    def _replayed(self) -> Iterable[Transaction]:
        """Take back what was written along; the transactions whose last news may have been heard by nobody."""
        announced: dict[str, Transaction] = {}
        for kind, row in self._journal.read():
            if kind == "mail":
                self.mailbox.load([row])
                continue
            transaction = self.transactions.take_back(row)
            if kind == "announced":
                announced[transaction.key] = transaction
            self.gateway.watch(transaction)
        return announced.values()

    def _load(self) -> None:
        path = Path(self.settings.state_file) if self.settings.state_file else None
        if path is None or not path.exists():
            return
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if state.get("version") != STATE_VERSION:
            return
        if not self.clock.was_rewound:
            missed = timedelta(seconds=state["clock_offset_seconds"]) - self.clock.offset
            self.clock.advance(max(missed, timedelta()))
        change(self.website, state["website"])
        for transaction in self.transactions.load(state["transactions"]):
            self.gateway.watch(transaction)
        self.pushes.load(state["pushes"])
        self.mailbox.load(state["mails"])
        # A file from before there was a panel, a network, a bookkeeping or a payout has nothing of it.
        self.panel.load(state.get("panel", []))
        self.peppol.load(state.get("peppol", []))
        if "payouts" in state:
            self.payouts.load(state["payouts"])
        if "books" in state:
            self.books.load(state["books"])
