"""What waits to go back by bank, and the files that were made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from stdnum import iban as iban_numbers

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account
from billing.bank.refunds.tables import BankTransfer, TransferApproval, TransferFile
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.bank.worklist import masked
from billing.credits.tables import Payout
from billing.db import Work
from billing.payments.tables import Payment
from billing.ports import Method
from billing.states import PaymentState


@dataclass(frozen=True)
class Destination:
    """A payout and the account that its money came from; iban: empty when our bank told none. language: of the
    customer's documents."""

    payout: Payout
    name: str
    iban: str
    language: str


@dataclass(frozen=True)
class WaitingRefund:
    """Money that waits for a file. iban: masked; empty when it is not known where to send it."""

    payout_id: int
    account: str
    cents: int
    asked_by: str
    asked_at: datetime
    name: str
    iban: str


@dataclass(frozen=True)
class FileRow:
    """A file. approved_by: names, in order. left: how many of its transfers were seen to leave."""

    file_id: int
    message_id: str
    cents: int
    transfers: int
    approvals_needed: int
    made_by: str
    made_at: datetime
    approved_by: tuple[str, ...]
    handed_out_at: datetime | None
    left: int


def to_send(work: Work) -> list[Destination]:
    """Payouts by bank that are in no file yet, the oldest first, each with where its money came from."""
    in_file = select(BankTransfer.payout_id)
    statement = (
        select(Payout, BankLine.name, BankLine.other_iban, Account.language)
        .join(Account, col(Account.id) == col(Payout.account_id))
        .join(Payment, col(Payment.id) == col(Payout.payment_id))
        .join(BankMatch, col(BankMatch.payment_id) == col(Payment.id))
        .join(BankLine, col(BankLine.id) == col(BankMatch.line_id))
        .where(
            Payment.method == Method.BANK.value, Payout.state == PaymentState.CREATED.value,
            BankMatch.purpose == Purpose.RECEIPT.value, col(Payout.id).not_in(in_file),
        )
        .order_by(col(Payout.id))
    )  # fmt: skip
    rows = work.session.exec(statement).all()
    # Some formats tell an old account number, to which no bank in SEPA sends anything.
    return [
        Destination(payout, name, iban if iban_numbers.is_valid(iban) else "", language)
        for payout, name, iban, language in rows
    ]


def waiting(work: Work, actor: Actor) -> list[WaitingRefund]:
    """The same, to be shown. Raises NotAllowed."""
    access.require_finance(work, actor)
    return [
        WaitingRefund(
            one.payout.id or 0, work.session.get_one(Account, one.payout.account_id).name, one.payout.amount_cents,
            one.payout.asked_by_name, one.payout.created_at, one.name, masked(one.iban),
        )
        for one in to_send(work)
    ]  # fmt: skip


def files(work: Work, actor: Actor) -> list[FileRow]:
    """All files that were not dropped, the newest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    rows = select(TransferFile).where(col(TransferFile.dropped_at).is_(None)).order_by(col(TransferFile.id).desc())
    return [_row(work, file) for file in work.session.exec(rows)]


def approvals(work: Work, file_id: int) -> Sequence[str]:
    """Who agreed to a file, in order."""
    names = select(TransferApproval.name).where(TransferApproval.file_id == file_id)
    return work.session.exec(names.order_by(col(TransferApproval.approved_at), col(TransferApproval.user_id))).all()


def _row(work: Work, file: TransferFile) -> FileRow:
    left = select(func.count()).where(BankTransfer.file_id == file.id, col(BankTransfer.match_id).is_not(None))
    return FileRow(
        file.id or 0, file.message_id, file.cents, file.transfers, file.approvals_needed, file.made_by_name,
        file.made_at, tuple(approvals(work, file.id or 0)), file.handed_out_at, work.session.exec(left).one(),
    )  # fmt: skip
