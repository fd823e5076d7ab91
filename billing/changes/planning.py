"""Computing what a change of a service comes to, from what is in the database now. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlmodel import col, select

from billing.accounts.tables import Account
from billing.changes import parts
from billing.changes.parts import Part
from billing.changes.plan import Bill, Charge, Ending, GivenBack, NewProduct, Note, Plan, Staying
from billing.changes.tables import What
from billing.clock import local_day
from billing.credits import foreseeing
from billing.credits import service as credits
from billing.db import Work
from billing.errors import ChangeRefused, NotFound
from billing.invoices import carrying
from billing.products.prices import PriceList
from billing.products.tables import Product, Service, ServiceState
from billing.proration import ONE_DAY, Period, Proration, split
from billing.settlement import is_small_rest
from billing.taxes.service import taxation
from billing.vat import line_net_cents, totals

ONE = Decimal(1)


@dataclass(frozen=True)
class Asked:
    """What somebody wants. on: the first day on which it counts. product_id: what it is to become, None to cancel it.

    also: services that hang on it and are cancelled with it.
    """

    service_id: int
    on: date
    product_id: int | None = None
    also: tuple[int, ...] = ()


def plan(work: Work, account_id: int, asked: Asked) -> Plan:
    """What it comes to. Raises NotFound for what is not this account's, and ChangeRefused."""
    service, product = in_use(work, account_id, asked.service_id)
    today = local_day(work.now)
    if asked.on < today:
        raise ChangeRefused(reason="past")
    if asked.product_id is None:
        return _cancelled(work, service, product, asked)
    require_running(service)
    if service.state != ServiceState.ACTIVE.value:
        raise ChangeRefused(reason="ending")
    if asked.on > today:
        raise ChangeRefused(reason="beyond")
    return _changed(work, service, product, asked.product_id, asked.on)


def in_use(work: Work, account_id: int, service_id: int) -> tuple[Service, Product]:
    """A service of this account that has not ended. Raises NotFound or ChangeRefused."""
    service = _fresh(work, service_id)
    if service is None or service.account_id != account_id:
        raise NotFound()
    if has_ended(service, local_day(work.now)):
        raise ChangeRefused(reason="ended")
    return service, work.session.get_one(Product, service.product_id)


def require_running(service: Service) -> None:
    """What is stopped can be cancelled, and nothing else. Raises ChangeRefused."""
    if service.state == ServiceState.STOPPED.value:
        raise ChangeRefused(reason="stopped")


def has_ended(service: Service, today: date) -> bool:
    """Whether its last day has passed, also when nobody has written that down yet."""
    over = service.ends_on is not None and service.ends_on < today
    return service.state == ServiceState.ENDED.value or over


def hanging_on(work: Work, service: Service) -> list[Service]:
    """What hangs on a service, directly or by way of another, and goes on renewing; in the order of their ids."""
    active = select(Service).where(
        Service.account_id == service.account_id, Service.state == ServiceState.ACTIVE.value,
        col(Service.hangs_on).is_not(None),
    )  # fmt: skip
    waiting, found, known = list(work.session.exec(active.order_by(col(Service.id)))), [], {service.id}
    while fits := [other for other in waiting if other.hangs_on in known]:
        found += fits
        known |= {other.id for other in fits}
        waiting = [other for other in waiting if other.id not in known]
    return sorted(found, key=lambda other: other.id or 0)


def latest_day(service: Service, today: date) -> date:
    """The latest first day without a service that can be chosen: after what is invoiced, or today."""
    last = max(service.paid_through, today - ONE_DAY)
    return min(last, service.ends_on or last) + ONE_DAY


def _fresh(work: Work, service_id: int) -> Service | None:
    found = select(Service).where(Service.id == service_id).execution_options(populate_existing=True)
    return work.session.exec(found).first()


# Cancelling


