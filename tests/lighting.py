"""The four lights for tests: money that comes in by each way, and what goes wrong with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from billing.access import Actor
from billing.bookkeeping import flows as bookkeeping
from billing.clock import local_day
from billing.lights import flows, gathering, queries
from billing.lights.queries import Overview
from billing.lights.receipts import Receipt, Span
from billing.lights.rules import Lamp, Source
from billing.ports import Outcome
from tests.banking import RULES, Bank
from tests.factories import Shop

LETTERS = {Lamp.OK: "g", Lamp.RED: "r", Lamp.COMING: "c", Lamp.NONE: "-"}


class Lit:
    """A shop whose lights are watched. bank: its own account, of which statements have come in before."""

    def __init__(self, shop: Shop, *, has_bank: bool = True) -> None:
        self.shop = shop
        shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, bank=RULES))
        self.bank = Bank(shop)
        if has_bank:
            self.bank.tell()

    @property
    def today(self) -> date:
        return local_day(self.shop.clock.now())

    def pays(self, cents: int, text: str = "", **other: Any) -> None:
        """A line of today comes in at the bank."""
        self.bank.pays(cents, text, **({"on": self.today} | other))

    @property
    def span(self) -> Span:
        return Span(self.today - timedelta(days=30), self.today)

    def keep_books(self) -> None:
        """What the worker does for the bookkeeping, until nothing is due."""
        while bookkeeping.plan(self.shop.billing):
            pass
        while bookkeeping.hand_over(self.shop.billing):
            pass

    def look(self) -> tuple[str, ...]:
        return flows.look(self.shop.billing, self.span)

    def receipts(self) -> list[Receipt]:
        return self.shop.ask(gathering.of_span, self.span, flows.terms(self.shop.billing))

    def lights(self) -> dict[str, str]:
        """The lights of each receipt, by its invoices: bank, gateway, bookkeeping, dashboard; g green, r red, c coming,
        - no part in it."""
        return {
            " ".join(one.numbers) or one.key: "".join(LETTERS[one.lamps[source]] for source in Source)
            for one in self.receipts()
        }

    def red(self) -> Sequence[Receipt]:
        return [one for one in self.receipts() if one.is_red]

    def causes(self) -> dict[str, tuple[str, str]]:
        """By invoices: why it is red, and what can be done about it."""
        return {" ".join(one.numbers): (one.cause or "", one.repair or "") for one in self.red()}

    def repair(self, actor: Actor, receipt: Receipt) -> bool:
        return flows.repair(self.shop.billing, actor, receipt.key, receipt.repair or "", receipt.numbers)

    def overview(self, actor: Actor, page: int = 1) -> Overview:
        policy = self.shop.billing.policy
        return self.shop.ask(
            queries.overview, actor, self.span, flows.terms(self.shop.billing), policy.runs, policy.reminders, page
        )

    def paid_without_a_push(self, actor: Actor, number: str) -> str:
        """A customer pays, and the message about it never comes; the gateway's key."""
        key = self.shop.start_key(actor, number)
        self.shop.gateway.change(key, Outcome.SUCCEEDED, changed_at=self.shop.clock.now())
        return key

    def double(self, number: str) -> None:
        """The payment of an invoice stands in the bookkeeping twice."""
        kept = self.shop.books.of(number)
        kept.settlements *= 2
