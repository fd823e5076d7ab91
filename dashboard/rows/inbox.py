"""The open invoices of all customers of one person."""

from dataclasses import dataclass, field
from datetime import date

from billing.invoices.inbox import EVERYBODY, PAGE_SIZE, Inbox, InboxRow, OpenAt
from dashboard.rows.common import Amount, Badge, amount, badge, day, distance
from dashboard.rows.invoices import oldest_first, together
from dashboard.rows.period import PeriodForm, period_form
from dashboard.texts.languages import SAID


@dataclass(frozen=True)
class Customer:
    """A customer to choose. id: empty for all together. tone: CSS class of the amount. chosen: "true" or "false"."""

    id: str = ""
    name: str = ""
    count: str = ""
    open: Amount = field(default_factory=Amount)
    tone: str = ""
    chosen: str = "false"


@dataclass(frozen=True)
class MailRow:
    """One open invoice. action: to pay, or only to look; button: CSS class, solid for the most urgent one alone."""

    customer: str
    number: str
    url: str
    subject: str
    due_on: str
    distance: str
    distance_tone: str
    badge: Badge
    open: Amount
    action: str
    action_name: str
    button: str


@dataclass(frozen=True)
class Mail:
    """One page of the inbox. total: of all customers together. title and lede: of the list on screen.

    together: the words to pay all of the one customer on screen in one go, empty when that can't be.
    """

    total: Amount = field(default_factory=Amount)
    everybody: Customer = field(default_factory=Customer)
    customers: tuple[Customer, ...] = ()
    title: str = ""
    lede: str = ""
    together: str = ""
    rows: tuple[MailRow, ...] = ()
    clear_title: str = ""
    clear_text: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False
    period: PeriodForm = field(default_factory=PeriodForm)


def mail(inbox: Inbox, today: date) -> Mail:
    """Everything that the page of the inbox shows."""
    first = (inbox.page - 1) * PAGE_SIZE + 1
    spread = SAID.invoices.range.format(first=first, last=first + len(inbox.rows) - 1, total=inbox.listed)
    shown = next((at for at in inbox.customers if at.account_id == inbox.shown), None)
    title, clear_title, clear_text = _words(shown)
    counted = oldest_first(inbox.listed)
    return Mail(
        total=amount(inbox.open_cents),
        everybody=_everybody(inbox),
        customers=tuple(_customer(at, inbox.shown) for at in inbox.customers),
        title=title,
        lede=counted if inbox.rows else "",
        together=together(inbox.listed) if shown and shown.may_pay else "",
        rows=tuple(_row(row, today, is_first=inbox.page == 1 and not place) for place, row in enumerate(inbox.rows)),
        clear_title=clear_title,
        clear_text=clear_text,
        spread=spread if inbox.rows else "",
        has_previous=inbox.page > 1,
        has_next=inbox.page < inbox.pages,
        period=period_form(inbox.shown or inbox.customers[0].account_id, today),
    )


def _words(shown: OpenAt | None) -> tuple[str, str, str]:
    texts = SAID.inbox
    if shown is None:
        return texts.list, texts.clear_title, texts.clear_text
    return texts.list_of.format(name=shown.name), texts.clear_of_title.format(name=shown.name), texts.clear_of_text


def _everybody(inbox: Inbox) -> Customer:
    return _choice("", SAID.inbox.everybody, inbox.count, inbox.open_cents, is_chosen=inbox.shown == EVERYBODY)


def _customer(at: OpenAt, shown: int) -> Customer:
    return _choice(str(at.account_id), at.name, at.count, at.open_cents, is_chosen=at.account_id == shown)


def _choice(account: str, name: str, count: int, cents: int, *, is_chosen: bool) -> Customer:
    return Customer(
        id=account,
        name=name,
        count=SAID.dashboard.open_count(count) if count else SAID.inbox.nothing_open,
        open=amount(cents),
        tone="vd-amount" if count else "vd-amount none",
        chosen="true" if is_chosen else "false",
    )


def _row(row: InboxRow, today: date, *, is_first: bool) -> MailRow:
    invoice, at, texts = row.invoice, row.at, SAID.inbox
    name = texts.pay_named if at.may_pay else texts.view_named
    return MailRow(
        customer=at.name,
        number=invoice.number,
        url=f"/invoices/{invoice.number}",
        subject=invoice.subject,
        due_on=day(invoice.due_on),
        distance=distance(invoice.due_on, today),
        distance_tone="late" if invoice.due_on < today else "",
        badge=badge(invoice.status),
        open=amount(invoice.open_cents),
        action=SAID.dashboard.pay if at.may_pay else texts.view,
        action_name=name.format(number=invoice.number, name=at.name),
        button=_button(at, is_first=is_first),
    )


def _button(at: OpenAt, *, is_first: bool) -> str:
    if not at.may_pay:
        return "line"
    return "solid" if is_first else "soft"
