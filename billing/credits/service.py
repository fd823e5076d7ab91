"""Issuing credit notes, and settling invoices with the credits they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, func, select

from billing import audit, locks, outbox
from billing.access import Actor
from billing.accounts import queries as account_queries
from billing.accounts import service as accounts
from billing.accounts.einvoices import form_of
from billing.accounts.tables import EInvoiceForm, MailTopic
from billing.clock import local_day
from billing.credits import arithmetic, lots, notes, payouts
from billing.credits.arithmetic import LineLeft, Taken
from billing.credits.notes import Creditable, Split
from billing.credits.tables import CreditLot, CreditNote, LotSource
from billing.db import Work
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import ISSUED, Invoice
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.money import require_payable
from billing.outbox import Task
from billing.settlement import allocate


@dataclass(frozen=True)
class CreditLine:
    """How much of a line of an invoice to take back: a quantity, else a net amount, else all that is left of it.

    detail: what to say of this part, when that is something else than on the invoice.
    """

    line_id: int
    quantity: Decimal | None = None
    net_cents: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class CreditLines:
    """Take back these lines of an issued invoice; no lines: all that is left of it.

    payout_cents: how much of what is not offset is to be paid out through the payment of the invoice.
    """

    invoice_id: int
    reason: str
    lines: tuple[CreditLine, ...] = ()
    payout_cents: int = 0


@dataclass(frozen=True)
class IssueCreditNote:
    """Take back a net amount, at one VAT rate (per cent), of an issued invoice."""

    invoice_id: int
    net_cents: int
    vat_rate: Decimal
    reason: str


@dataclass(frozen=True)
class GiveCredits:
    """Credits as a gesture, without a document."""

    account_id: int
    cents: int
    reason: str


def issue_credit_note(work: Work, actor: Actor, command: IssueCreditNote) -> CreditNote:
    """Take the amount from the lines of its rate, the first line first.

    Raises NotFound, InvalidAmount, or Refused when the notes of an invoice would exceed it by a cent.
    """
    invoice, left = _lock(work, command.invoice_id)
    if command.net_cents <= 0:
        raise InvalidAmount()
    lines = [line for line in left.lines if line.vat_rate == command.vat_rate]
    return _issue(work, actor, invoice, left, arithmetic.spread(lines, command.net_cents), command.reason)


def credit_lines(work: Work, actor: Actor, command: CreditLines) -> CreditNote:
    """Number and book a credit note: first it lowers what is open, then it gives back the credits that settled the
    invoice, the rest becomes new credit or is paid out.

    Raises NotFound, InvalidAmount, or Refused: `exceeds_line` and `exceeds_invoice` when a line or the invoice has less
    than that left, `payout_exceeds` when there is less to pay out, or less was paid.
    """
    invoice, left = _lock(work, command.invoice_id)
    by_id = {line.line_id: line for line in left.lines}
    asked = {line.line_id: line for line in command.lines}
    if len(asked) != len(command.lines) or not asked.keys() <= by_id.keys():
        raise Refused(reason="unknown_line")
    taken = [_part(by_id[line.line_id], line) for line in asked.values()] or _all_left(left)
    details = {line.line_id: line.detail for line in command.lines}
    return _issue(work, actor, invoice, left, taken, command.reason, details, command.payout_cents)


def invoice_to_credit(work: Work, number: str) -> int:
    """The id of the issued invoice with this number. Raises NotFound, or Refused for a credit note."""
    if work.session.exec(select(CreditNote.id).where(CreditNote.number == number)).first() is not None:
        raise Refused(reason="is_credit_note")
    invoice_id = work.session.exec(select(Invoice.id).where(Invoice.number == number)).first()
    if invoice_id is None:
        raise NotFound()
    return invoice_id


def give_credits(work: Work, actor: Actor, command: GiveCredits) -> None:
    """Give credits away. Raises NotFound, AccountErased or InvalidAmount."""
    cents = require_payable(command.cents)
    locks.living_account(work, command.account_id)
    lot = lots.add(work, account_id=command.account_id, source=LotSource.GOODWILL, cents=cents, reason=command.reason)
    lines = rules.credits_given(account_id=command.account_id, credit_lot_id=lot.id or 0, cents=cents)
    ledger.post(work, EntryKind.CREDITS_GIVEN, f"lot:{lot.id}", lines, occurred_on=local_day(work.now))
    audit.record(
        work, actor, "credits.given", chain=audit.of_account(command.account_id), subject=command.reason, cents=cents
    )
    accounts.bump_version(work, command.account_id)


def issue_and_settle(work: Work, actor: Actor, command: IssueInvoice) -> Invoice:
    """Issue a draft and settle it with the account's credits. Raises as `issue_invoice`."""
    invoice = invoices.issue_invoice(work, actor, command)
    settle_with_credits(work, invoice.id or 0)
    return invoice


def settle_with_credits(work: Work, invoice_id: int) -> int:
    """Use the account's credits for an issued invoice, oldest lot first; returns the cents used.

    None while money for it is on its way: that would be paid twice.
    """
    account_id = work.session.exec(select(Invoice.account_id).where(Invoice.id == invoice_id)).one()
    locks.account(work, account_id)
    invoice = locks.invoices(work, [invoice_id])[invoice_id]
    if invoice.expected_on is not None:
        return 0
    found, today = lots.to_spend(work, account_id), local_day(work.now)
    shares, _ = allocate(invoice.open_cents, [lot.left_cents for lot in found])
    for lot, cents in zip(found, shares, strict=True):
        if cents:
            _apply(work, invoice, lot, cents, today)
    used = sum(shares)
    if used:
        invoice.credits_cents += used
        invoices.settle(work, invoice, used, on=today)
    return used


