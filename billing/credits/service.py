"""Issuing credit notes, and settling invoices with the credits they leave."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, func, select

from billing import audit, locks, vat
from billing.access import Actor
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.credits.tables import CreditLot, CreditNote
from billing.db import Work
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices import service as invoices
from billing.invoices.tables import ISSUED, Invoice
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind

SERIES = "C"


@dataclass(frozen=True)
class IssueCreditNote:
    """Take back a net amount, at one VAT rate (per cent), of an issued invoice."""

    invoice_id: int
    net_cents: int
    vat_rate: Decimal
    reason: str


def issue_credit_note(work: Work, actor: Actor, command: IssueCreditNote) -> CreditNote:
    """Number and book a credit note: first it lowers what is open, the rest becomes credit.

    Raises NotFound, InvalidAmount, or Refused when the notes of an invoice would exceed it by a cent.
    """
    account_id = work.session.exec(select(Invoice.account_id).where(Invoice.id == command.invoice_id)).first()
    if account_id is None:
        raise NotFound()
    locks.account(work, account_id)
    invoice = locks.invoices(work, [command.invoice_id])[command.invoice_id]
    vat_cents = vat.vat_cents(command.net_cents, command.vat_rate)
    total_cents = command.net_cents + vat_cents
    if command.net_cents <= 0:
        raise InvalidAmount()
    if invoice.state != ISSUED or invoice.credited_cents + total_cents > invoice.total_cents:
        raise Refused(reason="exceeds_invoice")
    note = _numbered_note(work, invoice, command, vat_cents)
    work.session.add(note)
    work.flush()
    _book(work, invoice, note)
    audit.record(
        work, actor, "credit_note.issued", chain=audit.of_account(account_id), subject=note.number,
        invoice=invoice.number, total_cents=total_cents,
    )  # fmt: skip
    return note


def settle_with_credits(work: Work, invoice_id: int) -> int:
    """Use the account's credits for an issued invoice, oldest lot first; returns the cents used."""
    account_id = work.session.exec(select(Invoice.account_id).where(Invoice.id == invoice_id)).one()
    locks.account(work, account_id)
    invoice = locks.invoices(work, [invoice_id])[invoice_id]
    today, used = local_day(work.now), 0
    lots = select(CreditLot).where(CreditLot.account_id == account_id, CreditLot.left_cents > 0)
    for lot in work.session.exec(lots.order_by(col(CreditLot.id))):
        cents = min(lot.left_cents, invoice.open_cents)
        if cents == 0:
            break
        used += cents
        _apply(work, invoice, lot, cents, today)
    return used


def balance_cents(work: Work, account_id: int) -> int:
    """What an account may still spend."""
    total = select(func.coalesce(func.sum(col(CreditLot.left_cents)), 0)).where(CreditLot.account_id == account_id)
    return int(work.session.exec(total).one())


def _numbered_note(work: Work, invoice: Invoice, command: IssueCreditNote, vat_cents: int) -> CreditNote:
    today = local_day(work.now)
    series = locks.number_series(work, SERIES, today.year)
    series.last += 1
    work.session.add(series)
    total_cents = command.net_cents + vat_cents
    offset_cents = min(total_cents, invoice.open_cents)
    return CreditNote(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, year=today.year, sequence=series.last,
        number=f"{SERIES}{today.year}-{series.last:04d}", issued_on=today, issued_at=work.now, reason=command.reason,
        seller=invoice.seller, buyer=invoice.buyer, net_cents=command.net_cents, vat_cents=vat_cents,
        total_cents=total_cents, offset_cents=offset_cents, credit_cents=total_cents - offset_cents,
    )  # fmt: skip


def _book(work: Work, invoice: Invoice, note: CreditNote) -> None:
    lot = _lot_of(work, note)
    lines = rules.credit_note_issued(
        account_id=note.account_id, invoice_id=note.invoice_id, net_cents=note.net_cents, vat_cents=note.vat_cents,
        offset_cents=note.offset_cents, credit_lot_id=lot.id if lot else None,
    )  # fmt: skip
    ledger.post(work, EntryKind.CREDIT_NOTE_ISSUED, f"credit_note:{note.id}", lines, occurred_on=note.issued_on)
    invoice.credited_cents += note.total_cents
    if note.offset_cents:
        invoices.settle(work, invoice, note.offset_cents, on=note.issued_on)
    else:
        work.session.add(invoice)
        accounts.bump_version(work, invoice.account_id)


def _lot_of(work: Work, note: CreditNote) -> CreditLot | None:
    if not note.credit_cents:
        return None
    lot = CreditLot(
        account_id=note.account_id, credit_note_id=note.id, label=note.number, original_cents=note.credit_cents,
        left_cents=note.credit_cents, created_at=work.now,
    )  # fmt: skip
    work.session.add(lot)
    work.flush()
    return lot


def _apply(work: Work, invoice: Invoice, lot: CreditLot, cents: int, today: date) -> None:
    lines = rules.credit_applied(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, credit_lot_id=lot.id or 0, cents=cents
    )
    ledger.post(work, EntryKind.CREDIT_APPLIED, f"credit:{lot.id}:{invoice.id}", lines, occurred_on=today)
    lot.left_cents -= cents
    work.session.add(lot)
    invoice.credits_cents += cents
    invoices.settle(work, invoice, cents, on=today)