def _cancelled(work: Work, service: Service, product: Product, asked: Asked) -> Plan:
    today, hanging = local_day(work.now), hanging_on(work, service)
    if asked.on > latest_day(service, today):
        raise ChangeRefused(reason="beyond")
    if service.ends_on is not None and asked.on > service.ends_on:
        raise ChangeRefused(reason="ending")
    if not set(asked.also) <= {other.id for other in hanging}:
        raise NotFound()
    ending = [(service, product)]
    staying = []
    for other in hanging:
        its = work.session.get_one(Product, other.product_id)
        if other.id in asked.also:
            ending.append((other, its))
        else:
            staying.append(Staying(other.id or 0, its.name, other.label, its.kind))
    endings, lines = [], []
    for gone, its in ending:
        on = min(asked.on, latest_day(gone, today))
        endings.append(Ending(gone.id or 0, its.name, gone.label, on - ONE_DAY))
        lines += [
            _given(gone, part, on, part.unused_cents(on))
            for part in parts.prepaid(work, gone.id or 0, Proration(its.proration), on)
        ]
    given = _newest_first(lines)
    return Plan(
        what=What.CANCEL.value, service_id=service.id or 0, name=product.name, label=service.label, on=asked.on,
        endings=tuple(endings), staying=tuple(staying), product=None, lines=given, notes=_notes(work, given), bill=None,
    )  # fmt: skip


def _given(service: Service, part: Part, on: date, cents: int) -> GivenBack:
    shares = part.split(on)
    return GivenBack(
        service_id=service.id or 0, line_id=part.line_id, invoice_id=part.invoice_id,
        invoice_number=part.invoice_number, description=part.description, start=part.start, until=part.until,
        policy=part.policy.value, whole_cents=part.whole_cents, net_cents=part.net_cents, used_days=shares.used_days,
        days=shares.days, used_cents=shares.used_cents, kept_cents=shares.unused_cents - cents, cents=cents,
        vat_rate=part.vat_rate,
    )  # fmt: skip


def _newest_first(lines: Iterable[GivenBack]) -> tuple[GivenBack, ...]:
    given = (line for line in lines if line.cents)
    return tuple(sorted(given, key=lambda line: (line.start, line.line_id), reverse=True))


def _notes(work: Work, lines: Sequence[GivenBack]) -> tuple[Note, ...]:
    """One note for each invoice, in the order of the lines."""
    by_invoice: dict[int, list[GivenBack]] = {}
    for line in lines:
        by_invoice.setdefault(line.invoice_id, []).append(line)
    made = []
    for invoice_id, its in by_invoice.items():
        foreseen = foreseeing.foresee(work, invoice_id, [(line.line_id, line.cents) for line in its])
        made.append(Note(invoice_id=invoice_id, invoice_number=its[0].invoice_number, **vars(foreseen)))
    return tuple(made)


# Changing


def _changed(work: Work, service: Service, product: Product, product_id: int, on: date) -> Plan:
    target = work.session.get(Product, product_id)
    if target is None:
        raise NotFound()
    if not fits(product, target):
        raise ChangeRefused(reason="not_offered")
    prices = PriceList(work, {product.id or 0, product_id})
    old, new = prices.on(product.id or 0, on), prices.on(product_id, on)
    if old is None or new is None:
        raise ChangeRefused(reason="no_price")
    if new.unit_price == old.unit_price:
        raise ChangeRefused(reason="same_price")
    is_cheaper = new.unit_price < old.unit_price
    periods = _periods(parts.prepaid(work, service.id or 0, Proration(product.proration), on))
    priced = [(group, _price(prices, product_id, group, on)) for group in periods]
    charges = () if is_cheaper else tuple(_charges(priced, on))
    lines = _newest_first(_differences(service, priced, on)) if is_cheaper else ()
    return Plan(
        what=(What.DOWNGRADE if is_cheaper else What.UPGRADE).value, service_id=service.id or 0, name=product.name,
        label=service.label, on=on, endings=(), staying=(),
        product=NewProduct(product_id, target.name, new.id, line_net_cents(ONE, new.unit_price), new.vat_rate),
        lines=lines, notes=_notes(work, lines), bill=_bill(work, service.account_id, charges),
    )  # fmt: skip


def fits(product: Product, target: Product) -> bool:
    """Whether a service of one product can become the other: on offer, of the same kind, for periods of one length."""
    alike = (target.kind, target.period_months) == (product.kind, product.period_months)
    return target.on_offer and alike and target.id != product.id


