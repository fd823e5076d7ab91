"""Money that left and did not find its own place: what it may belong to, and what a person says of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import case, col, select

from billing import access, locks
from billing.access import Actor
from billing.accounts.tables import Account
from billing.bank import booking
from billing.bank.matching import Rule
from billing.bank.refunds.tables import BankTransfer, TransferFile
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.bank.worklist import locked_line, masked
from billing.credits.tables import Payout
from billing.db import Work
from billing.errors import NotFound, Refused
from billing.invoices.tables import Invoice
from billing.payments.tables import Payment, PaymentShare

# What banks ask for sending a transfer back; a line that is further off is about something else.
MOST_COSTS_CENTS = 5_000
SHOWN = 12
_RECEIPT, _PAYOUT = "payment:", "payout:"


@dataclass(frozen=True)
class Origin:
    """What a line that left may belong to: a receipt that went back, or a payout that we sent.

    key: by which it is named, such as `payment:12` or `payout:3`. cents: what came in, or was sent. iban: masked.
    numbers: the invoices that a receipt paid. costs_cents: by how much more left, which the bank kept.
    """

    key: str
    on: date
    cents: int
    name: str
    iban: str
    account: str
    numbers: tuple[str, ...] = ()
    costs_cents: int = 0

    @property
    def is_receipt(self) -> bool:
        return self.key.startswith(_RECEIPT)


def origins(work: Work, actor: Actor, line_id: int) -> Sequence[Origin]:
    """What a waiting line that left may belong to, the likeliest first; empty for one that came in.

    Raises NotAllowed, NotFound.
    """
    access.require_finance(work, actor)
    line = work.session.get(BankLine, line_id)
    if line is None:
        raise NotFound()
    return [*_payouts(work, line), *_receipts(work, line)] if line.cents < 0 else []


def belongs(work: Work, actor: Actor, line_id: int, key: str) -> None:
    """Somebody says which receipt went back with a line, or which payout left with it. key: as of `Origin`.

    Of a receipt what left opens its invoices again, and what is more are the bank's costs. Raises NotAllowed, NotFound,
    or Refused: matched, incoming, amount_differs, used when of a receipt so much is no longer there.
    """
    line = locked_line(work, actor, line_id)
    if line.cents >= 0:
        raise Refused(reason="incoming")
    if key.startswith(_PAYOUT):
        _left(work, actor, line, _id(key, _PAYOUT))
    else:
        _went_back(work, actor, line, _id(key, _RECEIPT))


def _left(work: Work, actor: Actor, line: BankLine, payout_id: int) -> None:
    transfer, payout = work.session.get(BankTransfer, payout_id), work.session.get(Payout, payout_id)
    if transfer is None or payout is None:
        raise NotFound()
    locks.account(work, payout.account_id)
    work.session.refresh(transfer)
    if booking.refunded(work, actor, line, transfer, Rule.PERSON, is_new=False) is None:
        raise Refused(reason="amount_differs")


def _went_back(work: Work, actor: Actor, line: BankLine, payment_id: int) -> None:
    found = select(Payment).join(BankMatch, col(BankMatch.payment_id) == col(Payment.id))
    payment = work.session.exec(found.where(_holds(), Payment.id == payment_id)).first()
    if payment is None:
        raise NotFound()
    if -line.cents - payment.amount_cents > MOST_COSTS_CENTS:
        raise Refused(reason="amount_differs")
    if booking.returned(work, actor, line, payment, Rule.PERSON, is_new=False) is None:
        raise Refused(reason="used")


def _receipts(work: Work, line: BankLine) -> list[Origin]:
    same_party = case((BankLine.other_iban == line.other_iban, 0), else_=1) if line.other_iban else case(
        (BankLine.name == line.name, 0), else_=1
    )  # fmt: skip
    gone = select(BankMatch.payment_id).where(BankMatch.purpose == Purpose.RETURN.value)
    exact = case((BankLine.cents == -line.cents, 0), else_=1)
    statement = (
        select(BankLine, Payment, Account.name)
        .join(BankMatch, col(BankMatch.line_id) == col(BankLine.id))
        .join(Payment, col(Payment.id) == col(BankMatch.payment_id))
        .join(Account, col(Account.id) == col(Payment.account_id))
        .where(
            _holds(), BankLine.iban == line.iban, col(BankLine.booked_on) <= line.booked_on,
            col(BankLine.cents).between(-line.cents - MOST_COSTS_CENTS, -line.cents),
            col(Payment.id).not_in(gone),
        )
        .order_by(same_party, exact, col(BankLine.booked_on).desc(), col(BankLine.id).desc())
        .limit(SHOWN)
    )  # fmt: skip
    return [
        Origin(
            f"{_RECEIPT}{payment.id}", came.value_on, came.cents, came.name, masked(came.other_iban), account,
            _numbers(work, payment), -line.cents - came.cents,
        )
        for came, payment, account in work.session.exec(statement)
    ]  # fmt: skip


def _payouts(work: Work, line: BankLine) -> list[Origin]:
    statement = (
        select(BankTransfer, Payout, TransferFile.made_at, Account.name)
        .join(Payout, col(Payout.id) == col(BankTransfer.payout_id))
        .join(TransferFile, col(TransferFile.id) == col(BankTransfer.file_id))
        .join(Account, col(Account.id) == col(Payout.account_id))
        .where(
            col(BankTransfer.match_id).is_(None), col(TransferFile.handed_out_at).is_not(None),
            Payout.amount_cents == -line.cents,
        )
        .order_by(case((BankTransfer.iban == line.other_iban, 0), else_=1), col(Payout.id).desc())
        .limit(SHOWN)
    )  # fmt: skip
    return [
        Origin(f"{_PAYOUT}{payout.id}", made_at.date(), payout.amount_cents, sent.name, masked(sent.iban), account)
        for sent, payout, made_at, account in work.session.exec(statement)
    ]


def _numbers(work: Work, payment: Payment) -> tuple[str, ...]:
    paid = select(Invoice.number).join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
    rows = work.session.exec(paid.where(PaymentShare.payment_id == payment.id).order_by(col(Invoice.id)))
    return tuple(number or "" for number in rows)


def _holds() -> ColumnElement[bool]:
    """That a match is a receipt, and was not taken back."""
    return (col(BankMatch.purpose) == Purpose.RECEIPT.value) & col(BankMatch.undone_at).is_(None)


def _id(key: str, kind: str) -> int:
    number = key.removeprefix(kind)
    if not key.startswith(kind) or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise NotFound()
    return int(number)
