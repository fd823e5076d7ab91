"""Drafting and issuing invoices, and keeping the cached settlement of an invoice in step with the journal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from billing import audit, locks, outbox, steps, vat
from billing.access import Actor
from billing.accounts import queries as account_queries
from billing.accounts import service as accounts
from billing.accounts.tables import EInvoiceForm, MailTopic
from billing.clock import local_day
from billing.db import Work
from billing.documents import creditor_reference
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoice_rules import lines_fault, parties_fault
from billing.invoices import carrying
from billing.invoices.tables import DRAFT, ISSUED, Invoice, InvoiceLine, InvoiceVat
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.money import MAX_CENTS
from billing.outbox import Task
from billing.ports import Party
from billing.stops import service as stops
from billing.taxes import service as taxes
from billing.vat_treatment import AT_HOME, Taxation, VatTreatment

TERM_DAYS = 14
_TOPICS = {Task.MAIL_INVOICE: MailTopic.INVOICES, Task.MAIL_PAID: MailTopic.RECEIPTS}


@dataclass(frozen=True)
class NewLine:
    """A line to be invoiced. unit_price: euro excluding VAT; vat_rate: per cent, as priced.

    Of a service: the first and last day that it is for, and the facts that the amount was computed from.
    """

    description: str
    detail: str
    quantity: Decimal
    unit_price: Decimal
    vat_rate: Decimal
    service_id: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    explanation: dict[str, Any] | None = None


@dataclass(frozen=True)
class DraftInvoice:
    """An invoice in preparation. subject: what it is about, in a few words, for lists."""

    account_id: int
    subject: str
    lines: Sequence[NewLine]


@dataclass(frozen=True)
class IssueInvoice:
    """Make a draft final. due_on: a fortnight after issue when left out. mails: False for documents from before."""

    invoice_id: int
    seller: Party
    due_on: date | None = None
    mails: bool = True


def draft_invoice(work: Work, actor: Actor, command: DraftInvoice) -> int:
    """Write a draft, and return its id. Raises Refused, InvalidAmount, NotFound or AccountErased."""
    _require(lines_fault(command.lines) if command.lines else "no_lines")
    nets = [vat.line_net_cents(line.quantity, line.unit_price) for line in command.lines]
    account = locks.living_account(work, command.account_id)
    found, lines = taxed(work, account, command.lines, sum(nets))
    totals = vat.totals(zip((line.vat_rate for line in lines), nets, strict=True))
    net_cents, vat_cents = sum(nets), sum(total.vat_cents for total in totals)
    if not 0 < net_cents + vat_cents <= MAX_CENTS:
        raise InvalidAmount()
    invoice = Invoice(
        account_id=command.account_id, subject=command.subject, net_cents=net_cents, vat_cents=vat_cents,
        total_cents=net_cents + vat_cents, vat_treatment=found.treatment.value, language=account.language,
    )  # fmt: skip
    work.session.add(invoice)
    work.flush()
    invoice_id = invoice.id or 0
    work.session.add_all(
        InvoiceLine(invoice_id=invoice_id, position=position, net_cents=net, **asdict(line))
        for position, (line, net) in enumerate(zip(lines, nets, strict=True), start=1)
    )
    work.session.add_all(
        InvoiceVat(invoice_id=invoice_id, vat_rate=t.rate, base_cents=t.base_cents, vat_cents=t.vat_cents)
        for t in totals
    )
    work.flush()
    audit.record(
        work, actor, "invoice.drafted", chain=audit.of_account(command.account_id), subject=f"invoice:{invoice_id}"
    )
    return invoice_id


def issue_invoice(work: Work, actor: Actor, command: IssueInvoice) -> Invoice:
    """Number, freeze and book a draft.

    Raises NotFound, AccountErased, or Refused: `issued_before`; `vat_treatment_changed` when the customer is taxed
    otherwise by now, so that it has to be drafted anew; `vat_number_unchecked` while nobody knows whether the
    customer's VAT number is right; `vat_rate_unknown`; and what `parties_fault` finds, such as `seller_vat_number`.
    """
    account_id = work.session.exec(select(Invoice.account_id).where(Invoice.id == command.invoice_id)).first()
    if account_id is None:
        raise NotFound()
    account = locks.living_account(work, account_id)
    invoice = locks.invoices(work, [command.invoice_id])[command.invoice_id]
    if invoice.state != DRAFT:
        raise Refused(reason="issued_before")
    _require_valid(work, invoice, account, command.seller)
    today = local_day(work.now)
    taxes.count(work, VatTreatment(invoice.vat_treatment), invoice.net_cents)
    taxes.sold(work, invoice.vat_treatment, today.year, invoice.net_cents)
    _number(work, invoice, today.year)
    _book(work, invoice, today)
    work.flush()
    brought = carrying.bring(work, [(account_id, command.invoice_id, invoice.number or "")])
    invoice.brought_cents = brought.get(command.invoice_id, 0)
    invoice.state, invoice.issued_on, invoice.issued_at = ISSUED, today, work.now
    invoice.due_on = command.due_on or today + timedelta(days=TERM_DAYS)
    invoice.seller, invoice.buyer = asdict(command.seller), asdict(buyer(account))
    invoice.open_cents = payable_cents(invoice)
    changed(work, invoice)
    # Whoever locks it again in this transaction reads it anew.
    work.flush()
    audit.record(work, actor, "invoice.issued", chain=audit.of_account(account_id), subject=invoice.number or "")
    if command.mails:
        ask_for_mails(work, Task.MAIL_INVOICE, [(invoice.id or 0, account_id, f"issued:{invoice.id}")])
        ask_for_network(work, account, invoice.id or 0)
    return invoice


def taxed(
    work: Work, account: Any, lines: Sequence[NewLine], net_cents: int, *, issuing: bool = False
) -> tuple[Taxation, Sequence[NewLine]]:
    """How a customer's document over `net_cents` is taxed today, and its lines at the rates that this makes of them."""
    found = taxes.taxation(work, account, net_cents, issuing=issuing)
    if found is AT_HOME:
        return found, lines
    today = local_day(work.now)
    return found, [replace(line, vat_rate=found.rate(line.vat_rate, line.period_start or today)) for line in lines]


