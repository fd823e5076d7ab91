"""The window in which a service is cancelled or changed: what it comes to, line by line, and what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.changes.plan import Bill, Charge, Ending, GivenBack, Plan
from billing.changes.queries import InUse, Offer, Outcome
from billing.changes.service import Preview
from billing.documents import percentage, period
from billing.proration import ONE_DAY
from billing.vat import vat_cents
from billing.vat_treatment import is_untaxed
from dashboard.rows.common import Amount, amount, cents, day, moment
from dashboard.rows.paper import Sum
from dashboard.rows.services import length
from dashboard.texts.languages import SAID, language
from dashboard.texts.words_products import Dialog as Words

PAGE = SAID.products
TEXTS = PAGE.change
CANCEL, DOWNGRADE, UPGRADE = "cancel", "downgrade", "upgrade"
NOW, END = "now", "end"
_WORDS = {CANCEL: PAGE.cancelling, DOWNGRADE: PAGE.downgrading, UPGRADE: PAGE.upgrading}


@dataclass(frozen=True)
class Option:
    """One of several; id: for the events."""

    id: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """What comes of one invoice line, with the facts that it follows from."""

    title: str
    amount: str
    facts: tuple[Sum, ...]
    policy: str


@dataclass(frozen=True)
class Window:
    """The window. kind: empty while it is closed. headline, about, amount: what it comes to at a glance."""

    kind: str = ""
    title: str = ""
    lede: str = ""
    legend: str = ""
    options: tuple[Option, ...] = ()
    hanging: tuple[Option, ...] = ()
    endings: tuple[str, ...] = ()
    headline: str = ""
    about: str = ""
    amount: Amount = field(default_factory=Amount)
    has_money: bool = False
    lines: tuple[Line, ...] = ()
    sums: tuple[Sum, ...] = ()
    nothing: str = ""
    fixed: str = ""
    leave: str = ""
    submit: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_file: bool


@dataclass(frozen=True)
class Result:
    """What came of it; empty while nothing did."""

    sentence: str = ""
    links: tuple[Link, ...] = ()


def offers(one: InUse, kind: str) -> tuple[Offer, ...]:
    """What a service can be downgraded or upgraded to, the nearest price first."""
    found = [offer for offer in one.offers if offer.is_cheaper == (kind == DOWNGRADE)]
    return tuple(sorted(found, key=lambda offer: abs(offer.net_cents - one.row.net_cents)))


def window(
    one: InUse, kind: str, chosen: str, shown: Mapping[str, Preview], also: Collection[int], *, today: date
) -> Window:  # fmt: skip
    """The window about a service with what is chosen in it. shown: a preview by option."""
    said, preview = _WORDS[kind], shown[chosen]
    plan, facts = preview.plan, _facts(one, preview.plan, today)
    total_cents = _cents(plan)
    return Window(
        kind=kind, title=said.title.format(**facts), lede=said.lede,
        legend=TEXTS.when if kind == CANCEL else TEXTS.choose,
        options=_moments(one, chosen, shown) if kind == CANCEL else _products(one, kind, chosen),
        hanging=_hanging(one, also) if kind == CANCEL else (), endings=_endings(plan, today), headline=_headline(plan),
        about=_about(plan), amount=amount(total_cents), has_money=total_cents > 0,
        lines=tuple(_line(line, plan) for line in plan.lines) + tuple(_charge(line, plan) for line in _charges(plan)),
        sums=_sums(plan), nothing="" if total_cents else said.nothing, fixed=_fixed(preview),
        leave=said.leave, submit=_submit(said, facts, plan, total_cents), danger=kind == CANCEL,
    )  # fmt: skip


def result(one: InUse, plan: Plan, outcome: Outcome, *, today: date) -> Result:
    """What was done, with the documents of it."""
    facts = _facts(one, plan, today)
    links = [
        Link(TEXTS.note.format(number=number), f"/files/credit-notes/{number}.pdf", True) for number in outcome.notes
    ]
    if outcome.invoice_number:
        url = f"/invoices/{outcome.invoice_number}"
        links.append(Link(TEXTS.invoice.format(number=outcome.invoice_number), url, False))
    if plan.credit_cents:
        links.append(Link(TEXTS.credits, "/credits", False))
    return Result(_WORDS[plan.what].done.format(**facts), tuple(links))


def _facts(one: InUse, plan: Plan, today: date) -> dict[str, str]:
    return {
        "name": one.row.name, "product": plan.product.name if plan.product else "",
        "last": _last_day(plan.endings[0], today) if plan.endings else "",
        "amount": cents(_cents(plan)),
    }  # fmt: skip


def _submit(said: Words, facts: dict[str, str], plan: Plan, total_cents: int) -> str:
    if not total_cents:
        return said.submit.format(**facts)
    return (said.submit_amount if plan.credit_cents else said.submit_lower).format(**facts)


def _cents(plan: Plan) -> int:
    """What it is about: what is to pay, else what comes back, else what is taken off an open invoice."""
    return plan.charged_cents or plan.credit_cents or plan.offset_cents


def _moments(one: InUse, chosen: str, shown: Mapping[str, Preview]) -> tuple[Option, ...]:
    options = []
    for name, preview in shown.items():
        given = _given(preview.plan)
        if name == NOW:
            options.append(Option(name, TEXTS.today, given or TEXTS.today_nothing, name == chosen))
        else:
            hint = TEXTS.at_end_amount.format(given=given) if given else TEXTS.at_end_hint
            options.append(Option(name, TEXTS.at_end.format(date=day(one.period_ends)), hint, name == chosen))
    return tuple(options)


def _given(plan: Plan) -> str:
    facts = {"amount": cents(plan.credit_cents), "less": cents(plan.offset_cents)}
    if plan.credit_cents:
        return (TEXTS.given_and_less if plan.offset_cents else TEXTS.given).format(**facts)
    return TEXTS.less.format(**facts) if plan.offset_cents else ""


def _products(one: InUse, kind: str, chosen: str) -> tuple[Option, ...]:
    said = length(one.row.period_months)
    pattern = TEXTS.offer_untaxed.get(one.row.treatment, TEXTS.offer)
    return tuple(
        Option(
            str(offer.product_id), offer.name, pattern.format(amount=cents(offer.total_cents), period=said),
            str(offer.product_id) == chosen,
        )
        for offer in offers(one, kind)
    )  # fmt: skip


def _hanging(one: InUse, also: Collection[int]) -> tuple[Option, ...]:
    options = []
    for other in one.hanging:
        goes = other.service_id in also
        stays = TEXTS.stays_domain if other.kind == "domain" else TEXTS.stays
        label = f"{other.name}, {other.label}" if other.label else other.name
        options.append(Option(str(other.service_id), label, TEXTS.goes_along if goes else stays, goes))
    return tuple(options)


def _endings(plan: Plan, today: date) -> tuple[str, ...]:
    return tuple(f"{ending.name}: {_last_day(ending, today)}" for ending in plan.endings)


def _last_day(ending: Ending, today: date) -> str:
    """When it ends; what ends today has yesterday for its last whole day, which would not be understood."""
    return TEXTS.at_once if ending.ends_on < today else TEXTS.last_day.format(date=day(ending.ends_on))


def _headline(plan: Plan) -> str:
    if plan.what == UPGRADE:
        return TEXTS.pay
    if not plan.credited_cents:
        return TEXTS.nothing_back
    return TEXTS.back if plan.credit_cents else TEXTS.back_lowers


def _about(plan: Plan) -> str:
    days = [(max(line.start, plan.on), line.until) for line in plan.lines]
    days += [(charge.start, charge.until) for charge in _charges(plan)]
    if not days:
        return ""
    first, until = min(start for start, _ in days), max(until for _, until in days)
    return TEXTS.about.format(period=period(first, until - ONE_DAY, language()))


def _charges(plan: Plan) -> tuple[Charge, ...]:
    return plan.bill.lines if plan.bill else ()


def _line(line: GivenBack, plan: Plan) -> Line:
    [treatment] = [note.treatment for note in plan.notes if note.invoice_id == line.invoice_id]
    facts = [
        Sum(TEXTS.period, period(line.start, line.until - ONE_DAY, language())),
        Sum(TEXTS.prepaid, cents(line.net_cents)),
        Sum(TEXTS.used.format(used=line.used_days, days=line.days), cents(-line.used_cents)),
    ]
    if line.kept_cents:
        facts.append(Sum(TEXTS.kept, cents(-line.kept_cents)))
    facts.append(Sum(TEXTS.left, cents(line.cents)))
    facts.append(Sum(_vat_label(treatment, line.vat_rate), cents(vat_cents(line.cents, line.vat_rate))))
    title = TEXTS.line.format(name=line.description, number=line.invoice_number)
    return Line(title, cents(line.cents), tuple(facts), TEXTS.policies[line.policy])


def _charge(line: Charge, plan: Plan) -> Line:
    treatment = plan.bill.treatment if plan.bill else ""
    left = TEXTS.rest.format(left=line.days - line.used_days, days=line.days)
    facts = (
        Sum(TEXTS.period, period(line.start, line.until - ONE_DAY, language())),
        Sum(TEXTS.new_price, cents(line.price_cents)),
        Sum(left, cents(line.rest_cents)),
        Sum(TEXTS.worth, cents(-line.worth_cents)),
        Sum(_vat_label(treatment, line.vat_rate), cents(vat_cents(line.cents, line.vat_rate))),
    )
    title = plan.product.name if plan.product else plan.name
    return Line(title, cents(line.cents), facts, TEXTS.policies["linear"])


def _sums(plan: Plan) -> tuple[Sum, ...]:
    if plan.bill:
        return _bill_sums(plan.bill)
    if not plan.notes:
        return ()
    vat: dict[str, int] = {}
    for label, tax in ((_vat_label(note.treatment, t.rate), t.vat_cents) for note in plan.notes for t in note.vat):
        vat[label] = vat.get(label, 0) + tax
    return (
        Sum(TEXTS.net, cents(sum(note.net_cents for note in plan.notes))),
        *(Sum(label, cents(tax)) for label, tax in vat.items()),
        Sum(_total_label(*(note.treatment for note in plan.notes)), cents(plan.credited_cents)),
        *(Sum(TEXTS.offset.format(number=note.invoice_number), cents(-note.offset_cents))
          for note in plan.notes if note.offset_cents),
        *((Sum(TEXTS.as_credits, cents(plan.credit_cents), "cred"),) if plan.credit_cents else ()),
    )  # fmt: skip


def _bill_sums(bill: Bill) -> tuple[Sum, ...]:
    return (
        Sum(TEXTS.net, cents(bill.net_cents)),
        *(Sum(_vat_label(bill.treatment, total.rate), cents(total.vat_cents)) for total in bill.vat),
        Sum(_total_label(bill.treatment), cents(bill.total_cents)),
        *((Sum(TEXTS.brought, cents(bill.brought_cents)),) if bill.brought_cents else ()),
        *((Sum(TEXTS.with_credits, cents(-bill.credits_cents), "cred"),) if bill.credits_cents else ()),
        *((Sum(TEXTS.carried, cents(-bill.carried_cents), "cred"),) if bill.carried_cents else ()),
        Sum(TEXTS.to_pay, cents(bill.open_cents)),
    )


def _vat_label(treatment: str, rate: Decimal) -> str:
    pattern = TEXTS.vat_untaxed.get(treatment, TEXTS.vat)
    return pattern.format(rate=percentage(format(rate, "f"), language()))


def _total_label(*treatments: str) -> str:
    return TEXTS.total_untaxed if all(map(is_untaxed, treatments)) else TEXTS.total


def _fixed(preview: Preview) -> str:
    numbers = [note.invoice_number for note in preview.plan.notes]
    time = moment(preview.expires_at).rpartition(" ")[2]
    said = [TEXTS.until.format(time=time)]
    if numbers:
        pattern = TEXTS.of_note if len(numbers) == 1 else TEXTS.of_notes
        said.append(pattern.format(numbers=", ".join(numbers)))
    if preview.plan.bill:
        said.append(TEXTS.of_invoice)
    return " ".join(said) if numbers or preview.plan.bill else ""
