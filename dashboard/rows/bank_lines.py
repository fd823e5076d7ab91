"""Lines of the bank: those that wait for a person, and those that found their place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.bank.history import Matches, MatchRow, Purpose
from billing.bank.worklist import WaitingLine
from billing.errors import BillingError, Refused
from dashboard.rows import problems
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.money
PAGE_SIZE = 25
# More of a bank's text than this says nothing more.
LONGEST_TEXT = 160


@dataclass(frozen=True)
class WaitingRow:
    """A line that waits. hint: for which invoices it most likely is; empty without a suggestion. why: what that follows
    from; exact: how its amount fits. choose: what the way to the dialog is called."""

    id: str = ""
    on: str = ""
    amount: Amount = field(default_factory=Amount)
    name: str = ""
    iban: str = ""
    text: str = ""
    hint: str = ""
    why: str = ""
    exact: str = ""
    fits: bool = False
    match_name: str = ""
    choose: str = ""
    choose_name: str = ""


@dataclass(frozen=True)
class WaitingList:
    """One page of the work list. count: of all lines with their sum, in words."""

    rows: tuple[WaitingRow, ...] = ()
    count: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True)
class MatchedRow:
    """A line that found its place. undone: who took it back; may_undo: whether that can still be."""

    id: str = ""
    on: str = ""
    amount: Amount = field(default_factory=Amount)
    name: str = ""
    purpose: str = ""
    account: str = ""
    rule: str = ""
    undone: str = ""
    may_undo: bool = False
    undo_name: str = ""


@dataclass(frozen=True)
class MatchedList:
    """One page, the newest first."""

    rows: tuple[MatchedRow, ...] = ()
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


def sentence(problem: Exception) -> str:
    """What to say about an error on this page, where nothing is about paying."""
    said = TEXTS.problems
    if isinstance(problem, Refused) and problem.facts.get("reason") in said:
        return said[problem.facts["reason"]]
    if isinstance(problem, BillingError) and problem.code in said:
        return said[problem.code]
    return problems.sentence(problem)


def waiting_list(lines: Sequence[WaitingLine], count: int, sum_cents: int, page: int) -> WaitingList:
    """One page of the work list, of so many lines in all."""
    pages = max(1, -(-count // PAGE_SIZE))
    return WaitingList(
        rows=tuple(_waiting(line) for line in lines),
        count=TEXTS.waiting.count(count, cents(sum_cents)) if count else "",
        spread=TEXTS.page(page, pages) if pages > 1 else "",
        has_previous=page > 1,
        has_next=page < pages,
    )


def matched_list(found: Matches) -> MatchedList:
    """One page of what found its place."""
    return MatchedList(
        rows=tuple(_matched(row) for row in found.rows),
        spread=TEXTS.page(found.page, found.pages) if found.pages > 1 else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
    )


def matched(line: WaitingLine, numbers: Sequence[str]) -> str:
    """What was just done."""
    return TEXTS.waiting.matched.format(amount=cents(line.cents), numbers=", ".join(numbers))


def rule_of(row: MatchRow) -> str:
    """What a match follows from."""
    return TEXTS.matched.rules.get(row.rule) or TEXTS.matched.by_person.format(name=row.matched_by)


def who(name: str) -> str:
    """The other party as far as the bank told of it."""
    return name or TEXTS.waiting.no_name


def _waiting(line: WaitingLine) -> WaitingRow:
    texts, numbers = TEXTS.waiting, ", ".join(line.numbers)
    off = line.cents - line.open_cents
    return WaitingRow(
        id=str(line.line_id),
        on=day(line.value_on),
        amount=amount(line.cents),
        name=who(line.name),
        iban=line.iban,
        text=line.text[:LONGEST_TEXT] or texts.no_text,
        hint=texts.of_invoices(numbers, line.account) if numbers else "",
        why=_why(line),
        exact=_exact(off) if numbers else "",
        fits=bool(numbers) and not off,
        match_name=texts.match_named.format(amount=cents(line.cents), numbers=numbers),
        choose=_choose(line),
        choose_name=texts.choose_named.format(label=_choose(line), amount=cents(line.cents), name=who(line.name)),
    )


def _choose(line: WaitingLine) -> str:
    if line.cents <= 0:
        return TEXTS.waiting.look_for
    return TEXTS.waiting.choose if line.numbers else TEXTS.waiting.look_for


def _why(line: WaitingLine) -> str:
    if line.cents <= 0:
        return TEXTS.waiting.went_out
    return TEXTS.waiting.why[line.rule] if line.rule else TEXTS.waiting.no_suggestion


def _exact(off: int) -> str:
    if not off:
        return TEXTS.waiting.fits
    return (TEXTS.waiting.too_much if off > 0 else TEXTS.waiting.too_little).format(amount=cents(abs(off)))


def _matched(row: MatchRow) -> MatchedRow:
    texts = TEXTS.matched
    return MatchedRow(
        id=str(row.line_id),
        on=day(row.value_on),
        amount=amount(row.cents),
        name=who(row.name),
        purpose=_purpose(row),
        account=row.account,
        rule=rule_of(row),
        undone=texts.undone.format(name=row.undone_by) if row.undone_by else "",
        may_undo=not row.undone_by and row.purpose is not Purpose.RETURN,
        undo_name=texts.undo_named.format(amount=cents(row.cents), name=who(row.name)),
    )


def _purpose(row: MatchRow) -> str:
    texts = TEXTS.matched
    if row.purpose is Purpose.RETURN:
        return texts.returned
    if row.purpose is Purpose.RECEIPT:
        return f"{texts.invoices(len(row.numbers))} {', '.join(row.numbers)}" if row.numbers else texts.credits_of
    return texts.purposes[row.purpose.value]
