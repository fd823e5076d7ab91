"""Giving a mandate: what is offered, what is agreed to, and what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import NumberFormatError, parse_decimal

from billing.documents import locale
from billing.errors import InvalidAmount, MandateRefused
from billing.invoices.queries import OpenInvoices
from billing.mandates.requests import Consent, RequestMandate, StartSeries
from billing.mandates.rules import MandateRules
from billing.money import round_cents
from billing.ports import MandateScheme
from billing.settlement import Label
from dashboard.rows.common import cents
from dashboard.texts.languages import SAID, language

TEXTS = SAID.mandate.give
# The two ways, and where trouble with each is told.
BANK, IDEAL = "mandate-bank", "mandate-ideal"


@dataclass(frozen=True)
class Choice:
    """An invoice to begin with."""

    number: str
    label: str


@dataclass(frozen=True)
class Giving:
    """The two ways. core, business: what is agreed to under each scheme. invoices: that can be paid; chosen: which one
    to begin with. may_pay: whether this person may pay at all. points: what to know first."""

    core: str = ""
    business: str = ""
    invoices: tuple[Choice, ...] = ()
    chosen: str = ""
    may_pay: bool = False
    points: tuple[str, ...] = ()


def giving(opened: OpenInvoices | None, seller: str, limits: MandateRules, *, wanted: str, may_pay: bool) -> Giving:
    """What is offered to who may give a mandate. wanted: the invoice that the person came from."""
    rows = [row for row in opened.rows if row.status.label is not Label.UNDER_WAY] if opened and may_pay else []
    numbers = [row.number for row in rows]
    return Giving(
        core=consent_text(MandateScheme.CORE, seller, limits),
        business=consent_text(MandateScheme.BUSINESS, seller, limits),
        invoices=tuple(
            Choice(row.number, TEXTS.option.format(number=row.number, amount=cents(row.open_cents))) for row in rows
        ),
        chosen=wanted if wanted in numbers else next(iter(numbers), ""),
        may_pay=may_pay,
        points=tuple(point.text.format(days=limits.notice_days) for point in SAID.mandate.points),
    )


def consent_text(scheme: MandateScheme, seller: str, limits: MandateRules) -> str:
    """What a customer agrees to, as it stands on the screen and is kept."""
    creditor = TEXTS.creditor.format(id=limits.creditor_id) if limits.creditor_id else ""
    said = TEXTS.consent.format(seller=seller, creditor=creditor, days=limits.notice_days)
    return said + (TEXTS.no_refund if scheme is MandateScheme.BUSINESS else TEXTS.refund)


def signing(
    form: Mapping[str, str], account_id: int, seller: str, limits: MandateRules, client_ip: str
) -> RequestMandate:
    """What was asked for with the form of the bank. Raises MandateRefused (maximum)."""
    is_business = form["scheme"] == MandateScheme.BUSINESS
    scheme = MandateScheme.BUSINESS if is_business else MandateScheme.CORE
    consent = Consent(TEXTS.version, consent_text(scheme, seller, limits), client_ip)
    maximum = _cents(form["maximum"]) if is_business else None
    return RequestMandate(account_id, consent, scheme, maximum)


def first_payment(number: str, seller: str, limits: MandateRules, client_ip: str) -> StartSeries:
    """What was agreed to with the form of the first payment."""
    consent = Consent(TEXTS.version, consent_text(MandateScheme.CORE, seller, limits), client_ip)
    return StartSeries((number,), consent)


def _cents(typed: str) -> int:
    """An amount as people type it: `500`, `1.250,50`."""
    try:
        return round_cents(Decimal(parse_decimal(typed.strip(" €"), locale=locale(language()), strict=True)) * 100)
    except (NumberFormatError, InvalidAmount):
        raise MandateRefused(reason="maximum") from None
