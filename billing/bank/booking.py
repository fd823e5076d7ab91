"""Writing down what a bank line is for, in the journal and beside it; and taking that back.

The caller has locked the bank account, the customer's account, and the invoices.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import func, select

from billing import audit
from billing.access import Actor
from billing.accounts import service as accounts
from billing.bank.matching import Rule
from billing.bank.refunds.tables import BankTransfer
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.credits import payouts
from billing.credits.tables import Payout
from billing.db import Work
from billing.errors import Refused
from billing.inserting import insert_rows
from billing.invoices.tables import Invoice
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.payments import direct, returns
from billing.payments.attempts import Attempt, lock_attempt
from billing.payments.returns import Taken
from billing.payments.tables import Payment
from billing.states import PaymentState

_INTO = {Purpose.GATEWAY: LedgerAccount.GATEWAY_CLEARING, Purpose.OTHER: LedgerAccount.BANK_OTHER}
_KINDS = {Purpose.GATEWAY: EntryKind.GATEWAY_PAID_OUT, Purpose.OTHER: EntryKind.BANK_OTHER}


def wait(work: Work, line: BankLine) -> None:
    """A new line of which nobody knows yet what it is for."""
    lines = rules.bank_line(out_of=LedgerAccount.BANK, into=LedgerAccount.UNALLOCATED, cents=line.cents)
    ledger.post(work, EntryKind.BANK_UNMATCHED, first_key(line), lines, occurred_on=line.value_on)


def receipt(
    work: Work, actor: Actor, line: BankLine, rule: Rule, account_id: int, meant_for: Sequence[Invoice], *, is_new: bool
) -> Rule:
    """A customer's payment of these invoices; is_new: the line is not in the journal yet."""
    key, through = _entry(work, line, is_new=is_new)
    payment_id = direct.receive(
        work, actor, account_id=account_id, meant_for=meant_for, cents=line.cents, on=line.value_on, key=key,
        through=through, paid_by=line.name,
    )  # fmt: skip
    return _match(work, actor, line, Purpose.RECEIPT, rule, key, payment_id)


def returned(
    work: Work, actor: Actor, line: BankLine, payment: Payment, rule: Rule, *, is_new: bool
) -> Rule | None:  # fmt: skip
    """A receipt that went back; None when less than that is left of it. What left beyond it, the bank kept as costs."""
    key, through = _entry(work, line, is_new=is_new)
    attempt = lock_attempt(work, payment.id or 0, payment.account_id)
    cents = min(-line.cents, payment.amount_cents)
    taken = Taken(key, EntryKind.MONEY_RETURNED, line.value_on, through)
    if returns.take_back(work, attempt, cents, taken) is None:
        return None
    costs_cents = line.cents + cents
    if costs_cents:
        costs = rules.bank_line(out_of=through, into=LedgerAccount.BANK_OTHER, cents=costs_cents)
        ledger.post(work, EntryKind.BANK_OTHER, f"{key}:costs", costs, occurred_on=line.value_on)
    _note(work, actor, attempt, "payment.returned", cents)
    return _match(work, actor, line, Purpose.RETURN, rule, key, payment.id)


def refunded(
    work: Work, actor: Actor, line: BankLine, transfer: BankTransfer, rule: Rule, *, is_new: bool
) -> Rule | None:  # fmt: skip
    """A transfer of ours that left; None when it is not for what it should be, or nobody knows what it is made of."""
    payout = work.session.get_one(Payout, transfer.payout_id, populate_existing=True)
    if payout.amount_cents != -line.cents or transfer.match_id is not None:
        return None
    if not payouts.is_open(payout) and not payouts.take_again(work, payout):
        return None
    key, through = _entry(work, line, is_new=is_new)
    lines = rules.payout_made(
        account_id=payout.account_id, payment_id=payout.payment_id, cents=payout.amount_cents, through=through
    )
    ledger.post(work, EntryKind.MONEY_RETURNED, key, lines, occurred_on=line.value_on)
    payouts.advance(work, payout, PaymentState.SUCCEEDED)
    _match(work, actor, line, Purpose.REFUND, rule, key, None)
    work.flush()
    transfer.match_id = work.session.exec(select(BankMatch.id).where(BankMatch.source_key == key)).one()
    work.session.add(transfer)
    chain, subject = audit.of_account(payout.account_id), f"payout:{payout.id}"
    audit.record(work, actor, "payout.made", chain=chain, subject=subject, cents=payout.amount_cents)
    return rule


