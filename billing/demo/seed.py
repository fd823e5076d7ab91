"""Filling an empty database with the demo, through the real services at moments in the past."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import md5
from typing import TypeVar

from sqlalchemy import update
from sqlmodel import col, func, select

from billing import outbox
from billing.access import SYSTEM, Actor
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import IssueCreditNote
from billing.db import Work
from billing.demo.hosting import give_hosting
from billing.demo.people import BAKERY, Cast, settle_in
from billing.demo.services import Given, give_services, period_of
from billing.demo.story import VAT, Sale, moment, sales
from billing.errors import Refused
from billing.invoices import service as invoices
from billing.invoices.queries import visible_invoices
from billing.invoices.service import DraftInvoice, IssueInvoice
from billing.invoices.tables import Invoice
from billing.outbox import OutboxMessage
from billing.payments import booking
from billing.payments import service as payments
from billing.payments.service import StartPayment
from billing.ports import GatewayTransaction, Outcome, Party, StartAnswer, TransactionKind, VatReply, VatVerdict
from billing.taxes import service as taxes
from billing.taxes.queries import question

# A print that nobody waits for: what happens during a show goes first.
AFTER_ALL_ELSE = 3

R = TypeVar("R")
Step = Callable[[Work], None]


def seed_demo(work: Work, seller: Party) -> None:
    """Tell the whole story. Raises Refused when the database is not empty."""
    today = local_day(work.now)
    if work.session.exec(select(func.count()).select_from(Account)).one():
        raise Refused(reason="not_empty")
    start = Work(work.session, moment(today, 320))
    cast = settle_in(start, today)
    given = give_services(start, cast, today)
    give_hosting(start, cast)
    start.flush()
    for at, step in _steps(today, cast, given, seller):
        then = Work(work.session, at)
        step(then)
        then.flush()
    _tidy_outbox(work, cast)


def _steps(today: date, cast: Cast, given: Given, seller: Party) -> list[tuple[datetime, Step]]:
    """What happened and when, in order."""
    steps: list[tuple[datetime, int, Step]] = []
    for number, sale in enumerate(sales(today)):
        story = _Told(sale, cast, given, seller, today)
        steps.append((moment(today, sale.issued), number, story.issue))
        if sale.paid is not None:
            steps.append((moment(today, sale.paid, hour=10), number, story.pay))
        if sale.credited is not None:
            steps.append((moment(today, sale.credited, hour=11), number, story.credit))
    return [(at, step) for at, _, step in sorted(steps, key=lambda step: step[:2])]


class _Told:
    """One sale as it unfolds."""

    def __init__(self, sale: Sale, cast: Cast, given: Given, seller: Party, today: date) -> None:
        self._sale, self._cast, self._given, self._seller, self._today = sale, cast, given, seller, today
        self._invoice_id = 0

    def issue(self, work: Work) -> None:
        sale = self._sale
        first, *others = sale.new_lines()
        if sale.service:
            first = replace(first, **period_of(work, self._given[sale.account, sale.service]))
        self._have_number_checked(work)
        draft = DraftInvoice(self._cast.accounts[sale.account], sale.subject, [first, *others])
        self._invoice_id = invoices.draft_invoice(work, SYSTEM, draft)
        due_on = None if sale.due is None else self._today - timedelta(days=sale.due)
        invoices.issue_invoice(work, SYSTEM, IssueInvoice(self._invoice_id, self._seller, due_on))
        if sale.uses_credits:
            credits.settle_with_credits(work, self._invoice_id)

    def _have_number_checked(self, work: Work) -> None:
        """What the register of VAT numbers would have said that day, where it matters."""
        asked = question(work, self._cast.accounts[self._sale.account])
        if asked:
            reply = VatReply(VatVerdict.VALID, consultation="WAPIDEMO0001", name=self._sale.account)
            taxes.record(work, asked.account_id, asked.number, SYSTEM.name, self._seller.vat_number, reply)

    def pay(self, work: Work) -> None:
        invoice = self._invoice(work)
        key = md5(f"demo {invoice.number}".encode(), usedforsecurity=False).hexdigest().upper()
        opened = payments.open_payment(
            work, self._payer(), StartPayment((invoice.number or "",), self._sale.method, client_ip="")
        )
        payments.record_answer(work, opened, StartAnswer(key, Outcome.AWAITING_CUSTOMER, 790))
        paid_at = work.now + timedelta(minutes=2)
        paid = GatewayTransaction(
            key=key, kind=TransactionKind.PAYMENT, outcome=Outcome.SUCCEEDED, amount_cents=opened.amount_cents,
            currency="EUR", is_test=True, status_code=190, sub_code="S001", attempt=opened.token,
            invoice_number=invoice.number or "", changed_at=paid_at,
        )  # fmt: skip
        work.flush()
        then = Work(work.session, paid_at)
        booking.record_transactions(then, [paid], expects_test=True)
        then.flush()

    def credit(self, work: Work) -> None:
        note = IssueCreditNote(self._invoice_id, self._sale.credited_net_cents, VAT, "Opgezegd, de rest komt terug")
        credits.issue_credit_note(work, SYSTEM, note)

    def _invoice(self, work: Work) -> Invoice:
        number = work.session.exec(select(Invoice.number).where(Invoice.id == self._invoice_id)).one()
        return visible_invoices(work, SYSTEM, [number or ""])[0]

    def _payer(self) -> Actor:
        if self._sale.account != BAKERY.name:
            return Actor(name=SYSTEM.name, is_system=True)
        return Actor(name="Bas Boekstaaf", user_id=self._cast.users["boekhouder@demo.test"])


def _tidy_outbox(work: Work, cast: Cast) -> None:
    """The hosting panel knows all settings. Mails of the past have been sent, but for the newest invoice of the bakery,
    so that the mailbox is not empty. Of each invoice only its last version still has to be printed, and the accounts on
    stage come first."""
    done = {"state": outbox.DONE, "done_at": OutboxMessage.created_at}
    settings = col(OutboxMessage.task) == outbox.Task.HOSTING_CHANGED.value
    work.session.execute(update(OutboxMessage).where(settings).values(**done))
    printing = [outbox.Task.RENDER_INVOICE.value, outbox.Task.RENDER_CREDIT_NOTE.value]
    mails = col(OutboxMessage.task).not_in(printing)
    of_the_bakery = select(func.max(Invoice.id)).where(Invoice.account_id == cast.accounts[BAKERY.name])
    work.session.execute(
        update(OutboxMessage).where(mails, col(OutboxMessage.invoice_id).not_in(of_the_bakery)).values(**done)
    )
    newest = select(func.max(OutboxMessage.id)).group_by(col(OutboxMessage.invoice_id))
    invoices_in_print = col(OutboxMessage.task) == outbox.Task.RENDER_INVOICE.value
    last = newest.where(invoices_in_print)
    work.session.execute(
        update(OutboxMessage).where(invoices_in_print, col(OutboxMessage.id).not_in(last)).values(**done)
    )
    on_stage = [cast.accounts[BAKERY.name], cast.accounts["Fietsclub Het Wiel"]]
    off_stage = select(Invoice.id).where(col(Invoice.account_id).not_in(on_stage))
    waiting = work.session.exec(
        select(OutboxMessage).where(
            OutboxMessage.state == outbox.WAITING, col(OutboxMessage.invoice_id).in_(off_stage)
        ).order_by(col(OutboxMessage.id).desc())
    )  # fmt: skip
    for position, message in enumerate(waiting, start=20):
        message.due_at = work.now + timedelta(seconds=position)
        work.session.add(message)
    work.flush()
    paid = select(Invoice.id).where(Invoice.open_cents == 0)
    can_wait = col(OutboxMessage.invoice_id).in_(off_stage) | col(OutboxMessage.invoice_id).in_(paid)
    work.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.state) == outbox.WAITING, col(OutboxMessage.task).in_(printing), can_wait)
        .values(urgency=AFTER_ALL_ELSE)
    )