def balance_cents(work: Work, account_id: int) -> int:
    """What an account may still spend."""
    total = select(func.coalesce(func.sum(col(CreditLot.left_cents)), 0)).where(CreditLot.account_id == account_id)
    return int(work.session.exec(total).one())


def _lock(work: Work, invoice_id: int) -> tuple[Invoice, Creditable]:
    account_id = work.session.exec(select(Invoice.account_id).where(Invoice.id == invoice_id)).first()
    if account_id is None:
        raise NotFound()
    locks.account(work, account_id)
    invoice = locks.invoices(work, [invoice_id])[invoice_id]
    if invoice.state != ISSUED:
        raise Refused(reason="not_issued")
    return invoice, notes.creditable(work, invoice_id)


def _part(left: LineLeft, asked: CreditLine) -> Taken:
    if asked.quantity is not None:
        return arithmetic.by_quantity(left, asked.quantity)
    return arithmetic.by_amount(left, left.left_cents if asked.net_cents is None else asked.net_cents)


def _all_left(left: Creditable) -> list[Taken]:
    return [arithmetic.by_amount(line, line.left_cents) for line in left.lines if line.left_cents]


def _issue(
    work: Work, actor: Actor, invoice: Invoice, left: Creditable, taken: Sequence[Taken], reason: str,
    details: dict[int, str] | None = None, payout_cents: int = 0,
) -> CreditNote:  # fmt: skip
    vat = arithmetic.vat_of(taken, left.vat)
    total_cents = sum(total.base_cents + total.vat_cents for total in vat)
    if invoice.credited_cents + max(total_cents, 1) > invoice.total_cents:
        raise Refused(reason="exceeds_invoice")
    if total_cents <= 0:
        raise InvalidAmount()
    invoices.take_back(work, invoice)
    offset_cents = min(total_cents, invoice.open_cents)
    if not 0 <= payout_cents <= total_cents - offset_cents:
        raise Refused(reason="payout_exceeds")
    split = Split(offset_cents, total_cents - offset_cents - payout_cents, payout_cents)
    note = notes.write(work, invoice, taken, vat, split, reason, details or {})
    _book(work, actor, invoice, note)
    audit.record(
        work, actor, "credit_note.issued", chain=audit.of_account(note.account_id), subject=note.number,
        invoice=note.invoice_number, total_cents=total_cents,
    )  # fmt: skip
    _tell(work, note)
    return note


def _book(work: Work, actor: Actor, invoice: Invoice, note: CreditNote) -> None:
    back = lots.give_back(work, note.invoice_id, note.credit_cents)
    rest_cents = note.credit_cents + note.payout_cents - sum(cents for _, cents in back)
    lot = _lot_of(work, note, rest_cents)
    lines = rules.credit_note_issued(
        account_id=note.account_id, invoice_id=note.invoice_id, net_cents=note.net_cents, vat_cents=note.vat_cents,
        offset_cents=note.offset_cents, given_back=[(old.id or 0, cents) for old, cents in back],
        new_lot=(lot.id or 0 if lot else 0, rest_cents),
    )  # fmt: skip
    ledger.post(work, EntryKind.CREDIT_NOTE_ISSUED, f"credit_note:{note.id}", lines, occurred_on=note.issued_on)
    for old, cents in back:
        lots.change(work, old, cents)
    invoice.credited_cents += note.total_cents
    if note.offset_cents:
        invoices.settle(work, invoice, note.offset_cents, on=note.issued_on)
    else:
        # An invoice that is taken back as a whole is no longer stamped as paid.
        invoices.changed(work, invoice)
    if lot and note.payout_cents:
        payouts.pay_out(work, actor, lot, note.payout_cents)


def _lot_of(work: Work, note: CreditNote, cents: int) -> CreditLot | None:
    if not cents:
        return None
    return lots.add(
        work, account_id=note.account_id, source=LotSource.CREDIT_NOTE, cents=cents, label=note.number,
        reason=note.reason, credit_note_id=note.id,
    )  # fmt: skip


def _tell(work: Work, note: CreditNote) -> None:
    """Print it, mail it to whoever gets the invoices, and have it brought over the network where that is wished."""
    outbox.put(work, Task.RENDER_CREDIT_NOTE, f"render_note:{note.id}", credit_note_id=note.id)
    for user in account_queries.billing_recipients(work, note.account_id, MailTopic.INVOICES):
        outbox.put(
            work, Task.MAIL_CREDIT_NOTE, f"mail_credit_note:{note.id}:{user.id}", invoice_id=note.invoice_id,
            credit_note_id=note.id, user_id=user.id,
        )  # fmt: skip
    if form_of(work, note.account_id) is EInvoiceForm.PEPPOL:
        outbox.put(
            work, Task.SEND_EINVOICE, f"einvoice:credit_note:{note.id}", invoice_id=note.invoice_id,
            credit_note_id=note.id, account_id=note.account_id,
        )  # fmt: skip


def _apply(work: Work, invoice: Invoice, lot: CreditLot, cents: int, today: date) -> None:
    lines = rules.credit_applied(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, credit_lot_id=lot.id or 0, cents=cents
    )
    # The version tells a second use of the same lot apart: it came back in between.
    key = f"credit:{lot.id}:{invoice.id}:{invoice.version}"
    ledger.post(work, EntryKind.CREDIT_APPLIED, key, lines, occurred_on=today)
    lots.change(work, lot, -cents)