def _periods(found: Sequence[Part]) -> list[list[Part]]:
    """The parts of each period together, the newest first: an upgrade left a second line for the same days."""
    in_order = sorted(found, key=lambda part: part.until, reverse=True)
    return [list(group) for _, group in groupby(in_order, key=lambda part: part.until)]


def _price(prices: PriceList, product_id: int, group: Sequence[Part], on: date) -> Any:
    """The version of the new product's price that counts for a period, as a plain row.

    Its rate must be the one of the parts, each as its own invoice was taxed.
    """
    price = prices.on(product_id, max(on, _period(group).start))
    if price is None:
        raise ChangeRefused(reason="no_price")
    if any(part.vat_rate != part.taxed.rate(price.vat_rate, part.priced_on) for part in group):
        raise ChangeRefused(reason="vat_differs")
    return price


def _period(group: Sequence[Part]) -> Period:
    whole = next((part.period for part in group if part.period), None)
    return whole or Period(min(part.start for part in group), group[0].until)


def _differences(
    service: Service, priced: Iterable[tuple[Sequence[Part], Any]], on: date
) -> Iterator[GivenBack]:  # fmt: skip
    """What is given back of each part: as much as its rest costs more than the new product's, by the same policy."""
    for group, price in priced:
        price_cents = line_net_cents(ONE, price.unit_price)
        rest_cents = split(group[-1].own_policy, price_cents, _period(group), on).unused_cents
        left_cents = max(sum(part.split(on).unused_cents for part in group) - rest_cents, 0)
        for part in group:
            cents = min(part.unused_cents(on), left_cents)
            left_cents -= cents
            yield _given(service, part, on, cents)


def _charges(priced: Iterable[tuple[Sequence[Part], Any]], on: date) -> Iterator[Charge]:
    """What the new product's rest of each period costs more, at the rate that it is priced at. Where nothing would be
    given back, the days count."""
    for group, price in priced:
        price_cents, period, own = line_net_cents(ONE, price.unit_price), _period(group), group[-1].own_policy
        policy = Proration.LINEAR if own is Proration.NONE else None
        shares = split(policy or own, price_cents, period, on)
        worth_cents = sum(part.split(on, policy).unused_cents for part in group)
        if shares.unused_cents > worth_cents:
            yield Charge(
                start=max(on, period.start), until=period.until, used_days=shares.used_days, days=shares.days,
                price_cents=price_cents, rest_cents=shares.unused_cents, worth_cents=worth_cents,
                cents=shares.unused_cents - worth_cents, vat_rate=price.vat_rate,
            )  # fmt: skip


def _bill(work: Work, account_id: int, charges: tuple[Charge, ...]) -> Bill | None:
    if not charges:
        return None
    net_cents, today = sum(charge.cents for charge in charges), local_day(work.now)
    taxed = taxation(work, work.session.get_one(Account, account_id), net_cents)
    if fault := taxed.fault_on([today]):
        raise ChangeRefused(reason=fault)
    charges = tuple(replace(charge, vat_rate=taxed.rate(charge.vat_rate, today)) for charge in charges)
    vat = tuple(totals((charge.vat_rate, charge.cents) for charge in charges))
    total_cents = net_cents + sum(total.vat_cents for total in vat)
    brought_cents = carrying.waiting_cents(work, [account_id]).get(account_id, 0)
    payable_cents = total_cents + brought_cents
    credits_cents = min(payable_cents, credits.balance_cents(work, account_id))
    left_cents = payable_cents - credits_cents
    open_cents = 0 if is_small_rest(left_cents, payable_cents, work.floor_cents) else left_cents
    return Bill(
        taxed.treatment.value, charges, net_cents, vat, total_cents, brought_cents, credits_cents, open_cents
    )  # fmt: skip


def end_of_period(work: Work, service: Service, product: Product, today: date) -> date | None:
    """The last day of the period that today is in; None when nothing of it is left to use."""
    found = parts.prepaid(work, service.id or 0, Proration(product.proration), today)
    periods = [part.period for part in found if part.period]
    running = [period.last for period in periods if period.start <= today]
    coming = [period.start - ONE_DAY for period in periods if period.start > today]
    last = min([*running, *coming, latest_day(service, today) - ONE_DAY])
    return last if last >= today else None