def settle(work: Work, invoice: Invoice, cents: int, *, on: date) -> None:
    """Lower what is open on a locked invoice after booking a payment, credit or credit note of `cents`."""
    invoice.open_cents -= cents
    invoice.expected_on = None
    _carry_small_rest(work, invoice)
    if invoice.open_cents == 0:
        invoice.settled_on = on
        invoice.returned_on = None
    stops.withdraw_for(work, invoice.account_id)
    changed(work, invoice)


def take_back(work: Work, invoice: Invoice) -> None:
    """Let a locked invoice ask again for the small rest that waits for the next one."""
    cents = carrying.take_back(work, invoice.id or 0)
    if cents:
        invoice.open_cents += cents
        invoice.carried_cents -= cents
        invoice.settled_on = None
        work.session.add(invoice)


def payable_cents(invoice: Invoice) -> int:
    """What an invoice asks for at first: its total, and small rests of earlier ones."""
    return invoice.total_cents + invoice.brought_cents


def reopen(work: Work, invoice: Invoice, cents: int, *, on: date | None) -> None:
    """Raise what is open on a locked invoice after booking that `cents` went back to the payer.

    on: the day of that; None when they had never been for this invoice.
    """
    invoice.open_cents += cents
    invoice.settled_on, invoice.returned_on = None, on or invoice.returned_on
    changed(work, invoice)


def changed(work: Work, invoice: Invoice) -> None:
    """A settlement changed: the printed document is out of date, and open screens must look again."""
    invoice.version += 1
    work.session.add(invoice)
    outbox.put(work, Task.RENDER_INVOICE, f"render:{invoice.id}:{invoice.version}", invoice_id=invoice.id)
    accounts.bump_version(work, invoice.account_id)


