"""The page of the standing mandate: how it stands, what is coming, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from billing.clock import local_day
from billing.errors import BillingError
from billing.mandates.queries import CollectionRow, Freeze, MandateView
from billing.states import LIVE_MANDATES, CollectionState, MandateState
from dashboard.rows import problems
from dashboard.rows.common import APART, Amount, Badge, amount, cents, day, masked, moment
from dashboard.texts.languages import SAID

TEXTS = SAID.mandate
PAUSE, RESUME, WITHDRAW = "pause", "resume", "withdraw"
_WORDS = {PAUSE: TEXTS.pause, RESUME: TEXTS.resume, WITHDRAW: TEXTS.withdraw}
_BADGES = {MandateState.ACTIVE: ("s-paid", "okc"), MandateState.PAUSED: ("s-part", "clock")}
_COMING = {
    CollectionState.PLANNED: ("s-plain", "cal"),
    CollectionState.ANNOUNCED: ("s-open", "mail"),
    CollectionState.SUBMITTED: ("s-pending", "way"),
}
_BANK_LETTERS = 4


@dataclass(frozen=True)
class Fact:
    """A label and what is so."""

    label: str
    value: str


@dataclass(frozen=True)
class Coming:
    """A collection to come. name: of its link, for who hears it alone."""

    number: str
    url: str
    on: str
    amount: Amount
    state: Badge


@dataclass(frozen=True)
class Said:
    """A callout: nothing while its title is empty."""

    title: str = ""
    text: str = ""
    tone: str = "info"
    icon: str = "info"


@dataclass(frozen=True)
class Live:
    """The mandate that lives; there is none while its badge is empty. why: it is paused. next_on: empty when nothing
    is planned; nothing: what is said then."""

    badge: Badge = field(default_factory=lambda: Badge(""))
    facts: tuple[Fact, ...] = ()
    why: str = ""
    next_amount: Amount = field(default_factory=Amount)
    next_on: str = ""
    nothing: str = ""
    may_pause: bool = False
    may_resume: bool = False


@dataclass(frozen=True)
class Page:
    """All of it. waiting: the bank has still to say whether a request was signed. said: how the last one ended.

    may_manage: whether this person can give, change or take back a mandate.
    """

    live: Live = field(default_factory=Live)
    coming: tuple[Coming, ...] = ()
    waiting: bool = False
    said: Said = field(default_factory=Said)
    may_manage: bool = False


@dataclass(frozen=True)
class Sure:
    """The question before something is done with a mandate. act: empty while nothing is asked."""

    act: str = ""
    title: str = ""
    text: str = ""
    submit: str = ""
    danger: bool = False


def page(view: MandateView | None, requested: MandateState | None, now: datetime, *, may_manage: bool) -> Page:
    """Everything about an account's mandate; view: None when there never was one."""
    lives = view is not None and view.state in LIVE_MANDATES
    return Page(
        live=_live(view, now, may_manage=may_manage) if view and lives else Live(),
        coming=tuple(_coming(row) for row in view.coming) if view else (),
        waiting=requested is MandateState.REQUESTED,
        said=_said(view, requested, lives=lives),
        may_manage=may_manage,
    )


def frozen(freeze: Freeze | None) -> str:
    """That nothing is collected from anybody now, and why; empty when that is not so."""
    return f"{TEXTS.frozen[freeze.why]} {TEXTS.frozen_then}" if freeze else ""


def sure(act: str, notice_days: int) -> Sure:
    """The question before an act, of which there are three."""
    words = _WORDS[act]
    return Sure(act, words.title, words.text.format(days=notice_days), words.button, danger=act == WITHDRAW)


def done(act: str) -> str:
    """What is said once it is done."""
    return _WORDS[act].done


def sentence(problem: Exception) -> str:
    """What to say about an error on this page, where nothing was paid."""
    if not isinstance(problem, BillingError):
        return problems.sentence(problem)
    said = TEXTS.problems.get(str(problem.facts.get("reason", ""))) or TEXTS.problems.get(problem.code)
    return said or problems.sentence(problem)


