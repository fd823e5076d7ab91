"""The running demo as journeys know it: its addresses, and what can be done behind the back of the browser."""

import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import select

from billing import config
from billing.access import SYSTEM
from billing.accounts.tables import Account
from billing.assembly import build
from billing.clock import local_day
from billing.db import Work
from billing.demo import console, scenes
from billing.demo.story import VAT
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.ports import Party
from billing.runtime import Billing
from tools.demo_data import VOLDAAN, settings
from tools.demo_options import ROOT, Options

COMMAND_SECONDS = 60


@dataclass
class Demo:
    """One demo with its web process, worker and sandbox."""

    options: Options

    @property
    def log(self) -> Path:
        """What its processes say, each line behind the name of the process."""
        return self.options.log

    @property
    def url(self) -> str:
        return self.options.url

    @property
    def sandbox_url(self) -> str:
        return self.options.sandbox_url

    @cached_property
    def billing(self) -> Billing:
        """The real services on the demo's own database, beside its processes."""
        found = config.load(
            demo=True, port=self.options.port, sandbox_port=self.options.sandbox_port, public_url=self.url,
            database_url=self.options.database_url, demo_clock=str(self.options.clock),
        )  # fmt: skip
        return build(found)

    def issue(self, account: str, subject: str, *, price: str) -> str:
        """Issue an invoice of one line and return its number. price: euro excluding VAT."""
        return self.billing.do(_issue, account, subject, Decimal(price), self.billing.policy.seller)

    def mails(self) -> list[dict[str, Any]]:
        """What arrived in the sandbox's mailbox, the newest last."""
        mails: list[dict[str, Any]] = get(f"{self.sandbox_url}/mailbox.json").json()
        return mails

    def pay_link(self, number: str) -> str:
        """The pay link of a new invoice, from the mail about it as soon as that has arrived."""
        subject = f"Factuur {number}: "
        mail = eventually(lambda: next((m for m in self.mails() if m["subject"].startswith(subject)), None))
        found = re.search(rf"{re.escape(self.url)}/pay/[\w.-]+", mail["text"])
        assert found, mail["text"]
        return found[0]

    def control(self, switch: str, **values: Any) -> None:
        """Turn a switch of the sandbox's control room."""
        answer = httpx.post(f"{self.sandbox_url}/control/{switch}", json=values, timeout=5, trust_env=False)
        answer.raise_for_status()

    def move_clock(self, *, days: int) -> None:
        """Let days pass for every process of the demo at once; whoever is logged in no longer is after one of them."""
        self.control("clock", advance=f"{days}d")

    def reset(self) -> None:
        """Begin anew, as the presenter does it with a press of a button."""
        console.reset(self.billing, self.billing.ask(scenes.person, "presenter"))

    @property
    def today(self) -> date:
        """The calendar day in the demo."""
        return local_day(self.billing.clock.now())

    def voldaan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the demo's database."""
        return subprocess.run(
            [VOLDAAN, *arguments], cwd=ROOT, env=settings(self.options, os.environ), capture_output=True,
            text=True, check=False, timeout=COMMAND_SECONDS,
        )  # fmt: skip


def get(url: str) -> httpx.Response:
    """Ask one of our own servers; a proxy that is set for the outside world knows nothing of this machine."""
    return httpx.get(url, timeout=5, trust_env=False)


def eventually(question: Callable[[], Any], *, seconds: float = 45) -> Any:
    """The first answer that is something, asked again until then; fails when none comes in time."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return answer


def _issue(work: Work, account: str, subject: str, price: Decimal, seller: Party) -> str:
    account_id = work.session.exec(select(Account.id).where(Account.name == account)).one()
    line = NewLine(subject, "", Decimal(1), price, VAT)
    invoice_id = invoices.draft_invoice(work, SYSTEM, DraftInvoice(account_id or 0, subject, (line,)))
    return invoices.issue_invoice(work, SYSTEM, IssueInvoice(invoice_id, seller)).number or ""
