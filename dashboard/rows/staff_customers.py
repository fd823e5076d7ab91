"""The list of all customers, for the company's own people."""

from dataclasses import dataclass, field

from billing.errors import NotFound
from billing.invoices.customers import PAGE_SIZE, Customer, Customers
from dashboard.rows.account import sentence
from dashboard.rows.common import Amount, amount
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.customers


@dataclass(frozen=True)
class CustomerRow:
    """One customer. invoices: how many are open, in words. overdue: no figures when nothing is late."""

    id: str = ""
    name: str = ""
    city: str = ""
    invoices: str = ""
    open: Amount = field(default_factory=Amount)
    overdue: Amount = field(default_factory=Amount)
    act_name: str = ""


@dataclass(frozen=True)
class Behalf:
    """The question before somebody acts on a customer's behalf. id: of the customer; empty while nothing is asked."""

    id: str = ""
    title: str = ""


@dataclass(frozen=True)
class Out:
    """The window of logging others out. whom: `one` or `all`; empty while nothing is asked."""

    whom: str = ""
    title: str = ""
    text: str = ""
    submit: str = ""


@dataclass(frozen=True)
class CustomerList:
    """One page of customers. count: of all that were found, in words."""

    rows: tuple[CustomerRow, ...] = ()
    count: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


def customer_list(found: Customers) -> CustomerList:
    """Everything that the list shows."""
    first = (found.page - 1) * PAGE_SIZE + 1
    spread = SAID.invoices.range.format(first=first, last=first + len(found.rows) - 1, total=found.count)
    return CustomerList(
        rows=tuple(_row(customer) for customer in found.rows),
        count=TEXTS.count(found.count),
        spread=spread if found.rows else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
    )


def behalf(customer: Customer) -> Behalf:
    """The question about one customer."""
    return Behalf(str(customer.account_id), SAID.staff.acting_for.title.format(name=customer.name))


def out(whom: str) -> Out:
    """The question before one person or everybody is logged out."""
    texts = SAID.staff.logging_out.one if whom == "one" else SAID.staff.logging_out.all
    return Out(whom, texts.title, texts.text, texts.submit)


def is_out(email: str) -> str:
    """What is said afterwards; email: empty for everybody."""
    texts = SAID.staff.logging_out
    return texts.one.done.format(email=email) if email else texts.all.done


def not_out(problem: Exception) -> str:
    """Why somebody could not be logged out."""
    return SAID.staff.logging_out.nobody if isinstance(problem, NotFound) else sentence(problem)


def _row(customer: Customer) -> CustomerRow:
    return CustomerRow(
        id=str(customer.account_id),
        name=customer.name,
        city=customer.city,
        invoices=SAID.dashboard.open_count(customer.invoices) if customer.invoices else TEXTS.nothing_open,
        open=amount(customer.open_cents),
        overdue=amount(customer.overdue_cents) if customer.overdue_cents else Amount(),
        act_name=SAID.staff.acting_for.button_named.format(name=customer.name),
    )
