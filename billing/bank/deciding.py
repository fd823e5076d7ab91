"""Deciding what lines are for: everything they may touch is locked first, then the rules are asked, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from billing import audit, locks
from billing.access import SYSTEM
from billing.bank import booking, known, matching
from billing.bank.matching import BankRules, KnownInvoice, Proposal, Rule
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.money import MAX_CENTS
from billing.payments.tables import Payment


@dataclass(frozen=True)
class Known:
    """What some lines may be about, locked. payers: customers by the accounts that they paid from. same: by amount,
    the invoices of everybody on which exactly this is open; these are not locked."""

    invoices: dict[int, Invoice]
    named: tuple[KnownInvoice, ...]
    open: tuple[KnownInvoice, ...]
    payers: dict[str, set[int]]
    same: dict[int, list[KnownInvoice]]

    def of_line(self, line: BankLine) -> tuple[list[KnownInvoice], list[KnownInvoice], list[KnownInvoice]]:
        """Invoices named in it, and the open ones of its payer, with what is open on them by now; and those of its
        amount."""
        payers = self.payers.get(line.other_iban, set())
        theirs = [one for one in self.open if one.account_id in payers]
        named, of_payer = map(self._now, self.named), map(self._now, theirs)
        return list(named), [one for one in of_payer if one.open_cents], self.same.get(line.cents, [])

    def _now(self, invoice: KnownInvoice) -> KnownInvoice:
        facts = vars(invoice) | {"open_cents": self.invoices[invoice.invoice_id].open_cents}
        return KnownInvoice(**facts)


def decide(work: Work, lines: Sequence[BankLine], new: Sequence[BankLine], rules: BankRules) -> list[BankMatch]:
    """Match every line that is certain; new ones that are not begin to wait. Returns the matches that were made."""
    returns = {line.id: known.returned(work, line) for line in lines if _may_return(line)}
    about = _lock(work, lines, returns)
    new_ids, matches = {line.id for line in new}, []
    for line in lines:
        is_new = line.id in new_ids
        match = _decide(work, line, about, returns.get(line.id, []), rules, is_new=is_new)
        if match is not None:
            matches.append(match)
        elif is_new:
            booking.wait(work, line)
    return matches


def proposal(line: BankLine, about: Known, rules: BankRules) -> Proposal | None:
    """What a line that came in is most likely for."""
    if line.cents <= 0 or is_of_gateway(line, rules):
        return None
    facts = known.facts(line, about.payers.get(line.other_iban, ()))
    return matching.propose(facts, *about.of_line(line), by_iban=rules.by_iban)


def is_of_gateway(line: BankLine, rules: BankRules) -> bool:
    """Whether the other party is the payment gateway: what it pays out is never one customer's."""
    return line.other_iban in rules.gateway_ibans or "buckaroo" in line.name.lower()


def about_lines(work: Work, lines: Sequence[BankLine]) -> Known:
    """What some lines may be about, without a lock; to be shown."""
    named = known.named(work, lines)
    payers = known.payers(work, {line.other_iban for line in lines})
    open_ = known.open_of(work, {account_id for ids in payers.values() for account_id in ids})
    invoices = {one.invoice_id: work.session.get_one(Invoice, one.invoice_id) for one in (*named, *open_)}
    return Known(invoices, tuple(named), tuple(open_), payers, known.open_with(work, lines))


def _lock(work: Work, lines: Sequence[BankLine], returns: dict[int | None, list[tuple[BankMatch, Payment]]]) -> Known:
    named = known.named(work, lines)
    payers = known.payers(work, {line.other_iban for line in lines if line.cents > 0})
    account_ids = {one.account_id for one in named} | {one for ids in payers.values() for one in ids}
    account_ids |= {payment.account_id for found in returns.values() for _, payment in found}
    locks.accounts(work, sorted(account_ids))
    audit.load_chains(work, [audit.of_account(account_id) for account_id in sorted(account_ids)])
    # Read again under the lock: what is open may just have changed.
    named = known.named(work, lines)
    open_ = known.open_of(work, {one for ids in payers.values() for one in ids})
    invoices = locks.invoices(work, sorted({one.invoice_id for one in (*named, *open_)}))
    return Known(invoices, tuple(named), tuple(open_), payers, known.open_with(work, lines))


def _decide(
    work: Work, line: BankLine, about: Known, returns: list[tuple[BankMatch, Payment]], rules: BankRules, *,
    is_new: bool,
) -> BankMatch | None:  # fmt: skip
    if line.other_iban and line.other_iban in rules.gateway_ibans:
        return booking.not_of_customers(work, SYSTEM, line, Purpose.GATEWAY, Rule.GATEWAY, is_new=is_new)
    if _may_return(line):
        return booking.returned(work, SYSTEM, line, returns[0][1], is_new=is_new) if len(returns) == 1 else None
    if line.cents <= 0:
        return booking.not_of_customers(work, SYSTEM, line, Purpose.OTHER, Rule.OUTGOING, is_new=is_new)
    found = proposal(line, about, rules)
    if found is None or not found.is_certain or line.cents > MAX_CENTS:
        return None
    meant_for = [about.invoices[invoice_id] for invoice_id in found.invoice_ids]
    return booking.receipt(work, SYSTEM, line, found.rule, found.account_id, meant_for, is_new=is_new)


def _may_return(line: BankLine) -> bool:
    return line.cents < 0 and bool(line.return_reason or line.is_reversal)
