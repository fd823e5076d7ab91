"""The dialog in which somebody says what a line of the bank is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from billing.bank.choosing import OpenInvoice, Payer
from billing.bank.outgoing import Origin
from billing.bank.worklist import WaitingLine
from billing.invoices.customers import Customer
from dashboard.rows.bank_lines import who
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.rows.paper import Sum
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.money.choosing


@dataclass(frozen=True)
class Found:
    """A customer that may have paid."""

    id: str
    name: str
    facts: str


@dataclass(frozen=True)
class Choice:
    """An open invoice of the chosen customer."""

    number: str
    due: str
    amount: Amount
    chosen: bool


@dataclass(frozen=True)
class OriginRow:
    """What a line that left may belong to. facts: when and from whom it came; name: what its button is called."""

    key: str
    what: str
    facts: str
    costs: str
    amount: Amount
    name: str


@dataclass(frozen=True)
class Dialog:
    """line: the id of the line that it is about; empty while it is closed. payer: the chosen customer; empty before
    one is. sums: what the chosen invoices ask for, and what is left; hint: what becomes of that."""

    line: str = ""
    title: str = ""
    lede: str = ""
    text: str = ""
    may_choose: bool = True
    origins_title: str = ""
    origins: tuple[OriginRow, ...] = ()
    found: tuple[Found, ...] = ()
    none_found: bool = False
    payer: str = ""
    invoices_title: str = ""
    choices: tuple[Choice, ...] = ()
    sums: tuple[Sum, ...] = ()
    hint: str = ""
    keep_text: str = ""
    can_match: bool = False
    amount: Amount = field(default_factory=Amount)


def dialog(
    line: WaitingLine, search: str, customers: Sequence[Customer], payer: Payer | None, chosen: Collection[str],
    origins: Sequence[Origin] = (),
) -> Dialog:  # fmt: skip
    """What the dialog shows. customers: what was found for the search; chosen: numbers of invoices; origins: what a
    line that left may belong to."""
    invoices = [invoice for invoice in payer.invoices if invoice.number in chosen] if payer else []
    return Dialog(
        line=str(line.line_id),
        title=TEXTS.title.format(amount=cents(line.cents)),
        lede=TEXTS.lede.format(name=who(line.name), date=day(line.value_on)),
        text=line.text,
        may_choose=line.cents > 0,
        origins_title="" if line.cents > 0 else TEXTS.origins if origins else TEXTS.no_origins,
        origins=tuple(_origin(origin) for origin in origins),
        found=() if payer else tuple(_found(customer) for customer in customers),
        none_found=bool(search) and not customers and payer is None,
        payer=payer.name if payer else "",
        invoices_title=TEXTS.invoices.format(name=payer.name) if payer and payer.invoices else TEXTS.no_invoices,
        choices=tuple(_choice(invoice, chosen) for invoice in payer.invoices) if payer else (),
        sums=_sums(line, invoices),
        hint=_hint(line, invoices, payer.name) if payer else "",
        keep_text=TEXTS.keep_text.format(name=payer.name) if payer else "",
        can_match=bool(invoices),
        amount=amount(line.cents),
    )


def kept(line: WaitingLine, name: str) -> str:
    """What was just done."""
    return TEXTS.kept.format(amount=cents(line.cents), name=name)


def belongs(origin: Origin) -> str:
    """What was just done."""
    said = TEXTS.went_back if origin.numbers else TEXTS.belonged
    return said.format(amount=cents(origin.cents), name=origin.account, numbers=", ".join(origin.numbers))


def put_away(line: WaitingLine) -> str:
    """What was just done."""
    return TEXTS.put_away.format(amount=cents(line.cents))


def _found(customer: Customer) -> Found:
    if not customer.invoices:
        return Found(str(customer.account_id), customer.name, SAID.staff.customers.nothing_open)
    facts = f"{SAID.dashboard.open_count(customer.invoices)}, {cents(customer.open_cents)}"
    return Found(str(customer.account_id), customer.name, facts)


def _origin(origin: Origin) -> OriginRow:
    numbers = ", ".join(origin.numbers)
    said = TEXTS.origin if origin.is_receipt else TEXTS.origin_sent
    return OriginRow(
        key=origin.key,
        what=SAID.staff.money.waiting.of_invoices(numbers, origin.account) if numbers else origin.account,
        facts=said.format(date=day(origin.on), name=who(origin.name), iban=origin.iban).strip(),
        costs=TEXTS.origin_costs.format(amount=cents(origin.costs_cents)) if origin.costs_cents else "",
        amount=amount(origin.cents),
        name=TEXTS.belongs_named.format(amount=cents(origin.cents), name=origin.account, date=day(origin.on)),
    )


def _choice(invoice: OpenInvoice, chosen: Collection[str]) -> Choice:
    due = TEXTS.due.format(date=day(invoice.due_on))
    return Choice(invoice.number, due, amount(invoice.open_cents), invoice.number in chosen)


def _sums(line: WaitingLine, invoices: Sequence[OpenInvoice]) -> tuple[Sum, ...]:
    left = _left(line, invoices)
    rows = [Sum(invoice.number, cents(invoice.open_cents), "") for invoice in invoices]
    if invoices and left > 0:
        rows.append(Sum(TEXTS.left, cents(left), "cred"))
    return tuple(rows)


def _hint(line: WaitingLine, invoices: Sequence[OpenInvoice], name: str) -> str:
    left = _left(line, invoices)
    if not invoices:
        return ""
    if not left:
        return TEXTS.exact
    return TEXTS.left_text.format(name=name) if left > 0 else TEXTS.short


def _left(line: WaitingLine, invoices: Sequence[OpenInvoice]) -> int:
    return line.cents - sum(invoice.open_cents for invoice in invoices)
