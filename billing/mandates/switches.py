"""The switch that holds all collections, and reminders with them: turned by people, by itself when much fails, and by
itself, there and back, while nobody knows for sure what was paid."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.db import Work
from billing.feeds import service as feeds
from billing.mandates.rules import MandateRules, is_spike
from billing.mandates.tables import Collection, CollectionSwitch
from billing.states import CollectionState

log = logging.getLogger(__name__)

BY_ITSELF = "Voldaan"
SPIKE, STALE, FRESH = "spike", "stale", "fresh"
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
    return (freeze if frozen else thaw)(work, actor.name, reason)


def is_frozen(work: Work) -> bool:
    """Whether nothing may be collected now."""
    return standing_freeze(work) is not None


def standing_freeze(work: Work) -> CollectionSwitch | None:
    """The turn of the switch by which nothing may be collected now; None when it may."""
    last = _last(work)
    return last if last is not None and last.frozen else None


def turns(work: Work, limit: int = 50) -> Sequence[CollectionSwitch]:
    """Each turn of the switch, the newest first."""
    return work.session.exec(select(CollectionSwitch).order_by(col(CollectionSwitch.id).desc()).limit(limit)).all()


def freeze(work: Work, by_name: str, reason: str = "") -> bool:
    """Collect nothing from now on; what the gateway has already goes on. False when that was so.

    On top of a freeze that ends by itself it is kept, so that this one does not.
    """
    now = standing_freeze(work)
    if now is not None and not (_is_for_feeds(now) and reason != STALE):
        return False
    return _turn(work, by_name, reason, frozen=True)


def thaw(work: Work, by_name: str, reason: str = "") -> bool:
    """Collect again; from now on failures are counted anew. False when that was so."""
    return is_frozen(work) and _turn(work, by_name, reason, frozen=False)


def freeze_on_spike(work: Work, rules: MandateRules) -> bool:
    """Freeze when too many of the last submissions since the last turn of the switch failed."""
    now = standing_freeze(work)
    if now is not None and not _is_for_feeds(now):
        return False
    recent = select(Collection.state).where(col(Collection.submitted_at).is_not(None))
    last = _last(work, col(CollectionSwitch.reason).not_in((STALE, FRESH)))
    if last is not None:
        recent = recent.where(col(Collection.submitted_at) > last.at)
    newest = recent.order_by(col(Collection.submitted_at).desc(), col(Collection.id).desc()).limit(rules.window)
    states = work.session.exec(newest).all()
    failed = sum(state in _FAILED for state in states)
    return is_spike(rules, submitted=len(states), failed=failed) and freeze(work, BY_ITSELF, SPIKE)


def feeds_want(work: Work) -> bool | None:
    """Whether the feeds want a freeze (True) or the end of theirs (False); None when all is as it should be."""
    now, stale = standing_freeze(work), feeds.stale(work)
    if stale:
        return True if now is None else None
    return False if now is not None and _is_for_feeds(now) else None


def follow_feeds(work: Work) -> bool:
    """Freeze while a feed is stale, and go on when all are fresh again, unless there is another reason to be frozen;
    whether the switch was turned."""
    wanted = feeds_want(work)
    if wanted is None:
        return False
    return freeze(work, BY_ITSELF, STALE) if wanted else thaw(work, BY_ITSELF, FRESH)


def _turn(work: Work, by_name: str, reason: str, *, frozen: bool) -> bool:
    work.session.add(CollectionSwitch(frozen=frozen, by_name=by_name, reason=reason, at=work.now))
    work.flush()
    log.warning(
        "collections are %s by %s: %s", "frozen" if frozen else "going on", by_name, reason or "no reason given"
    )
    return True


def _is_for_feeds(turn: CollectionSwitch) -> bool:
    return turn.by_name == BY_ITSELF and turn.reason == STALE


def _last(work: Work, *conditions: ColumnElement[bool]) -> CollectionSwitch | None:
    found = select(CollectionSwitch).where(*conditions)
    return work.session.exec(found.order_by(col(CollectionSwitch.id).desc()).limit(1)).first()
