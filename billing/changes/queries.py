"""Reading what an account has in use, what it will cost next, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.changes import planning
from billing.changes.tables import ChangeDocument, ChangePreview
from billing.clock import local_day
from billing.credits.tables import CreditNote
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.periods import ServiceInUse, services_in_use
from billing.invoices.tables import Invoice
from billing.products.prices import PriceList
from billing.products.queries import ServiceRow, total_cents
from billing.products.tables import Product, Service, ServiceState
from billing.proration import ONE_DAY
from billing.taxes.service import taxation
from billing.vat import line_net_cents
from billing.vat_treatment import Taxation


@dataclass(frozen=True)
class Offer:
    """A product that a service can become. Prices of a period, without VAT and with what of it is charged."""

    product_id: int
    name: str
    net_cents: int
    total_cents: int
    is_cheaper: bool


@dataclass(frozen=True)
class Hanging:
    """A service that hangs on another."""

    service_id: int
    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class InUse:
    """A service on the page. open_number: the invoice of it that is still to be paid, with its due day.

    next_on: when the next invoice comes; None when there is none. period_ends: the last day of the running period, for
    who cancels at its end. offers, hanging, period_ends: only for who may change services.
    """

    row: ServiceRow
    is_ending: bool
    open_number: str = ""
    open_due_on: date | None = None
    next_on: date | None = None
    period_ends: date | None = None
    offers: tuple[Offer, ...] = ()
    hanging: tuple[Hanging, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a confirmed change came to: the numbers of its credit notes, and of its invoice with what is open on it."""

    notes: tuple[str, ...]
    invoice_number: str
    open_cents: int


def overview(work: Work, actor: Actor, account_id: int, lead_days: int) -> tuple[InUse, ...]:
    """Everything in use. lead_days: how long before a period it is invoiced. Raises NotFound or NotAllowed."""
    found = services_in_use(work, actor, account_id)
    may = Permission.SERVICES_CHANGE in access.permissions(work, actor, account_id)
    return tuple(_in_use(work, one, lead_days, may=may) for one in found)


def outcome(work: Work, actor: Actor, account_id: int, preview_id: int) -> Outcome:
    """What came of a preview that was confirmed. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.SERVICES_CHANGE, account_id)
    own = select(ChangePreview.id).where(ChangePreview.id == preview_id, ChangePreview.account_id == allowed)
    if work.session.exec(own).first() is None:
        raise NotFound()
    notes = (
        select(CreditNote.number)
        .join(ChangeDocument, col(ChangeDocument.credit_note_id) == col(CreditNote.id))
        .where(ChangeDocument.preview_id == preview_id)
        .order_by(col(CreditNote.id))
    )
    invoice = (
        select(Invoice)
        .join(ChangeDocument, col(ChangeDocument.invoice_id) == col(Invoice.id))
        .where(ChangeDocument.preview_id == preview_id)
    )
    made = work.session.exec(invoice).first()
    numbers = tuple(work.session.exec(notes))
    return Outcome(numbers, made.number or "", made.open_cents) if made else Outcome(numbers, "", 0)


def _in_use(work: Work, found: ServiceInUse, lead_days: int, *, may: bool) -> InUse:
    row, unpaid = found.row, found.open
    service = work.session.get_one(Service, row.service_id)
    product = work.session.get_one(Product, service.product_id)
    today, is_ending = local_day(work.now), service.ends_on is not None
    is_stopped = service.state == ServiceState.STOPPED.value
    next_on = max(service.paid_through + ONE_DAY - timedelta(days=lead_days), today)
    taxed = taxation(work, work.session.get_one(Account, service.account_id))
    return InUse(
        row=row, is_ending=is_ending, open_number=unpaid.number if unpaid else "",
        open_due_on=unpaid.due_on if unpaid else None, next_on=None if is_ending or is_stopped else next_on,
        period_ends=planning.end_of_period(work, service, product, today) if may and not is_ending else None,
        offers=tuple(_offers(work, product, taxed, today)) if may and not is_ending and not is_stopped else (),
        hanging=tuple(_hanging(work, other) for other in planning.hanging_on(work, service)) if may else (),
    )  # fmt: skip


def _hanging(work: Work, service: Service) -> Hanging:
    product = work.session.get_one(Product, service.product_id)
    return Hanging(service.id or 0, product.name, service.label, product.kind)


def _offers(work: Work, product: Product, taxed: Taxation, today: date) -> Sequence[Offer]:
    found = [
        other for other in work.session.exec(select(Product).where(Product.on_offer)) if planning.fits(product, other)
    ]
    prices = PriceList(work, [product.id or 0, *(other.id or 0 for other in found)])
    now = prices.on(product.id or 0, today)
    offers = []
    for other in found:
        price = prices.on(other.id or 0, today)
        if now and price and price.unit_price != now.unit_price and price.vat_rate == now.vat_rate:
            offers.append(
                Offer(
                    other.id or 0, other.name, line_net_cents(planning.ONE, price.unit_price),
                    total_cents(price, taxed, today), price.unit_price < now.unit_price,
                )
            )  # fmt: skip
    return sorted(offers, key=lambda offer: offer.net_cents)
