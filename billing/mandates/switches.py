"""The switch that holds all collections, and reminders with them: turned by people, and by itself when much fails."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.db import Work
from billing.mandates.rules import MandateRules, is_spike
from billing.mandates.tables import Collection, CollectionSwitch
from billing.states import CollectionState

BY_ITSELF = "Voldaan"
SPIKE = "spike"
_FAILED = {CollectionState.FAILED, CollectionState.RETURNED}


@dataclass(frozen=True)
class Turned:
    """How the switch stands, and who turned it last, when and why. at: None when nobody ever did."""

    frozen: bool
    by_name: str = ""
    reason: str = ""
    at: datetime | None = None


def standing(work: Work, actor: Actor) -> Turned:
    """How the switch stands. Raises NotAllowed."""
    access.require_finance(work, actor)
    last = _last(work)
    return Turned(last.frozen, last.by_name, last.reason, last.at) if last else Turned(frozen=False)


def turn(work: Work, actor: Actor, *, frozen: bool, reason: str = "") -> bool:
    """Freeze or thaw, as somebody of the finance department. False when it was so. Raises NotAllowed."""
    access.require_finance(work, actor)
    return _turn(work, actor.name, reason, frozen=frozen)


def is_frozen(work: Work) -> bool:
    """Whether nothing may be collected now."""
    last = _last(work)
    return last is not None and last.frozen


def freeze(work: Work, by_name: str, reason: str = "") -> bool:
    """Collect nothing from now on; what the gateway has already goes on. False when that was so."""
    return _turn(work, by_name, reason, frozen=True)


def thaw(work: Work, by_name: str, reason: str = "") -> bool:
    """Collect again; from now on failures are counted anew. False when that was so."""
    return _turn(work, by_name, reason, frozen=False)


def freeze_on_spike(work: Work, rules: MandateRules) -> bool:
    """Freeze when too many of the last submissions since the last turn of the switch failed."""
    last = _last(work)
    if last is not None and last.frozen:
        return False
    recent = select(Collection.state).where(col(Collection.submitted_at).is_not(None))
    if last is not None:
        recent = recent.where(col(Collection.submitted_at) > last.at)
    newest = recent.order_by(col(Collection.submitted_at).desc(), col(Collection.id).desc()).limit(rules.window)
    states = work.session.exec(newest).all()
    failed = sum(state in _FAILED for state in states)
    return is_spike(rules, submitted=len(states), failed=failed) and freeze(work, BY_ITSELF, SPIKE)


def _turn(work: Work, by_name: str, reason: str, *, frozen: bool) -> bool:
    if is_frozen(work) == frozen:
        return False
    work.session.add(CollectionSwitch(frozen=frozen, by_name=by_name, reason=reason, at=work.now))
    work.flush()
    return True


def _last(work: Work) -> CollectionSwitch | None:
    return work.session.exec(select(CollectionSwitch).order_by(col(CollectionSwitch.id).desc()).limit(1)).first()