def not_of_customers(work: Work, actor: Actor, line: BankLine, purpose: Purpose, rule: Rule, *, is_new: bool) -> Rule:
    """A payout of the gateway, or something that has nothing to do with customers."""
    key, out_of = _entry(work, line, is_new=is_new)
    if line.cents:
        lines = rules.bank_line(out_of=out_of, into=_INTO[purpose], cents=line.cents)
        ledger.post(work, _KINDS[purpose], key, lines, occurred_on=line.value_on)
    return _match(work, actor, line, purpose, rule, key, None)


def undo(work: Work, actor: Actor, line: BankLine, match: BankMatch) -> None:
    """Let a line wait again, by an entry that counters the match.

    Raises Refused: `used` when the money has been spent or has gone back since, `return` for what went back, be it by
    the bank or by us.
    """
    key = f"bank_undo:{match.id}"
    if match.purpose in {Purpose.RETURN, Purpose.REFUND}:
        raise Refused(reason="return")
    if match.payment_id is not None:
        _undo_receipt(work, actor, line, match.payment_id, key)
    elif line.cents:
        out_of = _INTO[Purpose(match.purpose)]
        lines = rules.bank_line(out_of=out_of, into=LedgerAccount.UNALLOCATED, cents=line.cents)
        ledger.post(work, EntryKind.MATCH_UNDONE, key, lines, occurred_on=line.value_on)
    match.undone_at, match.undone_by_name = work.now, actor.name
    work.session.add(match)
    work.flush()


def first_key(line: BankLine) -> str:
    """The name of the entry with which a line comes into the journal."""
    return f"bank:{line.key}"


def _undo_receipt(work: Work, actor: Actor, line: BankLine, payment_id: int, key: str) -> None:
    account_id = work.session.get_one(Payment, payment_id).account_id
    attempt = lock_attempt(work, payment_id, account_id)
    taken = Taken(key, EntryKind.MATCH_UNDONE, line.value_on, LedgerAccount.UNALLOCATED)
    if returns.take_back(work, attempt, line.cents, taken) is None:
        raise Refused(reason="used")
    _note(work, actor, attempt, "payment.unmatched", line.cents)


def _entry(work: Work, line: BankLine, *, is_new: bool) -> tuple[str, LedgerAccount]:
    """The name of the entry to come, and where the money is now."""
    if is_new:
        return first_key(line), LedgerAccount.BANK
    before = work.session.exec(select(func.count()).where(BankMatch.line_id == line.id)).one()
    return f"{first_key(line)}:{before + 1}", LedgerAccount.UNALLOCATED


def _match(
    work: Work, actor: Actor, line: BankLine, purpose: Purpose, rule: Rule, key: str, payment_id: int | None
) -> Rule:
    """Write down that a line is matched; the rule is given back."""
    work.defer(_write_matches, {
        "line_id": line.id, "purpose": purpose.value, "rule": rule.value, "payment_id": payment_id, "source_key": key,
        "matched_by": actor.user_id, "matched_by_name": actor.name, "matched_at": work.now, "undone_by_name": "",
    })  # fmt: skip
    return rule


def _write_matches(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, BankMatch, rows)


def _note(work: Work, actor: Actor, attempt: Attempt, action: str, cents: int) -> None:
    payment = attempt.payment
    audit.record(
        work, actor, action, chain=audit.of_account(payment.account_id), subject=f"payment:{payment.id}", cents=cents
    )
    accounts.bump_version(work, payment.account_id)
