"""Deciding what lines are for: everything they may touch is locked first, then the rules are asked, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from billing import audit, locks
from billing.access import SYSTEM
from billing.bank import booking, known, matching
from billing.bank.matching import BankRules, KnownInvoice, Proposal, Rule
from billing.bank.refunds.tables import BankTransfer
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.money import MAX_CENTS
from billing.payments.tables import Payment


class Known:
    """What some lines may be about: invoices found by number, reference or customer; customers by their accounts.

    lines: what each says, by its id. invoices: those that may be paid, with what is open on them by now. same: by
    amount, invoices of anybody on which exactly this is open; these are not locked.
    """

    same: Mapping[int, Sequence[KnownInvoice]]

    def __init__(
        self, lines: Mapping[int, matching.Line], named: Sequence[KnownInvoice], open_: Sequence[KnownInvoice],
        invoices: Mapping[int, Invoice],
    ) -> None:  # fmt: skip
        self.lines, self.invoices, self.same = lines, invoices, {}
        self._named = {name: one for one in named for name in (one.number, one.reference)}
        self._open: dict[int, list[KnownInvoice]] = {}
        for one in open_:
            self._open.setdefault(one.account_id, []).append(one)

    def of_line(
        self, line: matching.Line
    ) -> tuple[Sequence[KnownInvoice], Sequence[KnownInvoice], Sequence[KnownInvoice]]:
        """Invoices named in it, and the open ones of its payer, with what is open on them by now; and those of its
        amount."""
        theirs = [self._now(one) for payer in sorted(line.payers) for one in self._open.get(payer, ())]
        of_payer = [one for one in theirs if one.open_cents]
        return self.named(line), of_payer, self.same.get(line.cents, ())

    def named(self, line: matching.Line) -> list[KnownInvoice]:
        """Invoices named in it, with what is open on them by now."""
        named = {one.invoice_id: self._now(one) for one in map(self._named.get, line.names) if one}
        return [named[invoice_id] for invoice_id in sorted(named)]

    def _now(self, invoice: KnownInvoice) -> KnownInvoice:
        return replace(invoice, open_cents=self.invoices[invoice.invoice_id].open_cents)


def decide(work: Work, lines: Sequence[BankLine], new: Sequence[BankLine], rules: BankRules) -> dict[int, Rule]:
    """Match every line that is certain; new ones that are not begin to wait. Returns by line what its match follows
    from.

    lines: as objects or as plain rows, all of one bank account, which the caller has locked.
    """
    returns = {line.id: known.returned(work, line) for line in lines if _may_return(line)}
    refunds = known.refunds(work, lines)
    about = _lock(work, lines, returns, refunds)
    new_ids, matches = {line.id for line in new}, {}
    for line in lines:
        is_new = line.id in new_ids
        rule = _decide(work, line, about, returns.get(line.id, []), refunds, rules, is_new=is_new)
        if rule is not None:
            matches[line.id or 0] = rule
        elif is_new:
            booking.wait(work, line)
    return matches


def proposal(line: BankLine, about: Known, rules: BankRules) -> Proposal | None:
    """What a line that came in is most likely for."""
    if line.cents <= 0 or is_of_gateway(line, rules):
        return None
    said = about.lines[line.id or 0]
    return matching.propose(said, *about.of_line(said), by_iban=rules.by_iban)


def is_of_gateway(line: BankLine, rules: BankRules) -> bool:
    """Whether the other party is the payment gateway: what it pays out is never one customer's."""
    return line.other_iban in rules.gateway_ibans or "buckaroo" in line.name.lower()


def about_lines(work: Work, lines: Sequence[BankLine]) -> Known:
    """What some lines may be about, without a lock; to be shown."""
    payers = known.payers(work, {line.other_iban for line in lines})
    said = _said(lines, payers)
    named = known.named(work, said.values())
    open_ = known.open_of(work, {account_id for ids in payers.values() for account_id in ids})
    invoices = {one.invoice_id: work.session.get_one(Invoice, one.invoice_id) for one in (*named, *open_)}
    about = Known(said, named, open_, invoices)
    about.same = known.open_with(work, {line.cents for line in lines})
    return about


def _said(lines: Sequence[BankLine], payers: Mapping[str, set[int]]) -> dict[int, matching.Line]:
    return {line.id or 0: known.facts(line, payers.get(line.other_iban, ())) for line in lines}


def _lock(
    work: Work, lines: Sequence[BankLine], returns: dict[int | None, list[tuple[BankMatch, Payment]]],
    refunds: dict[str, tuple[BankTransfer, int]],
) -> Known:  # fmt: skip
    payers = known.payers(work, {line.other_iban for line in lines if line.cents > 0})
    said = _said(lines, payers)
    named = known.named(work, said.values())
    account_ids = {one.account_id for one in named} | {one for ids in payers.values() for one in ids}
    account_ids |= {payment.account_id for found in returns.values() for _, payment in found}
    account_ids |= {account_id for _, account_id in refunds.values()}
    locks.account_rows(work, sorted(account_ids))
    audit.load_chains(work, [audit.of_account(account_id) for account_id in sorted(account_ids)])
    # What was open before the lock may just have changed; whose an invoice is never does.
    open_ = known.open_of(work, {one for ids in payers.values() for one in ids})
    invoices = locks.invoices(work, sorted({one.invoice_id for one in (*named, *open_)}))
    about = Known(said, named, open_, invoices)
    unsure = {line.cents for line in said.values() if matching.hangs_on_amount(line, about.named(line))}
    about.same = known.open_with(work, unsure)
    return about


def _decide(
    work: Work, line: BankLine, about: Known, returns: list[tuple[BankMatch, Payment]],
    refunds: dict[str, tuple[BankTransfer, int]], rules: BankRules, *, is_new: bool,
) -> Rule | None:  # fmt: skip
    if line.other_iban and line.other_iban in rules.gateway_ibans:
        return booking.not_of_customers(work, SYSTEM, line, Purpose.GATEWAY, Rule.GATEWAY, is_new=is_new)
    if _may_return(line):
        if len(returns) != 1:
            return None
        return booking.returned(work, SYSTEM, line, returns[0][1], Rule.RETURN, is_new=is_new)
    if line.cents < 0 and line.end_to_end_id in refunds:
        transfer, _ = refunds[line.end_to_end_id]
        return booking.refunded(work, SYSTEM, line, transfer, Rule.REFUND, is_new=is_new)
    if line.cents <= 0:
        return booking.not_of_customers(work, SYSTEM, line, Purpose.OTHER, Rule.OUTGOING, is_new=is_new)
    found = proposal(line, about, rules)
    if found is None or not found.is_certain or line.cents > MAX_CENTS:
        return None
    meant_for = [about.invoices[invoice_id] for invoice_id in found.invoice_ids]
    return booking.receipt(work, SYSTEM, line, found.rule, found.account_id, meant_for, is_new=is_new)


def _may_return(line: BankLine) -> bool:
    return line.cents < 0 and bool(line.return_reason or line.is_reversal)
