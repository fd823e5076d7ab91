"""A hosting company with two customers, whose processes die and whose gateway is unreliable; and its books on paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from billing.errors import BillingError
from billing.products.tables import Service
from billing.proration import Proration
from tests.factories import Shop
from tests.fakes.crashing import Crash, CrashingDatabase
from tests.machine.money.contracts import PaperProduct, PaperService
from tests.machine.money.paper import Paper
from tests.renewals import product, service

T = TypeVar("T")
LONG_AGO = date(2020, 1, 1)
# Products of one family can become each other. By family: months, VAT, and the policies of its products.
FAMILIES = (
    (1, "21", (Proration.LINEAR, Proration.LINEAR)),
    (12, "21", (Proration.DOMAIN, Proration.DOMAIN)),
    (3, "9", (Proration.NONE, Proration.LINEAR, Proration.NONE)),
)


@dataclass
class Asked:
    """What a step asks for, as far as documents and moves in the journal have to follow from it.

    invoice: (net cents, rate) of each line. notes: by invoice line, what is taken back of it. payout_cents: of a note.
    charges: first day, first day after and cents of an upgrade, of `service`, which becomes `product`. runs_until: the
    last day on which a period may begin that a run invoices. account_id, cents: of a gift. payment_id, lot: what is
    kept or sent back.
    """

    invoice: list[tuple[int, Decimal]] | None = None
    notes: dict[int, int] | None = None
    payout_cents: int = 0
    charges: list[tuple[date, date, int]] | None = None
    service: PaperService | None = None
    product: PaperProduct | None = None
    runs_until: date | None = None
    account_id: int = 0
    payment_id: int = 0
    lot: int | None = None
    cents: int = 0


NOTHING = Asked()


class World:
    """The product itself in `shop`, and beside it what an honest clerk would have written down."""

    def __init__(self, url: str) -> None:
        # What acts may die; what looks, to compare, does not.
        self.database, self.shop = CrashingDatabase(url), Shop(Database(url))
        self.shop.billing = replace(self.shop.billing, database=self.database)
        self.shop.do = self.shop.billing.do
        self.gateway = self.shop.gateway
        self.paper = Paper()
        self.products: list[PaperProduct] = []
        self.services: dict[int, PaperService] = {}
        self.owners: dict[int, Actor] = {}
        self.asked = NOTHING
        self.pushes: list[tuple[str, str]] = []
        for _ in range(2):
            account_id = self.shop.customer()
            self.owners[account_id] = self.shop.member(account_id, Role.OWNER)

    @property
    def accounts(self) -> list[int]:
        return list(self.owners)

    @property
    def today(self) -> date:
        return self.shop.clock.now().astimezone(ZoneInfo("Europe/Amsterdam")).date()

    def proven(self, account_id: int) -> Actor:
        """The owner, who has just proven an identity."""
        return self.shop.proven(self.owners[account_id])

    def sell(self, prices: list[int]) -> None:
        """Put a product on sale for each price, in cents, through all families."""
        for family, (months, rate, policies) in enumerate(FAMILIES):
            for policy in policies:
                cents = prices.pop()
                made = product(self.shop, f"{cents / 100:.2f}", months=months, vat=rate, proration=policy)
                self.products.append(
                    PaperProduct(made, family, months, Decimal(rate), policy.value, [(LONG_AGO, cents)])
                )

    def start_service(self, account_id: int, sold: PaperProduct, started_on: date) -> None:
        done, _ = self.attempt(lambda: service(self.shop, account_id, started_on, sold.product_id))
        if done:
            service_id = self.shop.all(Service)[-1].id or 0
            self.services[service_id] = PaperService(service_id, account_id, sold, started_on.day, started_on)

    def rate_for(self, account_id: int, sold: PaperProduct) -> Decimal:
        """The VAT rate at which an account buys a product: here an account may come to pay another one."""
        assert account_id in self.owners
        return sold.rate

    def siblings(self, sold: PaperProduct) -> list[PaperProduct]:
        """What a product can become."""
        return [other for other in self.products if other.family == sold.family and other is not sold]

    def attempt(self, act: Callable[[], T]) -> tuple[bool, T | None]:
        """Do something that may be refused, or during which the process may die; whether it was done."""
        try:
            return True, act()
        except BillingError:
            return False, None
        except Crash:
            # A process that died starts again and knows nothing of the one before.
            self.database.survive()
            self.database.engine.dispose()
            return self.database.kept, None

    def tell(self, key: str) -> None:
        """The gateway writes a push; whether, when and how often it arrives is another matter."""
        self.pushes.append((key, f"{key}-{len(self.pushes)}"))

    def asks(self, **what: object) -> None:
        """What the next act asks for."""
        self.asked = replace(NOTHING, **what)  # type: ignore[arg-type]  # the names are those of Asked

    def close(self) -> None:
        self.database.dispose()
        self.shop.database.dispose()
