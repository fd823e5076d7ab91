"""Dashboards that are open while all fails: opened again when they are lost, and in the end they must live."""

import random
import threading
from collections.abc import Iterator
from decimal import Decimal

from sqlmodel import col, select

from billing.access import SYSTEM
from billing.accounts.tables import Membership
from billing.db import Work
from billing.invoices import service as invoices
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.ports import Party
from tests.faults.processes import Installation, eventually
from tests.load.tabs import Seen, Tab

SCREENS = 4
EVERY_SECONDS, AGAIN_SECONDS = 2.0, 1.0
LIVE_SECONDS = 60
# Whoever only watches never looks again by himself.
NEVER = 1e6


class Screens:
    """The dashboards of a few customers. lost: how often one had to be opened again."""

    def __init__(self, installation: Installation, chance: random.Random) -> None:
        self._installation, self._chance = installation, chance
        self._over = threading.Event()
        self._keepers = [threading.Thread(target=self._keep, args=visit, daemon=True) for visit in self._log_in()]
        self.lost = 0

    def start(self) -> None:
        """Open them, and keep them open."""
        for keeper in self._keepers:
            keeper.start()

    def stop(self) -> None:
        """Close them."""
        self._over.set()
        for keeper in self._keepers:
            keeper.join(timeout=LIVE_SECONDS)

    def wrong(self) -> Iterator[str]:
        """Dashboards that can't be opened now, or that don't change by themselves when something happens."""
        seen, visits = Seen(), self._log_in()
        tabs = [self._open(account_id, token, seen, NEVER) for account_id, token in visits]
        for (account_id, _), tab in zip(visits, tabs, strict=True):
            if not tab.is_open.wait(LIVE_SECONDS):
                yield f"the dashboard of account {account_id} does not open: {seen.errors}"
                continue
            seen.updates.clear()
            self._installation.billing.do(_issue, account_id, self._installation.billing.policy.seller)
            if not _changes(account_id, seen):
                yield f"the dashboard of account {account_id} does not change: {seen.errors}"
        for tab in tabs:
            tab.close()

    def _log_in(self) -> list[tuple[int, str]]:
        return self._installation.billing.do(_log_in, SCREENS)

    def _open(self, account_id: int, token: str, seen: Seen, every: float) -> Tab:
        cookie = f"voldaan_session={token}"
        return Tab(self._installation.port, cookie, account_id, seen, every=every, chance=self._chance)

    def _keep(self, account_id: int, token: str) -> None:
        while not self._over.is_set():
            tab = self._open(account_id, token, Seen(), EVERY_SECONDS)
            while tab.is_alive and not self._over.wait(AGAIN_SECONDS):
                pass
            tab.close()
            self.lost += not self._over.is_set()


def _changes(account_id: int, seen: Seen) -> bool:
    try:
        return bool(eventually(lambda: account_id in {one for one, _ in seen.updates}, seconds=LIVE_SECONDS))
    except AssertionError:
        return False


def _log_in(work: Work, count: int) -> list[tuple[int, str]]:
    owners = select(Membership.account_id, Membership.user_id).order_by(col(Membership.account_id)).limit(count)
    return [
        (account_id, sessions.start(work, user_id, Visitor())) for account_id, user_id in work.session.exec(owners)
    ]  # fmt: skip


def _issue(work: Work, account_id: int, seller: Party) -> None:
    line = invoices.NewLine("Webhosting", "", Decimal(1), Decimal(1), Decimal(21))
    draft = invoices.draft_invoice(work, SYSTEM, invoices.DraftInvoice(account_id, "Nieuws", (line,)))
    invoices.issue_invoice(work, SYSTEM, invoices.IssueInvoice(draft, seller, mails=False))
