"""What a bank line is for, from plain facts. Pure. An amount or a name alone never decides.

A proposal that is certain is booked by itself; the others wait for a person.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from stdnum import iso11649

# Ours are made of the numbers of our invoices, and of nothing else.
_OURS = r"RF\d{2}(20\d{2})(\d{4,9})"
_REFERENCE = re.compile(f"(?=({_OURS}))")
_SHORTEST = len("RF0020260001")
_NUMBER = re.compile(r"(?<!\d)(20\d{2})[-/. ]?(\d{4,9})(?!\d)")


class Rule(StrEnum):
    """What a match follows from, the surest first.

    REFERENCE, END_TO_END: our RF reference, in the text or in the payer's own name of the transfer. NUMBER, NUMBERS:
    invoice numbers, with exactly what is open on them; a single one from who paid before, or when nobody else has to
    pay as much. IBAN, IBAN_ALL: an account that this customer paid from before, with exactly what is open on one
    invoice, or on all. AMOUNT: one invoice in the whole house has it.
    REFUND: our own name of a transfer that we sent.
    """

    REFERENCE = "reference"
    END_TO_END = "end_to_end"
    NUMBER = "number"
    NUMBERS = "numbers"
    IBAN = "iban"
    IBAN_ALL = "iban_all"
    AMOUNT = "amount"
    GATEWAY = "gateway"
    RETURN = "return"
    OUTGOING = "outgoing"
    REFUND = "refund"
    PERSON = "person"


@dataclass(frozen=True)
class BankRules:
    """What the company has decided. ibans: its own accounts. gateway_ibans: from which the gateway pays out.

    by_iban: whether a known account with an exact amount is enough to book by itself. two_people_from_cents: what a
    file of outgoing transfers comes to when one person can no longer approve it alone.
    """

    ibans: frozenset[str] = frozenset()
    gateway_ibans: frozenset[str] = frozenset()
    by_iban: bool = False
    two_people_from_cents: int = 100_000


@dataclass(frozen=True)
class Line:
    """What is looked at of a line that came in. payers: customers who paid from the same account before."""

    cents: int
    text: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    payers: frozenset[int] = frozenset()

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every invoice number that stands anywhere in it."""
        return numbers(" ".join((self.text, self.reference, self.end_to_end_id)))

    @cached_property
    def quotes(self) -> tuple[tuple[Rule, frozenset[str]], ...]:
        """Our references in it, where they count most first."""
        return (
            (Rule.REFERENCE, only_reference(self.reference)), (Rule.REFERENCE, references(self.text)),
            (Rule.END_TO_END, only_reference(self.end_to_end_id)),
        )  # fmt: skip

    @property
    def names(self) -> frozenset[str]:
        """All that an invoice can be named by: numbers and references."""
        return self.numbers.union(*(found for _, found in self.quotes))

    @property
    def wanted(self) -> frozenset[str]:
        """The numbers of the invoices that it may name, those behind references among them."""
        behind = (re.fullmatch(_OURS, reference) for _, found in self.quotes for reference in found)
        return self.numbers.union(_number(match) for match in behind if match)


@dataclass(frozen=True)
class KnownInvoice:
    """An invoice that a line may be for. due_on decides who is paid first."""

    invoice_id: int
    account_id: int
    number: str
    reference: str
    open_cents: int
    due_on: date


@dataclass(frozen=True)
class Proposal:
    """Which invoices of one account a line pays, the oldest first."""

    rule: Rule
    account_id: int
    invoice_ids: tuple[int, ...]
    is_certain: bool


def references(text: str) -> frozenset[str]:
    """Every RF reference of ours that a text may hold, however it is spaced or what follows it.

    >>> sorted(references("betaling RF31 2026 0001 dank"))
    ['RF3120260001']
    """
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    runs = (match[1] for match in _REFERENCE.finditer(compact))
    prefixes = {run[:length] for run in runs for length in range(_SHORTEST, len(run) + 1)}
    return frozenset(prefix for prefix in prefixes if iso11649.is_valid(prefix))


def only_reference(field: str) -> frozenset[str]:
    """The RF reference that fills a field of its own; every one of ours that it may hold when it is not that.

    Of long references a beginning is often one too, by chance: every ninety-seventh time.

    >>> sorted(only_reference("RF13 2026 10043")), sorted(references("RF13 2026 10043"))
    (['RF13202610043'], ['RF1320261004', 'RF13202610043'])
    """
    compact = "".join(field.upper().split())
    return frozenset({compact}) if iso11649.is_valid(compact) else references(field)