def line(view: MandateView | None, requested: MandateState | None) -> str:
    """How the mandate stands, for the dashboard; empty when there is nothing to say."""
    if view is not None and view.state in LIVE_MANDATES:
        nearest = _nearest(view)
        after = TEXTS.line_next.format(amount=cents(nearest.cents), date=day(nearest.collect_on)) if nearest else ""
        return TEXTS.line[view.state.value].format(iban=masked(view.iban_mask)) + after
    return TEXTS.line[MandateState.REQUESTED.value] if requested is MandateState.REQUESTED else ""


def _live(view: MandateView, now: datetime, *, may_manage: bool) -> Live:
    tone, icon = _BADGES[view.state]
    nearest = _nearest(view)
    is_active = view.state is MandateState.ACTIVE
    return Live(
        badge=Badge(TEXTS.card.states[view.state.value], tone=tone, icon=icon),
        facts=tuple(Fact(label, value) for label, value in _facts(view, now).items() if value),
        why="" if is_active else _why_paused(view),
        next_amount=amount(nearest.cents) if nearest else Amount(),
        next_on=_next_on(nearest) if nearest else "",
        nothing=TEXTS.card.nothing if is_active and not nearest else "",
        may_pause=may_manage and is_active,
        may_resume=may_manage and not is_active,
    )


def _nearest(view: MandateView) -> CollectionRow | None:
    """The next one; what is at the bank already is no longer to come."""
    return next((row for row in view.coming if row.state is not CollectionState.SUBMITTED), None)


def _facts(view: MandateView, now: datetime) -> Mapping[str, str]:
    words, given = TEXTS.card, view.given_at
    free = view.debits_from
    return {
        words.bank: _bank(view.bank_id),
        words.holder: view.holder,
        words.iban: masked(view.iban_mask),
        words.reference: view.reference,
        words.kind: words.kinds[view.scheme],
        words.maximum: cents(view.maximum_cents) if view.maximum_cents else "",
        words.given: words.given_by.format(date=day(local_day(given)), name=view.consented_by) if given else "",
        words.free_from: moment(free) if free and free > now else "",
        words.last: _outcome(view.last) if view.last else "",
    }


def _bank(bank_id: str) -> str:
    """A bank by name; one that we do not know as the gateway calls it."""
    return TEXTS.card.banks.get(bank_id[:_BANK_LETTERS].upper(), bank_id[:1].upper() + bank_id[1:])


def _why_paused(view: MandateView) -> str:
    if view.reason_key:
        return TEXTS.paused["reason"].format(reason=TEXTS.reasons[view.reason_key])
    return TEXTS.paused["customer"]


def _next_on(row: CollectionRow) -> str:
    return TEXTS.card.next_on.format(date=day(row.collect_on), number=row.invoice_number)


def _outcome(row: CollectionRow) -> str:
    reason = TEXTS.reasons.get(row.reason_key, "")
    said = TEXTS.outcomes[row.state.value].format(amount=cents(row.cents), date=day(row.collect_on), reason=reason)
    return said.strip()


def _coming(row: CollectionRow) -> Coming:
    tone, icon = _COMING[row.state]
    words = TEXTS.coming
    detail, joint = "", " "
    if row.state is CollectionState.ANNOUNCED and row.announced_at:
        detail = words.announced_on.format(date=day(local_day(row.announced_at)))
    elif row.expected_on:
        detail, joint = words.expected_on.format(date=day(row.expected_on)), APART
    state = Badge(words.states[row.state.value], detail, tone, icon, joint)
    return Coming(row.invoice_number, f"/invoices/{row.invoice_number}", day(row.collect_on), amount(row.cents), state)


def _said(view: MandateView | None, requested: MandateState | None, *, lives: bool) -> Said:
    """How the newest request, or the newest mandate, came to its end."""
    if view is None or requested is MandateState.REQUESTED:
        return Said()
    state, reason = (requested, "") if lives else (view.state, view.reason)
    words = TEXTS.ended.get(f"{state}.{reason}") or TEXTS.ended.get(str(state))
    if words is None:
        return Said()
    facts = {
        "date": day(local_day(view.ended_at)) if view.ended_at else "",
        "reason": TEXTS.reasons.get(view.reason_key, ""),
    }
    return Said(words.title.format(**facts), words.text.format(**facts).strip(), "quiet", "info")