def ask_for_mails(work: Work, task: Task, about: Sequence[tuple[int, int, str]]) -> None:
    """One mail to each person who wants the account's mails of this kind, once per event.

    about: (invoice, account, event). Who these people are is looked up once for the whole transaction.
    """
    for one in about:
        work.defer(_put_mails, (steps.current(), task, *one))


def ask_for_network(work: Work, account: Any, invoice_id: int) -> None:
    """Have an invoice brought over the network when its customer wants that."""
    if account.einvoice == EInvoiceForm.PEPPOL:
        outbox.put(
            work, Task.SEND_EINVOICE, f"einvoice:invoice:{invoice_id}", invoice_id=invoice_id, account_id=account.id
        )


def _put_mails(work: Work, asked: list[tuple[str | None, Task, int, int, str]]) -> None:
    accounts_in_it = {account_id for *_, account_id, _ in asked}
    tasks = {task for _, task, *_ in asked}
    readers = {task: account_queries.recipient_ids(work, accounts_in_it, _TOPICS[task]) for task in tasks}
    for led_by, task, invoice_id, account_id, event in asked:
        with steps.resumed(led_by):
            for user_id in readers[task].get(account_id, ()):
                outbox.put(work, task, f"{task.value}:{event}:{user_id}", invoice_id=invoice_id, user_id=user_id)


def lines_of(work: Work, invoice_id: int) -> Sequence[InvoiceLine]:
    """The lines in their order."""
    statement = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id).order_by(col(InvoiceLine.position))
    return work.session.exec(statement).all()


def number_of(year: int, sequence: int) -> str:
    """An invoice number as people read it."""
    return f"{year}-{sequence:04d}"


def _carry_small_rest(work: Work, invoice: Invoice) -> None:
    carried = carrying.carry_if_small(
        work, account_id=invoice.account_id, invoice_id=invoice.id or 0, number=invoice.number or "",
        open_cents=invoice.open_cents, payable_cents=payable_cents(invoice),
    )  # fmt: skip
    invoice.open_cents -= carried
    invoice.carried_cents += carried


def _require_valid(work: Work, invoice: Invoice, account: Any, seller: Party) -> None:
    found, today = taxes.taxation(work, account, invoice.net_cents, issuing=True), local_day(work.now)
    days = [(line, line.period_start or today) for line in lines_of(work, invoice.id or 0)]
    rates_hold = all(found.rate(line.vat_rate, day) == line.vat_rate for line, day in days)
    if invoice.vat_treatment != found.treatment or not rates_hold:
        raise Refused(reason="vat_treatment_changed")
    _require(found.fault_on(day for _, day in days))
    _require(parties_fault(seller, account, found.treatment))


def _require(fault: str) -> None:
    if fault:
        raise Refused(reason=fault)


def _number(work: Work, invoice: Invoice, year: int) -> None:
    series = locks.number_series(work, invoice.series, year)
    series.last += 1
    work.session.add(series)
    invoice.year, invoice.sequence = year, series.last
    invoice.number = number_of(year, series.last)
    invoice.reference = creditor_reference(invoice.number)


def _book(work: Work, invoice: Invoice, today: date) -> None:
    lines = rules.invoice_issued(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, net_cents=invoice.net_cents,
        vat_cents=invoice.vat_cents,
    )  # fmt: skip
    ledger.post(work, EntryKind.INVOICE_ISSUED, f"invoice:{invoice.id}", lines, occurred_on=today)


def buyer(account: Any) -> Party:
    """A customer as it stands on an invoice; account: an object or a plain row of Account."""
    return Party(
        name=account.name, attention=account.attention, street=account.street, postal_code=account.postal_code,
        city=account.city, country=account.country, vat_number=account.vat_number,
        chamber_number=account.chamber_number,
    )  # fmt: skip