def numbers(text: str) -> frozenset[str]:
    """Every invoice number that a text may hold.

    >>> sorted(numbers("facturen 2026-0001 en 20260002"))
    ['2026-0001', '2026-0002']
    """
    return frozenset(map(_number, _NUMBER.finditer(text)))


def propose(line: Line, named: Sequence[KnownInvoice], of_payer: Sequence[KnownInvoice],
            of_amount: Sequence[KnownInvoice], *, by_iban: bool) -> Proposal | None:  # fmt: skip
    """What a line that came in is most likely for; None when nothing speaks for anything.

    named: invoices whose number or reference stands in it. of_payer: all open ones of customers who paid from this
    account before. of_amount: those that ask for exactly this, at least one of the first and one of the last customer.
    """
    return (
        _by_reference(line, named)
        or _by_number(line, named, of_amount)
        or _by_payer(line, of_payer, by_iban=by_iban)
        or _single(Rule.AMOUNT, of_amount, is_certain=False)
    )


def hangs_on_amount(line: Line, named: Sequence[KnownInvoice]) -> bool:
    """Whether it counts who else has to pay exactly this: only for a number, which is so soon mistyped."""
    return bool(line.numbers) and not line.payers and _by_reference(line, named) is None


def _number(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}"


def _by_reference(line: Line, named: Sequence[KnownInvoice]) -> Proposal | None:
    """Who quotes one reference pays that invoice, be it in part or too much; several have to be exact."""
    for rule, found in line.quotes:
        quoted = [invoice for invoice in named if invoice.reference in found]
        if quoted:
            return _of_one_account(rule, quoted, is_certain=len(quoted) == 1 or _is_exact(line, quoted))
    return None


def _by_number(line: Line, named: Sequence[KnownInvoice], of_amount: Sequence[KnownInvoice]) -> Proposal | None:
    quoted = [invoice for invoice in named if invoice.number in line.numbers]
    if not quoted:
        return None
    exact = [invoice for invoice in quoted if invoice.open_cents == line.cents]
    if len(quoted) > 1 and len(exact) == 1 and not _is_exact(line, quoted):
        # Dates and customer numbers look like invoice numbers, too; a person tells them apart.
        return _of_one_account(Rule.NUMBER, exact, is_certain=False)
    if len(quoted) > 1:
        return _of_one_account(Rule.NUMBERS, quoted, is_certain=_is_exact(line, quoted))
    is_certain = _is_exact(line, quoted) and _may_pay(line, quoted[0].account_id, of_amount)
    return _single(Rule.NUMBER, quoted, is_certain=is_certain)


def _may_pay(line: Line, account_id: int, of_amount: Sequence[KnownInvoice]) -> bool:
    """A number has no check digits: one digit off, it is somebody else's invoice, and many are of the same price."""
    if line.payers:
        return account_id in line.payers
    return all(invoice.account_id == account_id for invoice in of_amount)


def _by_payer(line: Line, of_payer: Sequence[KnownInvoice], *, by_iban: bool) -> Proposal | None:
    if len({invoice.account_id for invoice in of_payer}) != 1:
        return None
    exact = [invoice for invoice in of_payer if invoice.open_cents == line.cents]
    if len(exact) == 1:
        return _single(Rule.IBAN, exact, is_certain=by_iban)
    is_all = _is_exact(line, of_payer)
    return _of_one_account(Rule.IBAN_ALL, of_payer, is_certain=by_iban and is_all)


def _is_exact(line: Line, invoices: Iterable[KnownInvoice]) -> bool:
    return sum(invoice.open_cents for invoice in invoices) == line.cents


def _single(rule: Rule, found: Sequence[KnownInvoice], *, is_certain: bool) -> Proposal | None:
    return _of_one_account(rule, found, is_certain=is_certain) if len(found) == 1 else None


def _of_one_account(rule: Rule, invoices: Sequence[KnownInvoice], *, is_certain: bool) -> Proposal | None:
    accounts = {invoice.account_id for invoice in invoices}
    if len(accounts) != 1:
        return None
    oldest_first = sorted(invoices, key=lambda invoice: (invoice.due_on, invoice.invoice_id))
    return Proposal(rule, accounts.pop(), tuple(invoice.invoice_id for invoice in oldest_first), is_certain)
