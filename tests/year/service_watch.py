"""Services: that each period is invoiced once, domains are renewed in time, nothing is stopped but by two people, and
nobody is threatened."""

import calendar
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from billing.ports import ServiceNews
from billing.safety import queries
from dashboard.rows.services import safe
from tests.year.bank_watch import BankWatch
from tests.year.world import LEAD_DAYS, World

ONE_DAY, FORTNIGHT = timedelta(days=1), 14
SERVICES = """SELECT s.id, s.account_id, s.state, s.anchor_day, s.started_on, s.paid_through, s.ends_on, p.kind,
              p.period_months FROM service s JOIN product p ON p.id = s.product_id ORDER BY s.id"""
LINES = """SELECT id, service_id, period_start, period_end FROM invoice_line
           WHERE service_id IS NOT NULL AND id > :after ORDER BY id"""
HELD = "SELECT service_id, period_start FROM domain_renewal WHERE state = 'held'"
THREATS = re.compile(
    r"opgeheven|verwijder|geblokkeerd|afgesloten|stopgezet|deurwaarder|incasso|boete|sommatie|aanmaning|gedwongen|"
    r"laatste kans|uitgeschakeld|rechter|opgeschort|!", re.IGNORECASE,
)  # fmt: skip


@dataclass
class Run:
    """The periods of a service. next_start: the first day that was not invoiced. since: the last evening on
    which it was new, over or stood still. starts: the first days of the periods that were invoiced."""

    next_start: date
    since: date
    starts: list[date] = field(default_factory=list)


class ServiceWatch:
    """ran_on: the last day on which everything due was invoiced."""

    def __init__(self, world: World, find: Callable[[str], None], counts: Counter[str], bank: BankWatch) -> None:
        self._world, self._find, self._counts, self._bank = world, find, counts, bank
        self.ran_on: date | None = None
        self._runs: dict[int, Run] = {}
        self._last_line = 0
        self._agreed: dict[int, dict[str, int]] = {}
        self._stopped: dict[int, None] = {}
        self._renewed: dict[tuple[int, date], date] = {}
        self._told = 0

    def agreed(self, service_id: int, step: str, by: int) -> None:
        """Somebody says to have done this towards stopping a service."""
        self._counts[f"stop orders {step}"] += 1
        for (account_id,) in self._world.rows("SELECT account_id FROM service WHERE id = :id", id=service_id):
            self._bank.stop(account_id)
        steps = {} if step == "proposed" else self._agreed.get(service_id, {})
        self._agreed[service_id] = steps | {step: by}

    def day(self, *, looks_at_all: bool) -> None:
        services = self._world.rows(SERVICES)
        self._stops(services)
        self._periods(services)
        self._domains(services)
        share = 1 if looks_at_all else FORTNIGHT
        for account_id, customer in self._world.customers.items():
            if (account_id + self._world.today.toordinal()) % share == 0:
                self._cards(account_id, customer.actor)

    # Stopping

    def _stops(self, services: list[Any]) -> None:
        now = {one.id: one for one in services if one.state == "stopped"}
        for service_id, one in now.items():
            if service_id not in self._stopped:
                self._counts["services stopped"] += 1
                people = self._agreed.get(service_id, {})
                two = people.get("proposed"), people.get("approved")
                if "carried out" not in people or None in two or two[0] == two[1]:
                    self._find(f"service {service_id} was stopped by {people}")
            if one.kind == "domain":
                self._find(f"domain {service_id} was stopped")
        self._stopped = dict.fromkeys(now)

    # Periods

    def _periods(self, services: list[Any]) -> None:
        by_id, lines = {one.id: one for one in services}, self._world.rows(LINES, after=self._last_line)
        first = {line.service_id: _day(line.period_start) for line in reversed(lines)}
        for one in services:
            if one.id not in self._runs:
                begins = first.get(one.id, _day(one.paid_through) + ONE_DAY)
                self._runs[one.id] = Run(begins, self._world.today)
        for line in lines:
            self._last_line = line.id
            self._invoiced(by_id[line.service_id], _day(line.period_start), _day(line.period_end))
        if self.ran_on is not None:
            for one in services:
                self._missing(one, self.ran_on)

    def _invoiced(self, service: Any, start: date, end: date) -> None:
        run = self._runs[service.id]
        self._counts["periods invoiced"] += 1
        until = one_period_on(start, service.anchor_day, service.period_months)
        if start != run.next_start or end != until - ONE_DAY:
            self._find(f"service {service.id}: invoiced {start} to {end}, expected {run.next_start} to {until}")
        run.next_start = max(run.next_start, end + ONE_DAY)
        run.starts.append(start)

    def _missing(self, service: Any, ran_on: date) -> None:
        run, until = self._runs[service.id], ran_on + timedelta(days=LEAD_DAYS)
        is_over = service.ends_on is not None and _day(service.ends_on) < run.next_start
        if is_over or service.state in {"stopped", "ended"}:
            # Nothing is invoiced of it. Should it go on, the next run catches up.
            run.since = self._world.today
        elif run.since < ran_on - ONE_DAY and run.next_start <= until:
            self._find(f"service {service.id}: {run.next_start} should have been invoiced")

    # Domains

    def _domains(self, services: list[Any]) -> None:
        for notice in self._world.shop.panel.news[self._told :]:
            self._told += 1
            if notice.news is ServiceNews.RENEW:
                period = notice.service_id, date.fromisoformat(notice.facts["period_start"])
                self._counts["domains renewed"] += 1
                if period in self._renewed:
                    self._find(f"domain {period} was renewed twice")
                self._renewed[period] = self._world.today
        held = {(service_id, _day(start)) for service_id, start in self._world.rows(HELD)}
        self._counts["domains held, day by day"] += len(held)
        for one in services:
            if one.kind == "domain" and one.state != "ended":
                self._renewal(one, held)

    def _renewal(self, service: Any, held: set[tuple[int, date]]) -> None:
        """Told by the third day before it begins, which leaves four for outages; or on the list of a person."""
        run, today = self._runs[service.id], self._world.today
        renewals = [one for one in (*run.starts, run.next_start) if one > max(today, _day(service.started_on))]
        start = min(renewals, default=date.max)
        goes_on = service.ends_on is None or _day(service.ends_on) >= start
        is_known = (service.id, start) in self._renewed or (service.id, start) in held
        if goes_on and start <= today + timedelta(days=3) and not is_known:
            self._find(f"domain {service.id} is not renewed by {start}")

    # Cards

    def _cards(self, account_id: int, actor: Any) -> None:
        for one in self._world.shop.ask(queries.safe_services, actor, account_id, LEAD_DAYS):
            sentence = safe(one.safety).sentence
            self._counts["safety cards"] += 1
            if THREATS.search(sentence) or "{" in sentence or "None" in sentence:
                self._find(f"the card of service {one.row.service_id} says: {sentence}")


def one_period_on(start: date, anchor_day: int, months: int) -> date:
    """The day on which the next period begins: that day of the month, or the last of a shorter one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(anchor_day, calendar.monthrange(year, month + 1)[1]))


def _day(value: Any) -> date:
    """A date as either engine gives it."""
    return date.fromisoformat(str(value))
