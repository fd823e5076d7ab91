"""A hosting company with two customers, whose processes die and whose gateway is unreliable; and its books on paper."""

from collections.abc import Callable
from copy import deepcopy
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
from billing.taxes.flows import check_stale
from billing.vat_treatment import VatRules
from tests.abroad import BELGIAN, DUTCH, OTHER_BELGIAN, fill_in_number
from tests.factories import Shop
from tests.fakes.crashing import Crash, CrashingDatabase
from tests.machine.money import sums
from tests.machine.money.contracts import PaperProduct, PaperService
from tests.machine.money.paper import Paper
from tests.renewals import product, service

T = TypeVar("T")
LONG_AGO = date(2020, 1, 1)
# Who gives less than this is not asked for the rest of it.
FLOOR_CENTS = 100
# By country, what a customer there may come to fill in as its VAT number.
NUMBERS = {"NL": ("", DUTCH), "BE": ("", BELGIAN, OTHER_BELGIAN)}
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
# Answers stay good, and nobody's own country's rates begin to count: tests of their own are about that.
VAT_RULES = VatRules(recheck_days=100_000, threshold_cents=10**12)


class World:
    """The product itself in `shop`, and beside it what an honest clerk would have written down."""

    def __init__(self, url: str) -> None:
        # What acts may die; what looks, to compare, does not.
        self.database, self.shop = CrashingDatabase(url), Shop(Database(url), floor_cents=FLOOR_CENTS)
        policy = replace(self.shop.billing.policy, vat=VAT_RULES)
        self.shop.billing = replace(self.shop.billing, database=self.database, policy=policy)
        self.shop.do = self.shop.billing.do
        self.gateway = self.shop.gateway
        self.paper = Paper(FLOOR_CENTS)
        self.products: list[PaperProduct] = []
        self.services: dict[int, PaperService] = {}
        self.owners: dict[int, Actor] = {}
        self.asked = NOTHING
        self.pushes: list[tuple[str, str]] = []
        self.countries: dict[int, str] = {}
        self.numbers: dict[int, str] = {}
        for country in NUMBERS:
            account_id = self.shop.customer(country=country)
            self.owners[account_id] = self.shop.member(account_id, Role.OWNER)
            self.countries[account_id], self.numbers[account_id] = country, ""

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
        """The VAT rate at which an account buys a product today."""
        return self.taxed(account_id, sold.rate)

    def taxed(self, account_id: int, rate: Decimal) -> Decimal:
        """The VAT rate that an account pays today for what is priced at one."""
        return Decimal(0) if self.accounts_for_vat(account_id) else rate

    def treatment(self, account_id: int) -> str:
        """How a document of an account is taxed today."""
        abroad = "reverse_charge" if self.accounts_for_vat(account_id) else "union_consumer"
        return abroad if self.countries[account_id] == "BE" else "domestic"

    def accounts_for_vat(self, account_id: int) -> bool:
        """Whether the VAT is the customer's own affair: a business abroad, and the number says so."""
        return self.countries[account_id] == "BE" and self.numbers[account_id] != ""

    def fill_in_number(self, account_id: int, number: str) -> None:
        """A customer fills in a VAT number, or clears it; that of another country is refused."""
        owner, alive = self.owners[account_id], not self.database.is_doomed
        fits = number in NUMBERS[self.countries[account_id]]
        done, _ = self.attempt(lambda: fill_in_number(self.shop, owner, account_id, number))
        assert fits or not done, "a VAT number of another country"
        assert done == fits or not alive
        if done:
            self.numbers[account_id] = number
            check_stale(replace(self.shop.billing, database=self.shop.database), [account_id])

    def coming_cents(self, account_id: int, until: date) -> int:
        """What a run would invoice for periods that begin up to a day, with VAT."""
        nets = []
        for found in deepcopy([s for s in self.services.values() if s.account_id == account_id]):
            while found.is_due(until):
                nets.append((self.rate_for(account_id, found.product), found.invoice_next(len(nets))[2]))
        return sums.total(sums.vat_of(nets))

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
