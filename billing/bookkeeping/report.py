"""How the connection to the bookkeeping stands, for who runs this."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import col, func, or_, select

from billing.bookkeeping.tables import BookEntry, BookLink, EntryState
from billing.db import Work


@dataclass(frozen=True)
class Noted:
    """A document that a person should look at. problem: why the bookkeeping refuses it, or empty; foreign_cents: booked
    on it there by somebody, of which we know no money."""

    number: str
    problem: str
    foreign_cents: int


@dataclass(frozen=True)
class Standing:
    """The connection and what is on it. counts: documents by their state; oldest: since when the longest one waits."""

    administration: str
    since: date | None
    paused_until: datetime | None
    trouble: str
    counts: Mapping[str, int]
    oldest: datetime | None
    noted: tuple[Noted, ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.trouble or self.noted)


def standing(work: Work, administration: str) -> Standing:
    """How one administration stands; nothing but its name when none is connected."""
    link = work.session.get(BookLink, administration)
    ours = col(BookEntry.administration) == administration
    counts = select(BookEntry.state, func.count()).where(ours).group_by(BookEntry.state)
    oldest = select(func.min(BookEntry.due_at)).where(ours, col(BookEntry.state) == EntryState.WAITING.value)
    to_see = or_(col(BookEntry.state) == EntryState.HELD.value, col(BookEntry.foreign_cents) != 0)
    noted = select(BookEntry).where(ours, to_see).order_by(BookEntry.number)
    return Standing(
        administration, link.since if link else None, link.paused_until if link else None, link.trouble if link else "",
        dict(work.session.exec(counts).all()), work.session.exec(oldest).one(),
        tuple(Noted(e.number, e.last_error if e.state == EntryState.HELD else "", e.foreign_cents)
              for e in work.session.exec(noted)),
    )  # fmt: skip


def as_row(found: Standing) -> dict[str, object]:
    """The same as plain values."""
    return {
        **asdict(found), "since": _iso(found.since), "paused_until": _iso(found.paused_until),
        "oldest": _iso(found.oldest),
    }  # fmt: skip


def as_lines(found: Standing) -> list[str]:
    """The same in words."""
    if not found.administration:
        return ["No bookkeeping is connected."]
    counts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in sorted(found.counts.items()))
    lines = [f"Administration {found.administration}, documents since {_iso(found.since) or 'the first round'}."]
    lines.append(f"Documents: {counts or 'none yet'}.")
    if found.trouble:
        lines.append(f"Paused until {_iso(found.paused_until)}: {found.trouble}")
    for document in found.noted:
        if document.problem:
            lines.append(f"{document.number} is held: {document.problem}")
        if document.foreign_cents:
            cents = document.foreign_cents
            lines.append(f"{document.number}: {cents} cents booked there by hand, of which we know no money")
    return lines


def _iso(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment else ""
