"""Opening the company: what it sells, who buys there, and who works there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.products import service as products
from billing.products.service import AddProduct, StartService
from billing.products.tables import ProductKind
from billing.proration import Proration
from tests import stopping
from tests.year.world import Customer, World

LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Sold:
    """A product. family: products that can become each other."""

    product_id: int
    kind: ProductKind
    months: int
    family: str


_RANGE = (
    ("hosting-s", "Webhosting Start", ProductKind.HOSTING, 1, "9.50", Proration.LINEAR),
    ("hosting-m", "Webhosting Plus", ProductKind.HOSTING, 1, "19.00", Proration.LINEAR),
    ("hosting-l", "Webhosting Pro", ProductKind.HOSTING, 1, "34.00", Proration.LINEAR),
    ("hosting-s-year", "Webhosting Start", ProductKind.HOSTING, 12, "95.00", Proration.LINEAR),
    ("hosting-m-year", "Webhosting Plus", ProductKind.HOSTING, 12, "190.00", Proration.LINEAR),
    ("mail", "E-mail", ProductKind.EMAIL, 3, "12.00", Proration.LINEAR),
    ("domain", "Domeinnaam", ProductKind.DOMAIN, 12, "11.95", Proration.DOMAIN),
)
# In turn, so that a small company has some of each as well.
HABITS = (
    "never", "late", "prompt", "prompt", "tardy", "prompt", "late", "prompt", "late", "prompt",
    "prompt", "tardy", "prompt", "late", "prompt", "prompt", "late", "prompt", "tardy", "prompt",
)  # fmt: skip
# "transfer": by way of the gateway; "bank": straight to our own account.
METHODS = ("ideal",) * 9 + ("card",) * 2 + ("bancontact",) + ("transfer",) * 3 + ("bank",) * 5


def open_shop(world: World) -> Mapping[str, Sold]:
    """Put everything on sale."""
    return {
        code: Sold(
            world.shop.do(
                products.add_product, SYSTEM,
                AddProduct(code, name, kind, months, Decimal(euros), Decimal(21), LONG_AGO, policy),
            ),
            kind, months, f"{kind.value}-{months}",
        )
        for code, name, kind, months, euros, policy in _RANGE
    }  # fmt: skip


def hire(world: World) -> tuple[Actor, Actor, Actor]:
    """Two people of the finance department who do as they should, and one who does not."""
    first, second = stopping.colleague(world.shop, "fien", "finance"), stopping.colleague(world.shop, "fred")
    return first, second, stopping.colleague(world.shop, "ronald", "finance")


def move_in(world: World, range_: Mapping[str, Sold]) -> Customer:
    """A new customer, with what it has with us; most of it is paid for a while yet."""
    dice, shop = world.dice, world.shop
    account_id = shop.customer(f"Klant {len(world.customers) + 1}")
    habit = HABITS[len(world.customers) % len(HABITS)]
    customer = Customer(account_id, shop.member(account_id, Role.OWNER, mails=True), habit, dice.choice(METHODS))
    if world.chance(25):
        shop.member(account_id, Role.BOOKKEEPER, mails=True)
    if customer.habit != "never" and world.chance(40):
        customer.mandate_on = world.today + timedelta(days=dice.randrange(1, 90))
    world.customers[account_id] = customer
    monthly, yearly = ["hosting-s", "hosting-m", "hosting-l"], ["hosting-s-year", "hosting-m-year"]
    # Who never pays has something that is due every month, so that months are enough to see how that ends.
    hosting = "hosting-l" if habit == "never" else dice.choice(monthly + yearly)
    hosted = _start(world, customer, range_[hosting], None)
    if world.chance(70):
        _start(world, customer, range_["domain"], hosted)
    if world.chance(30):
        _start(world, customer, range_["mail"], hosted)
    return customer


def _start(world: World, customer: Customer, sold: Sold, hangs_on: int | None) -> int:
    """It begins some day within a period from now; most are older, and paid elsewhere until then."""
    begins = world.today + timedelta(days=world.dice.randrange(0, sold.months * 30))
    started_on, paid_through = begins, None
    if world.chance(90):
        begins = begins.replace(day=min(begins.day, 28))
        started_on, paid_through = begins.replace(year=begins.year - 2), begins - timedelta(days=1)
    label = f"klant{customer.account_id}.test"
    command = StartService(customer.account_id, sold.product_id, label, started_on, paid_through, hangs_on)
    return world.shop.do(products.start_service, SYSTEM, command)
