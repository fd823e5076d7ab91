"""From a wish to have money back to a file for our bank: made, approved by enough people, handed out. Each act needs a
fresh proof of who acts.

What was asked is set apart in the journal since; here it is only sent. The journal hears of it when it has left.
"""

import hashlib
import secrets
from collections.abc import Sequence

from sqlmodel import col, select

from billing import access, audit, descriptions, locks
from billing.access import Actor
from billing.bank.matching import BankRules
from billing.bank.refunds import queries
from billing.bank.refunds.queries import Destination
from billing.bank.refunds.tables import BankTransfer, TransferApproval, TransferFile
from billing.clock import local_day
from billing.credits import payouts
from billing.credits.tables import Payout
from billing.db import Work
from billing.errors import NotFound, Refused
from billing.ports import OutgoingTransfer, Party, TransferOrder, TransferWriter
from billing.states import PaymentState
from billing.workdays import add_bank_days

LOCK = "transfers"


def prepare(work: Work, actor: Actor, seller: Party, rules: BankRules, writer: TransferWriter) -> TransferFile:
    """Make a file of everything that waits and of which is known where it goes.

    Raises NotAllowed, CheckNeeded, or Refused (nothing_to_send).
    """
    by = _require(work, actor)
    found = _lock_waiting(work)
    if not found:
        raise Refused(reason="nothing_to_send")
    cents = sum(one.payout.amount_cents for one in found)
    order = _order(work, seller, found)
    content = writer.write(order)
    file = TransferFile(
        message_id=order.message_id, cents=cents, transfers=len(found), sha256=hashlib.sha256(content).hexdigest(),
        approvals_needed=2 if cents >= rules.two_people_from_cents else 1, content=content, made_by=by,
        made_by_name=actor.name, made_at=work.now,
    )  # fmt: skip
    work.session.add(file)
    work.flush()
    work.session.add_all(
        BankTransfer(payout_id=one.payout.id or 0, file_id=file.id or 0, end_to_end_id=transfer.end_to_end_id,
                     name=one.name, iban=one.iban)
        for one, transfer in zip(found, order.transfers, strict=True)
    )  # fmt: skip
    work.flush()
    return file


def approve(work: Work, actor: Actor, file_id: int) -> int:
    """Agree to a file; returns how many more people have to.

    Raises NotAllowed, CheckNeeded, NotFound, or Refused (handed_out, dropped, approved_before).
    """
    by = _require(work, actor)
    file = _open_file(work, file_id)
    if work.session.get(TransferApproval, (file_id, by)) is not None:
        raise Refused(reason="approved_before")
    work.session.add(TransferApproval(file_id=file_id, user_id=by, name=actor.name, approved_at=work.now))
    work.flush()
    return max(file.approvals_needed - len(queries.approvals(work, file_id)), 0)


def hand_out(work: Work, actor: Actor, file_id: int) -> TransferFile:
    """Give a file out, to be sent to the bank; the same bytes however often.

    Raises NotAllowed, CheckNeeded, NotFound, or Refused (dropped, needs_approval).
    """
    _require(work, actor)
    file = _file(work, file_id)
    if file.dropped_at is not None:
        raise Refused(reason="dropped")
    if len(queries.approvals(work, file_id)) < file.approvals_needed:
        raise Refused(reason="needs_approval")
    if file.handed_out_at is None:
        file.handed_out_at = work.now
        work.session.add(file)
        for payout in _payouts_of(work, file_id):
            payouts.advance(work, payout, PaymentState.PENDING)
            _note(work, actor, payout, "payout.sent")
    return file


def drop(work: Work, actor: Actor, file_id: int) -> None:
    """Throw a file away that nobody got; what was in it waits for the next one.

    Raises NotAllowed, CheckNeeded, NotFound, or Refused (handed_out, dropped).
    """
    _require(work, actor)
    file = _open_file(work, file_id)
    for transfer in work.session.exec(select(BankTransfer).where(BankTransfer.file_id == file_id)).all():
        work.session.delete(transfer)
    file.dropped_at = work.now
    work.session.add(file)
    work.flush()


def put_back(work: Work, actor: Actor, payout_id: int) -> None:
    """It will not go: it is in no file, or our bank refused it. The money is the customer's to choose about again.

    Raises NotAllowed, CheckNeeded, NotFound, or Refused (in_file, ended).
    """
    _require(work, actor)
    payout = locks.owned(work, Payout, payout_id)
    if not payouts.is_open(payout):
        raise Refused(reason="ended")
    transfer = work.session.get(BankTransfer, payout_id)
    if transfer is None and all(one.payout.id != payout_id for one in queries.to_send(work)):
        raise NotFound()
    if transfer is not None and payout.state == PaymentState.CREATED:
        raise Refused(reason="in_file")
    state = PaymentState.CANCELLED if transfer is None else PaymentState.FAILED
    payouts.advance(work, payout, state, reason="finance")
    _note(work, actor, payout, "payout.put_back")


def _require(work: Work, actor: Actor) -> int:
    by = access.require_finance_checked(work, actor)
    locks.bank_account(work, LOCK)
    return by


def _lock_waiting(work: Work) -> list[Destination]:
    known = [one for one in queries.to_send(work) if one.iban]
    locks.accounts(work, sorted({one.payout.account_id for one in known}))
    for one in known:
        work.session.refresh(one.payout)
    return [one for one in known if one.payout.state == PaymentState.CREATED]


def _order(work: Work, seller: Party, found: Sequence[Destination]) -> TransferOrder:
    transfers = [
        OutgoingTransfer(
            f"TERUG-{one.payout.id}-{secrets.token_hex(4)}".upper(), one.payout.amount_cents, one.name, one.iban,
            descriptions.overpaid(seller.name, one.language),
        )
        for one in found
    ]  # fmt: skip
    today = local_day(work.now)
    message_id = f"VOLDAAN-{today:%Y%m%d}-{secrets.token_hex(5)}".upper()
    return TransferOrder(message_id, work.now, add_bank_days(today, 1), seller.name, seller.iban, transfers)


def _file(work: Work, file_id: int) -> TransferFile:
    file = work.session.get(TransferFile, file_id, populate_existing=True)
    if file is None:
        raise NotFound()
    return file


def _open_file(work: Work, file_id: int) -> TransferFile:
    file = _file(work, file_id)
    if file.handed_out_at is not None or file.dropped_at is not None:
        raise Refused(reason="handed_out" if file.handed_out_at else "dropped")
    return file


def _payouts_of(work: Work, file_id: int) -> Sequence[Payout]:
    """The payouts in a file, locked with their accounts."""
    within = select(Payout).join(BankTransfer, col(BankTransfer.payout_id) == col(Payout.id))
    rows = within.where(BankTransfer.file_id == file_id).order_by(col(Payout.id))
    locks.accounts(work, sorted({payout.account_id for payout in work.session.exec(rows)}))
    return work.session.exec(rows.execution_options(populate_existing=True)).all()


def _note(work: Work, actor: Actor, payout: Payout, action: str) -> None:
    audit.record(
        work, actor, action, chain=audit.of_account(payout.account_id), subject=f"payout:{payout.id}",
        cents=payout.amount_cents,
    )  # fmt: skip
