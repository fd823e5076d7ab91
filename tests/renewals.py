"""Products, services and invoice runs for tests, on the shop of `tests.factories`."""

from datetime import date
from decimal import Decimal
from itertools import count

from billing.access import SYSTEM
from billing.products import service as products
from billing.products.service import AddProduct, ChangePrice, StartService
from billing.products.tables import ProductKind
from billing.proration import Proration
from billing.runs.flows import Ran, run_invoices
from tests.factories import Shop

_NUMBERS = count(1)


def product(
    shop: Shop, euros: str = "10.00", *, months: int = 1, vat: str = "21", proration: Proration = Proration.LINEAR,
    valid_from: date = date(2020, 1, 1),
) -> int:  # fmt: skip
    """The id of a product; euros excluding VAT."""
    command = AddProduct(
        f"product-{next(_NUMBERS)}", "Webhosting", ProductKind.HOSTING, months, Decimal(euros), Decimal(vat),
        valid_from, proration,
    )  # fmt: skip
    return shop.do(products.add_product, SYSTEM, command)


def price(shop: Shop, product_id: int, euros: str, valid_from: date, *, vat: str = "21") -> None:
    """Another price of a product from a day on."""
    shop.do(products.change_price, SYSTEM, ChangePrice(product_id, Decimal(euros), Decimal(vat), valid_from))


def service(
    shop: Shop, account_id: int, started_on: date, product_id: int = 0, *, label: str = "voorbeeld.test",
    hangs_on: int | None = None,
) -> int:  # fmt: skip
    """The id of a service of which nothing has been invoiced; of a product of € 10 a month unless it is given."""
    start = StartService(account_id, product_id or product(shop), label, started_on, hangs_on=hangs_on)
    return shop.do(products.start_service, SYSTEM, start)


def run(shop: Shop, on: date | None = None, *, forced: bool = False) -> Ran:
    """Invoice everything that is due."""
    return run_invoices(shop.billing, SYSTEM, on, forced=forced)
