"""The push recorder: each message of the gateway with its verdict in words."""

from dataclasses import dataclass, field

from billing.lights.recorder import FILTERS, PAGE_SIZE, Detail, Message, Recorded, Refusal, Verdict
from dashboard.rows.common import Amount, Badge, amount, moment
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.pushes
KEY_SHOWN = 8
# It stands before every field and says nothing.
WRAPPER = "Transaction."

_LOOKS = {
    Verdict.APPLIED: ("s-paid", "okc"),
    Verdict.LATE: ("s-credit", "repeat"),
    Verdict.WAITING: ("s-pending", "clock"),
    Verdict.STUCK: ("s-late", "alert"),
    Verdict.PARKED: ("s-late", "alert"),
    Verdict.UNKNOWN: ("s-back", "info"),
    Verdict.OTHER: ("s-open", "note"),
}


@dataclass(frozen=True)
class PushRow:
    """One message. about: its invoice, or what it is about; told: what the gateway said in it; repeats: or empty."""

    id: str = ""
    at: str = ""
    about: str = ""
    key: str = ""
    told: str = ""
    amount: Amount = field(default_factory=Amount)
    verdict: Badge = field(default_factory=Badge)
    repeats: str = ""
    open_name: str = ""


@dataclass(frozen=True)
class Filter:
    """One way to narrow the list. chosen: "true" or "false", as ARIA has it."""

    name: str = ""
    label: str = ""
    chosen: str = "false"


@dataclass(frozen=True)
class RefusedRow:
    id: str = ""
    at: str = ""
    reason: str = ""
    count: str = ""


@dataclass(frozen=True)
class PushList:
    """One page of messages, and those that were refused."""

    rows: tuple[PushRow, ...] = ()
    filters: tuple[Filter, ...] = ()
    count: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True)
class Field:
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class PushDetail:
    """One message that is looked at; without an id none is. why: its verdict in a sentence, with the reason."""

    id: str = ""
    title: str = ""
    key: str = ""
    verdict: Badge = field(default_factory=Badge)
    why: str = ""
    fields: tuple[Field, ...] = ()
    others: tuple[PushRow, ...] = ()


def push_list(found: Recorded, which: str) -> PushList:
    """Everything that the list shows."""
    first = (found.page - 1) * PAGE_SIZE + 1
    spread = SAID.invoices.range.format(first=first, last=first + len(found.rows) - 1, total=found.count)
    return PushList(
        rows=tuple(_row(one) for one in found.rows),
        filters=tuple(Filter(name, TEXTS.filters[name], "true" if name == which else "false") for name in FILTERS),
        count=TEXTS.count(found.count),
        spread=spread if found.rows else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
        refused=tuple(_refused(one) for one in found.refusals),
    )


def push_detail(found: Detail) -> PushDetail:
    """One message with its content and its company."""
    one = found.message
    why = TEXTS.explained[one.verdict]
    if one.verdict in {Verdict.PARKED, Verdict.STUCK} and one.reason:
        why += " " + TEXTS.reason.format(reason=SAID.staff.lights.parked.get(one.reason, one.reason))
    fields = tuple(Field(name.removeprefix(WRAPPER), value) for name, value in found.content)
    return PushDetail(
        id=str(one.message_id), title=TEXTS.detail.format(at=moment(one.received_at)), key=one.key,
        verdict=_badge(one), why=why, fields=fields,
        others=tuple(_row(other) for other in found.others),
    )  # fmt: skip


def _row(one: Message) -> PushRow:
    at = moment(one.received_at)
    told = TEXTS.statuses.get(one.told, one.told)
    status = f"{told} ({one.told})" if told and told != one.told else told or TEXTS.no_status
    back = SAID.staff.lights.kinds.get(one.kind, "") if (one.cents or 0) < 0 else ""
    kind = TEXTS.mandate if one.subject == "data_request" else TEXTS.other if one.subject == "other" else ""
    return PushRow(
        id=str(one.message_id), at=at, about=one.number or kind or one.key[:KEY_SHOWN], key=one.key[:KEY_SHOWN],
        told=f"{back}, {status}" if back else status,
        amount=amount(one.cents) if one.cents is not None else Amount(), verdict=_badge(one),
        repeats=TEXTS.repeats(one.repeats) if one.repeats else "", open_name=TEXTS.open_name.format(at=at),
    )  # fmt: skip


def _badge(one: Message) -> Badge:
    tone, icon = _LOOKS[one.verdict]
    return Badge(label=TEXTS.verdicts[one.verdict], tone=tone, icon=icon)


def _refused(one: Refusal) -> RefusedRow:
    reason = TEXTS.refusals.get(one.reason, TEXTS.refusals[""])
    return RefusedRow(f"{one.last_at} {one.reason}", moment(one.last_at), reason, TEXTS.refused_row(one.count))
