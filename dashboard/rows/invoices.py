"""Lists of invoices: what is open, and pages of all."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from billing.credits.documents import DocumentPage
from billing.credits.notes import SERIES
from billing.credits.queries import NoteRow
from billing.invoices.queries import PAGE_SIZE, InvoicePage, InvoiceRow, OpenInvoices
from billing.settlement import Label
from dashboard.rows.common import Amount, Badge, amount, badge, cents, day, distance
from dashboard.rows.notes import file_url, note_badge
from dashboard.texts.languages import SAID


@dataclass(frozen=True)
class OpenRow:
    """One open invoice. action: what can be done with it, by who looks. button: CSS class, solid for the most urgent
    one alone."""

    number: str
    url: str
    subject: str
    badge: Badge
    issued_on: str
    due_on: str
    distance: str
    distance_tone: str
    open: Amount
    credits: str
    action: str
    action_name: str
    button: str


@dataclass(frozen=True)
class OpenCard:
    """What an account has open. together: the link to pay all in one go, empty when there is nothing to join.

    last_paid and last_paid_on: about the invoice that was settled last, when nothing is open.
    """

    count: str = ""
    title: str = ""
    total: Amount = field(default_factory=Amount)
    rows: tuple[OpenRow, ...] = ()
    together: str = ""
    last_paid: str = ""
    last_paid_on: str = ""


@dataclass(frozen=True)
class ListRow:
    """An invoice or a credit note. file_url: the PDF of a credit note, which has no page of its own; url: else."""

    number: str
    url: str
    file_url: str
    subject: str
    issued_on: str
    due_on: str
    overdue: str
    badge: Badge
    total: str
    open: Amount
    is_open: bool
    chosen: bool
    choose_name: str


@dataclass(frozen=True)
class List:
    """One page of a list. none, none_text: what is said when there is nothing in it."""

    rows: tuple[ListRow, ...] = ()
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False
    none: str = ""
    none_text: str = ""


@dataclass(frozen=True)
class Choice:
    """The invoices that were ticked. numbers: for the download; payable: whether any of them is open."""

    numbers: tuple[str, ...] = ()
    count: str = ""
    total: str = ""
    payable: bool = False


def open_card(invoices: OpenInvoices, today: date, *, may_pay: bool) -> OpenCard:
    """The region of open invoices on the dashboard."""
    return OpenCard(
        count=str(invoices.count),
        title=oldest_first(invoices.count),
        total=amount(invoices.total_cents),
        rows=tuple(
            _open_row(row, today, is_first=not place, may_pay=may_pay) for place, row in enumerate(invoices.rows)
        ),
        together=together(invoices.count) if may_pay else "",
    )


def oldest_first(count: int) -> str:
    """How many are open, and in which order they stand, where there is one."""
    how_many = SAID.dashboard.open_count(count)
    return SAID.dashboard.open_first.format(count=how_many) if count > 1 else how_many


def together(count: int) -> str:
    """The words of the link that pays all in one go; empty when there is nothing to join."""
    said = SAID.dashboard.pay_together.format(count=_invoices_in_words(count))
    return said[:1].upper() + said[1:] if count > 1 else ""


def clear_card(paid: InvoicePage) -> OpenCard:
    """The same region when nothing is open. paid: the newest paid invoices."""
    settled = [row for row in paid.rows if row.status.label is Label.PAID and row.status.on]
    if not settled:
        return OpenCard()
    last = max(settled, key=lambda row: row.status.on or row.issued_on)
    on = day(last.status.on)
    return OpenCard(last_paid=SAID.dashboard.last_paid.format(number=last.number, date=on), last_paid_on=on)


def open_sentence(count: int) -> str:
    """`Er staan drie facturen open.`, as the second half of the greeting."""
    verb = SAID.dashboard.stands if count == 1 else SAID.dashboard.stand
    return f"{verb} {_invoices_in_words(count)}"


def document_list(page: DocumentPage, today: date, chosen: Collection[str], *, is_narrowed: bool) -> List:
    """One page of all invoices and credit notes. is_narrowed: by a filter or a search."""
    first = (page.page - 1) * PAGE_SIZE + 1
    texts = SAID.invoices
    spread = texts.range.format(first=first, last=first + len(page.rows) - 1, total=page.total)
    return List(
        rows=tuple(
            _note_row(row, is_chosen=row.number in chosen)
            if isinstance(row, NoteRow)
            else _list_row(row, today, is_chosen=row.number in chosen)
            for row in page.rows
        ),
        spread=spread if page.rows else "",
        has_previous=page.page > 1,
        has_next=page.page < page.pages,
        none=texts.none if is_narrowed else texts.none_yet,
        none_text=texts.none_text if is_narrowed else texts.none_yet_text,
    )


def choice(open_cents: dict[str, int]) -> Choice:
    """What was ticked. open_cents: by number, what each has open."""
    if not open_cents:
        return Choice()
    total_cents = sum(open_cents.values())
    has_notes = any(number.startswith(SERIES) for number in open_cents)
    counted = SAID.invoices.chosen_documents if has_notes else SAID.invoices.chosen_count
    return Choice(
        numbers=tuple(open_cents),
        count=counted(len(open_cents)),
        total=cents(total_cents),
        payable=total_cents > 0,
    )


def _open_row(row: InvoiceRow, today: date, *, is_first: bool, may_pay: bool) -> OpenRow:
    texts = SAID.dashboard
    name = texts.pay_named if may_pay else texts.view_named
    return OpenRow(
        number=row.number,
        url=f"/invoices/{row.number}",
        subject=row.subject,
        badge=badge(row.status),
        issued_on=day(row.issued_on),
        due_on=day(row.due_on),
        distance=distance(row.due_on, today),
        distance_tone="late" if row.due_on < today else "",
        open=amount(row.open_cents),
        credits=SAID.dashboard.with_credits.format(amount=cents(row.credits_cents)) if row.credits_cents else "",
        action=texts.pay if may_pay else texts.view,
        action_name=name.format(number=row.number),
        button=_button(may_pay=may_pay, is_first=is_first),
    )


def _button(*, may_pay: bool, is_first: bool) -> str:
    if not may_pay:
        return "line"
    return "solid" if is_first else "soft"


def _list_row(row: InvoiceRow, today: date, *, is_chosen: bool) -> ListRow:
    return ListRow(
        number=row.number,
        url=f"/invoices/{row.number}",
        file_url="",
        subject=row.subject,
        issued_on=day(row.issued_on),
        due_on=day(row.due_on),
        overdue=distance(row.due_on, today) if row.status.label is Label.OVERDUE else "",
        badge=badge(row.status),
        total=cents(row.total_cents),
        open=amount(row.open_cents),
        is_open=row.open_cents > 0,
        chosen=is_chosen,
        choose_name=SAID.invoices.choose_row.format(number=row.number),
    )


def _note_row(row: NoteRow, *, is_chosen: bool) -> ListRow:
    texts = SAID.credits.notes
    return ListRow(
        number=row.number,
        url="",
        file_url=file_url(row),
        subject=texts.subject.format(invoice=row.invoice_number, reason=row.reason),
        issued_on=day(row.issued_on),
        due_on=texts.no_due_date,
        overdue="",
        badge=note_badge(row),
        total=cents(-row.total_cents),
        open=Amount(figures=texts.nothing_to_pay),
        is_open=False,
        chosen=is_chosen,
        choose_name=texts.choose_row.format(number=row.number),
    )


def _invoices_in_words(count: int) -> str:
    return SAID.dashboard.invoices_in_words(count)
