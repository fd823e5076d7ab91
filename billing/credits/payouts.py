"""Money on its way back: set apart in the journal first, so that nobody can spend it too; the gateway is asked later.

The caller has locked the account. A payout that fails puts the money back where it was taken from.
"""

import secrets

from billing import audit, outbox
from billing.access import Actor
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.credits import lots
from billing.credits.tables import CreditLot, Payout
from billing.db import Work
from billing.errors import Refused
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount, Line
from billing.outbox import Task
from billing.ports import AccountMailKind
from billing.states import OPEN_STATES, PaymentState, move


def pay_out(work: Work, actor: Actor, lot: CreditLot, cents: int) -> Payout:
    """Set apart a part of a lot, to go back through the payment its money came in with.

    Raises Refused when there is no such payment, or less than that was paid with it or is left.
    """
    found = lots.origin(work, lot)
    if found is None or not 0 < cents <= min(lot.left_cents, found[1]):
        raise Refused(reason="payout_exceeds", most_cents=min(lot.left_cents, found[1]) if found else 0)
    payout = _ask(work, actor, account_id=lot.account_id, payment_id=found[0], lot=lot, cents=cents)
    _send(work, payout)
    lots.change(work, lot, -cents)
    return payout


def send_back(work: Work, actor: Actor, *, account_id: int, payment_id: int, cents: int) -> Payout:
    """Set apart what was paid too much with a payment. Raises Refused when it was less.

    It goes back the way it came: through the gateway, or by a transfer from our bank, which takes people.
    """
    by_bank = not lots.came_by_gateway(work, payment_id)
    left_cents = unallocated_cents(work, payment_id)
    if not 0 < cents <= (left_cents if by_bank else min(left_cents, lots.held_cents(work, payment_id))):
        raise Refused(reason="payout_exceeds")
    payout = _ask(work, actor, account_id=account_id, payment_id=payment_id, lot=None, cents=cents)
    if not by_bank:
        _send(work, payout)
    return payout


def unallocated_cents(work: Work, payment_id: int) -> int:
    """What came in with a payment and has no purpose yet."""
    return -ledger.balance(work, LedgerAccount.UNALLOCATED, payment_id=payment_id)


def is_open(payout: Payout) -> bool:
    """Whether the money is still set apart."""
    return payout.state in OPEN_STATES


def shrink(work: Work, payout: Payout, most_cents: int) -> None:
    """The gateway can send back no more than this: the rest goes where it was taken from."""
    too_much = payout.amount_cents - most_cents
    if too_much > 0:
        _put_back(work, payout, too_much, "shrunk")
        payout.amount_cents = most_cents
        work.session.add(payout)


def advance(work: Work, payout: Payout, target: PaymentState, *, reason: str = "") -> None:
    """Move a payout on; one that ends without money puts it back and tells the owner. A repeated word changes nothing.

    Raises IllegalMove.
    """
    old = PaymentState(payout.state)
    if old is target:
        return
    payout.state, payout.reason = move(old, target).value, reason[:200]
    if target not in OPEN_STATES:
        payout.next_check_at = None
        if target is not PaymentState.SUCCEEDED:
            _put_back(work, payout, payout.amount_cents, "undone")
            _tell(work, payout, AccountMailKind.PAYOUT_FAILED)
    work.session.add(payout)
    accounts.bump_version(work, payout.account_id)


def take_again(work: Work, payout: Payout) -> bool:
    """Money that was believed not to have gone did go: set it apart again, if it is still there."""
    if payout.credit_lot_id is None:
        if unallocated_cents(work, payout.payment_id) < payout.amount_cents:
            return False
    else:
        lot = lots.get(work, payout.credit_lot_id)
        if lot.left_cents < payout.amount_cents:
            return False
        lots.change(work, lot, -payout.amount_cents)
    _post(work, payout, EntryKind.PAYOUT_ASKED, "again", _lines(payout, payout.amount_cents))
    return True


def _ask(work: Work, actor: Actor, *, account_id: int, payment_id: int, lot: CreditLot | None, cents: int) -> Payout:
    payout = Payout(
        account_id=account_id, payment_id=payment_id, credit_lot_id=lot.id if lot else None,
        token=secrets.token_urlsafe(24), amount_cents=cents, state=PaymentState.CREATED.value,
        asked_by=actor.user_id, asked_by_name=actor.name, created_at=work.now,
    )  # fmt: skip
    work.session.add(payout)
    work.flush()
    _post(work, payout, EntryKind.PAYOUT_ASKED, "asked", _lines(payout, cents))
    audit.record(
        work, actor, "payout.asked", chain=audit.of_account(account_id), subject=f"payout:{payout.id}", cents=cents,
        source=lot.label or lot.source if lot else "overpaid",
    )  # fmt: skip
    _tell(work, payout, AccountMailKind.PAYOUT_ASKED)
    accounts.bump_version(work, account_id)
    return payout


def _send(work: Work, payout: Payout) -> None:
    outbox.put(work, Task.PAY_OUT, f"payout:{payout.id}", payout_id=payout.id, account_id=payout.account_id)


def _put_back(work: Work, payout: Payout, cents: int, what: str) -> None:
    if payout.credit_lot_id is not None:
        lots.change(work, lots.get(work, payout.credit_lot_id), cents)
    _post(work, payout, EntryKind.PAYOUT_UNDONE, what, rules.mirrored(_lines(payout, cents)))


def _lines(payout: Payout, cents: int) -> tuple[Line, ...]:
    return rules.payout_asked(
        account_id=payout.account_id, payment_id=payout.payment_id, credit_lot_id=payout.credit_lot_id, cents=cents
    )


def _post(work: Work, payout: Payout, kind: EntryKind, what: str, lines: tuple[Line, ...]) -> None:
    ledger.post(work, kind, f"payout:{payout.id}:{what}", lines, occurred_on=local_day(work.now))


def _tell(work: Work, payout: Payout, kind: AccountMailKind) -> None:
    facts = {"by": payout.asked_by_name, "cents": str(payout.amount_cents)}
    notices.to_owner(work, payout.account_id, kind, facts)
