"""Carrying out a plan: the credit notes or the invoice of it, and what becomes of the services."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import update

from billing import documents
from billing.access import Actor
from billing.accounts.tables import Account
from billing.changes import parts
from billing.changes.parts import Part
from billing.changes.plan import Bill, GivenBack, NewProduct, Plan
from billing.changes.tables import ChangeDocument, PrepaidPart
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import CreditLine, CreditLines
from billing.db import Work, table_of
from billing.errors import PreviewStale
from billing.hosting import services as panel
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import Invoice
from billing.money import euros
from billing.ports import Party, ServiceNews
from billing.products.tables import Product, Service, ServiceState
from billing.proration import ONE_DAY, Proration, anchor


def apply(work: Work, actor: Actor, plan: Plan, preview_id: int, seller: Party) -> None:
    """Make what the plan says, in an account that is locked. Raises PreviewStale when a cent would differ."""
    if plan.product:
        # What the parts are worth is computed from what stands before the notes.
        _change(work, plan, plan.product)
    for note in plan.notes:
        language = work.session.get_one(Invoice, note.invoice_id).language
        lines = _credit(plan, plan.lines_of(note.invoice_id), language)
        made = credits.credit_lines(work, actor, CreditLines(note.invoice_id, _reason(plan, language), lines))
        if (made.net_cents, made.total_cents, made.offset_cents) != (
            note.net_cents, note.total_cents, note.offset_cents,
        ):  # fmt: skip
            raise PreviewStale()
        work.session.add(ChangeDocument(preview_id=preview_id, credit_note_id=made.id))
    if plan.bill and plan.product:
        invoice_id = _bill(work, actor, plan, plan.bill, plan.product, seller)
        work.session.add(ChangeDocument(preview_id=preview_id, invoice_id=invoice_id))
    for ending in plan.endings:
        _end(work, ending.service_id, ending.ends_on)
    work.flush()


def succeed(work: Work, service: Service, own: Sequence[Part], taken_back: Collection[int]) -> None:
    """Let a service that is running out go on as a new one, because no period of a service is invoiced twice.

    taken_back: the lines that its cancellation gave something back of; the days after it are invoiced anew. Where those
    begin within a period, it renews on that day from then on: nobody pays a whole period for a part of one.
    """
    ends_on = service.ends_on or service.paid_through
    kept = [part.until - ONE_DAY for part in own if part.line_id not in taken_back]
    paid_through = max([ends_on, *kept])
    successor = Service(
        account_id=service.account_id, product_id=service.product_id, label=service.label,
        started_on=service.started_on, anchor_day=anchor(service.anchor_day, paid_through + ONE_DAY),
        paid_through=paid_through, hangs_on=service.hangs_on,
    )  # fmt: skip
    work.session.add(successor)
    service.state = ServiceState.ENDED.value
    work.session.add(service)
    work.flush()
    panel.tell(work, service, ServiceNews.KEPT, goes_on_as=str(successor.id))
    hanging = table_of(Service).c.hangs_on == service.id
    work.session.execute(update(table_of(Service)).where(hanging).values(hangs_on=successor.id))
    parts.hand_on(work, successor.id or 0, own)


def _change(work: Work, plan: Plan, product: NewProduct) -> None:
    service = work.session.get_one(Service, plan.service_id)
    policy = Proration(work.session.get_one(Product, service.product_id).proration)
    by_line = {part.line_id: part for part in parts.prepaid(work, plan.service_id, policy, plan.on)}
    for line in plan.lines:
        parts.write_rest(work, plan.service_id, by_line[line.line_id], plan.on, line.cents)
    service.product_id = product.product_id
    panel.tell(work, service, ServiceNews.CHANGED)


def _end(work: Work, service_id: int, ends_on: date) -> None:
    service = work.session.get_one(Service, service_id)
    if ends_on < local_day(work.now):
        service.state = ServiceState.ENDED.value
    elif service.state != ServiceState.STOPPED.value:
        service.state = ServiceState.ENDING.value
    service.ends_on = ends_on
    panel.tell(work, service, ServiceNews.ENDING, last_day=ends_on.isoformat())


def _credit(plan: Plan, lines: Sequence[GivenBack], language: str) -> tuple[CreditLine, ...]:
    ends = {ending.service_id: ending for ending in plan.endings}
    made = []
    for line in lines:
        ending = ends.get(line.service_id)
        on, label = (ending.ends_on + ONE_DAY, ending.label) if ending else (plan.on, plan.label)
        detail = documents.part_of_period(label, max(line.start, on), line.until - ONE_DAY, language)
        made.append(CreditLine(line.line_id, net_cents=line.cents, detail=detail))
    return tuple(made)


def _reason(plan: Plan, language: str) -> str:
    product = plan.product.name if plan.product else ""
    return documents.change_reason(plan.what, plan.name, product, plan.on, language)


def _bill(work: Work, actor: Actor, plan: Plan, bill: Bill, product: NewProduct, seller: Party) -> int:
    """Issue the invoice of an upgrade and settle it with credits; its lines are worth what they cost from now on."""
    account = work.session.get_one(Account, work.session.get_one(Service, plan.service_id).account_id)
    lines = [
        NewLine(
            product.name, documents.part_of_period(plan.label, charge.start, charge.until - ONE_DAY, account.language),
            Decimal(1), euros(charge.cents), charge.vat_rate,
        )
        for charge in bill.lines
    ]  # fmt: skip
    command = DraftInvoice(account.id or 0, _reason(plan, account.language), lines)
    draft_id = invoices.draft_invoice(work, actor, command)
    made = credits.issue_and_settle(work, actor, IssueInvoice(draft_id, seller))
    shown = (bill.total_cents, bill.brought_cents, bill.credits_cents, bill.open_cents)
    if (made.total_cents, made.brought_cents, made.credits_cents, made.open_cents) != shown:
        raise PreviewStale()
    policy = work.session.get_one(Product, product.product_id).proration
    work.session.add_all(
        PrepaidPart(
            service_id=plan.service_id, invoice_line_id=line.id or 0, start=charge.start, until=charge.until,
            net_cents=line.net_cents, policy=policy,
        )
        for line, charge in zip(invoices.lines_of(work, draft_id), bill.lines, strict=True)
    )  # fmt: skip
    return draft_id
