"""What a customer decides about money that is too much: keep it as credits, or have it back."""

from sqlmodel import select

from billing import access, audit, locks
from billing.access import Actor, Permission
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.credits import lots, payouts
from billing.credits.tables import CreditLot, LotSource, Payout
from billing.db import Work
from billing.errors import NotFound, NothingOverpaid, Refused
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import Posting
from billing.ports import AccountMailKind


def keep_as_credits(work: Work, actor: Actor, account_id: int, payment_id: int) -> None:
    """What was paid too much with a payment becomes credits.

    Raises NotFound, NotAllowed, CheckNeeded, or NothingOverpaid when somebody chose before.
    """
    allowed = access.require_checked(work, actor, Permission.CREDITS_CHOOSE, account_id)
    locks.account(work, allowed)
    keep(work, actor, allowed, payment_id)


def keep(work: Work, actor: Actor, account_id: int, payment_id: int) -> None:
    """The same for an account that the caller has locked, and in which the actor may decide.

    Raises NotFound, or NothingOverpaid.
    """
    cents = _overpaid(work, account_id, payment_id)
    lot = lots.add(work, account_id=account_id, source=LotSource.OVERPAYMENT, cents=cents, payment_id=payment_id)
    lines = rules.overpayment_kept(account_id=account_id, payment_id=payment_id, credit_lot_id=lot.id or 0, cents=cents)
    ledger.post(work, EntryKind.OVERPAYMENT_KEPT, f"lot:{lot.id}", lines, occurred_on=local_day(work.now))
    chain = audit.of_account(account_id)
    audit.record(work, actor, "overpayment.kept", chain=chain, subject=f"payment:{payment_id}", cents=cents)
    notices.to_owner(work, account_id, AccountMailKind.OVERPAYMENT_KEPT, {"by": actor.name, "cents": str(cents)})
    accounts.bump_version(work, account_id)


def send_back(work: Work, actor: Actor, account_id: int, payment_id: int) -> Payout:
    """What was paid too much with a payment goes back to where it came from.

    Raises NotFound, NotAllowed, CheckNeeded, or NothingOverpaid when somebody chose before.
    """
    allowed = access.require_checked(work, actor, Permission.CREDITS_CHOOSE, account_id)
    locks.account(work, allowed)
    cents = _overpaid(work, allowed, payment_id)
    return payouts.send_back(work, actor, account_id=allowed, payment_id=payment_id, cents=cents)


def pay_out(work: Work, actor: Actor, account_id: int, lot_id: int) -> Payout:
    """Pay out what is left of credits, at most what came in with the payment they are of.

    Raises NotFound, NotAllowed, CheckNeeded, or Refused when there is nothing (any more) that could be paid out.
    """
    allowed = access.require_checked(work, actor, Permission.CREDITS_CHOOSE, account_id)
    locks.account(work, allowed)
    own = select(CreditLot.id).where(CreditLot.id == lot_id, CreditLot.account_id == allowed)
    if work.session.exec(own).first() is None:
        raise NotFound()
    lot = lots.get(work, lot_id)
    cents = payable_cents(work, lot)
    if not cents:
        raise Refused(reason="nothing_to_pay_out")
    return payouts.pay_out(work, actor, lot, cents)


def payable_cents(work: Work, lot: CreditLot) -> int:
    """How much of a lot can go back through the payment it is of; 0 when it stays as credits."""
    found = lots.origin(work, lot)
    return min(lot.left_cents, found[1]) if found else 0


def _overpaid(work: Work, account_id: int, payment_id: int) -> int:
    own = select(Posting.id).where(
        Posting.account_id == account_id, Posting.payment_id == payment_id,
        Posting.ledger_account == LedgerAccount.UNALLOCATED.value,
    )  # fmt: skip
    if work.session.exec(own.limit(1)).first() is None:
        raise NotFound()
    cents = payouts.unallocated_cents(work, payment_id)
    if cents <= 0:
        raise NothingOverpaid()
    return cents
