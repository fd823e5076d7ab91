"""What an account has in use, why it is safe, and what happens next."""

from dataclasses import dataclass
from datetime import date

from billing.documents import part_of_period
from billing.products.queries import ServiceRow
from billing.safety.queries import ComingCharge, SafeService
from billing.safety.rules import Safety, Stage
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.languages import SAID, language

ICONS = {"hosting": "web", "email": "mail"}
TEXTS = SAID.safety
_LOOKS = {Stage.STOPPED: ("s-pending", "clock"), Stage.ANNOUNCED: ("s-part", "alert")}
_CALM = ("s-paid", "shield")


@dataclass(frozen=True)
class Safe:
    """Why a service is safe: a sentence that stands out, another, and the next step with its day or moment.

    tone, icon: how it looks; what stands still, or may soon, looks different.
    """

    lead: str = ""
    rest: str = ""
    moment: str = ""
    step: str = ""
    tone: str = _CALM[0]
    icon: str = _CALM[1]

    @property
    def sentence(self) -> str:
        """All of it, where it stands in one line."""
        return f"{self.lead} {self.rest} {TEXTS.named.format(moment=self.moment, step=self.step)}"


@dataclass(frozen=True)
class Service:
    """One service."""

    name: str
    label: str
    icon: str
    price: Amount
    period: str
    net: str
    paid_through: str
    safe: Safe


@dataclass(frozen=True)
class Coming:
    """A charge that is to come. how: when it is invoiced, and how it will be paid."""

    name: str
    how: str
    amount: Amount
    vat: str


def services(found: tuple[SafeService, ...]) -> tuple[Service, ...]:
    """Everything in use, in the words of the cards and the list."""
    return tuple(service(one.row, one.safety) for one in found)


def service(row: ServiceRow, known: Safety) -> Service:
    """One of them."""
    net = cents(row.net_cents)
    return Service(
        name=row.name,
        label=row.label,
        icon=ICONS.get(row.kind, "box"),
        price=amount(row.total_cents),
        period=length(row.period_months),
        net=SAID.products.net_untaxed.get(row.treatment, SAID.products.net).format(amount=net),
        paid_through=SAID.products.through.format(date=day(row.paid_through)),
        safe=safe(known),
    )


def safe(known: Safety) -> Safe:
    """Where a service stands, in words."""
    invoice = TEXTS.invoice.format(number=known.number) if known.number else TEXTS.some_invoice
    days = TEXTS.one_day if known.days_late == 1 else TEXTS.days.format(count=known.days_late)
    words = {"invoice": invoice, "Invoice": _capital(invoice), "date": day(known.on), "days": days}
    said, then = TEXTS.stages[known.stage], TEXTS.steps[known.step]
    tone, icon = _LOOKS.get(known.stage, _CALM)
    return Safe(
        lead=said.lead.format(**words), rest=said.rest.format(**words), moment=_moment(known.next_on, then.moment),
        step=then.step, tone=tone, icon=icon,
    )  # fmt: skip


def title(found: tuple[SafeService, ...]) -> str:
    """What stands above the cards: that all is safe, while it is."""
    return TEXTS.title_plain if any(one.safety.stage in _LOOKS for one in found) else TEXTS.title


def coming(charges: tuple[ComingCharge, ...]) -> tuple[Coming, ...]:
    """What will be charged, the soonest first."""
    return tuple(
        Coming(_what(charge), _how(charge), amount(charge.total_cents),
               TEXTS.coming_vat.format(amount=cents(charge.vat_cents)))
        for charge in charges
    )  # fmt: skip


def length(months: int) -> str:
    """How often it is paid."""
    if months == 1:
        return SAID.products.per_month
    return SAID.products.per_year if months == 12 else SAID.products.per_months.format(months=months)


def _what(charge: ComingCharge) -> str:
    return f"{charge.name}, {part_of_period(charge.label, charge.first, charge.last, language())}"


def _how(charge: ComingCharge) -> str:
    words = TEXTS.coming_by_mandate if charge.by_mandate else TEXTS.coming_to_pay
    return words.format(date=day(charge.invoiced_on), pay_by=day(charge.pay_by))


def _moment(on: date | None, otherwise: str) -> str:
    return day(on) if on else otherwise


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
