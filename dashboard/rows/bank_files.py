"""What became of files of the bank, and the statements that came in them."""

from dataclasses import dataclass, field
from datetime import date

from billing.bank.history import StatementRow, Statements
from billing.bank.service import Imported
from billing.ports import BankFileRefused
from dashboard.rows.common import Badge, cents, day, moment
from dashboard.texts.languages import SAID

TEXTS, LIST = SAID.staff.money.files, SAID.staff.money.statements


@dataclass(frozen=True)
class Report:
    """What became of one statement of a file, or of a file that can't be read. tone: CSS class; icon: of the sprite."""

    title: str
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class StatementLine:
    """A statement in the list. trouble: why it was set aside, or what is missing before it."""

    key: str = ""
    account: str = ""
    number: str = ""
    period: str = ""
    imported: str = ""
    balances: str = ""
    lines: str = ""
    state: Badge = field(default_factory=Badge)
    trouble: str = ""


@dataclass(frozen=True)
class StatementList:
    """One page of statements. gaps: whether they join, in words; tone: of these words."""

    rows: tuple[StatementLine, ...] = ()
    gaps: str = ""
    tone: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


def refused(problem: BankFileRefused) -> str:
    """Why a file can't be read, in a sentence."""
    return TEXTS.refused[problem.facts["reason"]]


def report(imported: Imported) -> Report:
    """What became of one statement."""
    title = _title(imported)
    if imported.reason:
        why = _sentence(TEXTS.reasons[imported.reason])
        text = " ".join((why, _balance(imported.opening_cents, imported.sum_cents, imported.closing_cents),
                         TEXTS.nothing_booked))  # fmt: skip
        return Report(f"{TEXTS.set_aside}: {title}", text, "s-late", "alert")
    if imported.known:
        return Report(f"{TEXTS.known}: {title}", TEXTS.nothing_new, "s-open", "info")
    tone, icon = ("s-pending", "info") if imported.gap_cents or imported.waiting else ("s-paid", "okc")
    return Report(f"{TEXTS.booked}: {title}", _booked(imported), tone, icon)


def statement_list(found: Statements) -> StatementList:
    """One page of the list."""
    return StatementList(
        rows=tuple(_line(row, number) for number, row in enumerate(found.rows)),
        gaps=LIST.gaps(found.gaps) if found.rows else "",
        tone="late" if found.gaps else "mut",
        spread=SAID.staff.money.page(found.page, found.pages) if found.pages > 1 else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
    )


def spaced(iban: str) -> str:
    """An account number in fours."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _title(imported: Imported) -> str:
    pattern = TEXTS.to_day if imported.closed_on else TEXTS.unknown_day
    return pattern.format(
        iban=spaced(imported.iban), statement=imported.statement_id, date=day(imported.closed_on)
    )  # fmt: skip


def _booked(imported: Imported) -> str:
    placed = sum(count for _, count in imported.by_rule)
    said = [TEXTS.lines(imported.lines, imported.new_lines)]
    if placed or imported.waiting:
        said.append(TEXTS.placed(placed, imported.waiting))
    if imported.gap_cents:
        said.append(TEXTS.gap.format(gap=cents(imported.gap_cents)))
    if not imported.is_fresh:
        said.append(TEXTS.not_fresh)
    return " ".join(said)


def _balance(opening: int | None, total: int, closing: int | None) -> str:
    """The sum that leads from one balance to the other, or does not."""
    if opening is None or closing is None:
        return TEXTS.balance_missing.format(sum=cents(total))
    off = closing - opening - total
    pattern = TEXTS.balance_off if off else TEXTS.balance
    return pattern.format(
        opening=cents(opening), sum=cents(total), closing=cents(closing), computed=cents(opening + total),
        off=cents(off),
    )  # fmt: skip


def _line(row: StatementRow, number: int) -> StatementLine:
    return StatementLine(
        key=str(number),
        account=spaced(row.iban),
        number=row.statement_id,
        period=_period(row.opened_on, row.closed_on),
        imported=LIST.imported.format(at=moment(row.imported_at)),
        balances=_balances(row),
        lines=LIST.new_lines.format(count=row.new_lines),
        state=_badge(is_booked=not row.reason),
        trouble=_trouble(row),
    )


def _period(opened_on: date | None, closed_on: date | None) -> str:
    days = [day(opened_on), day(closed_on)] if opened_on != closed_on else [day(closed_on)]
    return " – ".join(filter(None, days))


def _balances(row: StatementRow) -> str:
    if row.opening_cents is None or row.closing_cents is None:
        return ""
    return LIST.from_to.format(opening=cents(row.opening_cents), closing=cents(row.closing_cents))


def _trouble(row: StatementRow) -> str:
    if row.reason:
        why = _sentence(TEXTS.reasons[row.reason])
        return f"{why} {_balance(row.opening_cents, row.sum_cents, row.closing_cents)}"
    return f"{LIST.gap.format(gap=cents(row.gap_cents))}." if row.gap_cents else ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _badge(*, is_booked: bool) -> Badge:
    if is_booked:
        return Badge(LIST.booked, tone="s-paid", icon="okc")
    return Badge(LIST.set_aside, tone="s-late", icon="alert")
