"""The page with the four lights: sums by source, every receipt, and what can be done about the red ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from billing.lights.queries import PAGE_SIZE, Overview
from billing.lights.receipts import Receipt, Span
from billing.lights.rules import Cause, Lamp, Source
from billing.lights.sums import SourceSum
from dashboard.rows.common import Amount, amount, cents, dated, day
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.lights
FILES = "/files/lights"


@dataclass(frozen=True)
class Light:
    """A lamp with its word. tone: CSS class; icon: in the sprite."""

    label: str = ""
    tone: str = "na"
    icon: str = "dash"


@dataclass(frozen=True)
class SourceCard:
    """What one source comes to. lede: how it differs from what it should be; more: another line, or empty."""

    name: str = ""
    light: Light = field(default_factory=Light)
    amount: Amount = field(default_factory=Amount)
    lede: str = ""
    more: str = ""


@dataclass(frozen=True)
class ReceiptRow:
    """One receipt. numbers: its invoices; about: these in words, or what it is; url: where more of it is told. repair:
    name of what can be done, action: in words, or empty; onward: where it is looked into instead."""

    key: str = ""
    numbers: tuple[str, ...] = ()
    about: str = ""
    who: str = ""
    on: str = ""
    amount: Amount = field(default_factory=Amount)
    bank: Light = field(default_factory=Light)
    gateway: Light = field(default_factory=Light)
    books: Light = field(default_factory=Light)
    dashboard: Light = field(default_factory=Light)
    cause: str = ""
    repair: str = ""
    action: str = ""
    action_name: str = ""
    url: str = ""
    onward: str = ""


@dataclass(frozen=True)
class Lights:
    """All of it. count and red_count: in words, the latter empty when all is green. certificate: address of the newest
    day that is written down; empty without any."""

    count: str = ""
    lede: str = ""
    red_count: str = ""
    together: str = ""
    first: str = ""
    last: str = ""
    sources: tuple[SourceCard, ...] = ()
    red: tuple[ReceiptRow, ...] = ()
    rest: tuple[ReceiptRow, ...] = ()
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False
    certificate: str = ""


# Word, tone and icon of each.
_LIGHTS = {
    Lamp.OK: ("ok", "ok", "check"), Lamp.RED: ("red", "no", "x"), Lamp.COMING: ("coming", "way", "clock"),
    Lamp.NONE: ("none", "na", "dash"),
}  # fmt: skip
# Where something is there, but not as it should be, `mist` would be wrong.
_OTHERWISE = {
    Cause.BOOKS_DOUBLE: {Source.BOOKS: "double"},
    Cause.BOOKS_OTHERWISE: {Source.BOOKS: "other"},
    Cause.BOOKED_OTHERWISE: {Source.DASHBOARD: "other"},
    Cause.GATEWAY_OTHERWISE: {Source.GATEWAY: "other"},
    Cause.PARKED: {Source.DASHBOARD: "parked"},
}


def lights(found: Overview) -> Lights:
    """Everything on the page but what is below it."""
    first = (found.page - 1) * PAGE_SIZE + 1
    total = found.count - len(found.red)
    spread = SAID.invoices.range.format(first=first, last=first + len(found.others) - 1, total=total)
    newest = found.days[0].day.isoformat() if found.days else ""
    count = TEXTS.count(found.count)
    return Lights(
        count=count,
        lede=TEXTS.lede.format(count=count, first=_short(found.span), last=day(found.span.last)),
        red_count=TEXTS.red_count(len(found.red)) if found.red else "",
        together=TEXTS.amount_of(len(found.red), cents(found.red_cents)),
        first=found.span.first.isoformat(),
        last=found.span.last.isoformat(),
        sources=tuple(_source(source, found.sums) for source in Source),
        red=tuple(receipt_row(one) for one in found.red),
        rest=tuple(receipt_row(one) for one in found.others),
        spread=spread if found.others else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
        certificate=f"{FILES}/{newest}.csv" if newest else "",
    )


def receipt_row(receipt: Receipt) -> ReceiptRow:
    """One receipt in words."""
    kind = TEXTS.kinds.get(receipt.kind, receipt.kind)
    is_bank = receipt.key.startswith("bank:")
    unclaimed = receipt.cause is Cause.UNMATCHED
    about = kind.capitalize() if unclaimed or not receipt.numbers else ", ".join(receipt.numbers)
    repair = receipt.repair.value if receipt.repair else ""
    url = "/staff/money" if is_bank else f"/staff/pushes?zoek={quote(receipt.key.removeprefix('gateway:'))}"
    shown = {source.value: _light(receipt, source) for source in Source}
    return ReceiptRow(
        key=receipt.key, numbers=receipt.numbers, about=about, who=receipt.who,
        on=TEXTS.on.format(kind=kind, day=_day_month(receipt.day)),
        amount=amount(receipt.cents), cause=_cause(receipt), repair=repair, action=TEXTS.repairs.get(repair, ""),
        action_name=f"{TEXTS.repairs.get(repair, '')}: {about}", url=url,
        onward="" if repair or not receipt.is_red else TEXTS.to_money if is_bank else TEXTS.to_pushes, **shown,
    )  # fmt: skip


def _light(receipt: Receipt, source: Source) -> Light:
    lamp = receipt.lamps[source]
    word, tone, icon = _LIGHTS[lamp]
    if lamp is Lamp.RED and receipt.cause:
        word = _OTHERWISE.get(receipt.cause, {}).get(source, "red")
    if lamp is Lamp.COMING and source is Source.BANK and receipt.expected_on:
        return Light(TEXTS.expected.format(day=_day_month(receipt.expected_on)), tone, icon)
    return Light(TEXTS.lamps[word], tone, icon)


def _cause(receipt: Receipt) -> str:
    if receipt.cause is None:
        return TEXTS.shifted.format(day=day(receipt.booked_on)) if receipt.booked_on else ""
    facts = dict(receipt.facts)
    likely = TEXTS.likely.format(numbers=", ".join(receipt.numbers)) if receipt.numbers else TEXTS.likely_none
    reason = str(facts.get("reason", ""))
    said = TEXTS.causes[receipt.cause].format(
        reason=TEXTS.parked.get(reason, reason), cents=cents(int(facts.get("cents", 0))), likely=likely,
        number=facts.get("number", ""), error=facts.get("error", ""),
        expected=day(receipt.expected_on) if receipt.expected_on else "",
    )  # fmt: skip
    return f"{said} {TEXTS.shifted.format(day=day(receipt.booked_on))}" if receipt.booked_on else said


def _source(source: Source, sums: Mapping[Source, SourceSum]) -> SourceCard:
    one = sums[source]
    if one.red:
        light = Light(TEXTS.missing(one.red), "no", "x")
    elif one.ok:
        light = Light(TEXTS.right(one.ok), "ok", "check")
    elif one.coming:
        light = Light(TEXTS.coming(one.coming), "way", "clock")
    else:
        light = Light(TEXTS.nothing, "na", "dash")
    lines = []
    if one.red_cents:
        lines.append((TEXTS.less if one.red_cents > 0 else TEXTS.more).format(amount=cents(abs(one.red_cents))))
    if one.coming_cents:
        lines.append(TEXTS.to_come.format(amount=cents(one.coming_cents)))
    if one.none:
        lines.append(TEXTS.outside(one.none))
    first, *more = lines or [TEXTS.as_expected]
    return SourceCard(
        name=TEXTS.sources[source], light=light, amount=amount(one.cents), lede=first, more=more[0] if more else ""
    )


def _short(span: Span) -> str:
    """The first day without what it has in common with the last."""
    whole = day(span.first)
    return whole.removesuffix(f" {span.last.year}") if span.first.year == span.last.year else whole


def _day_month(value: date) -> str:
    """`3 dec`; the year is that of the days that were asked for, or the next."""
    return dated(value, "d MMM").rstrip(".")
