"""Listeners: made and removed by the machine whose key they belong to. One transaction each."""

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlmodel import col, func, select

from billing import access, audit, locks
from billing.access import SYSTEM, Actor, Scope
from billing.api.pages import Part, Place, part
from billing.db import Work
from billing.errors import NotFound, Refused
from billing.listeners import planning
from billing.listeners.events import SCOPE_OF, EventType
from billing.listeners.tables import Delivery, DeliveryState, Listener, OffBecause
from billing.vault import Vault
from billing.webhooks import SECRET_PREFIX

MOST_OF_A_KEY = 10
SECRET_BYTES = 32


@dataclass(frozen=True)
class ListenerView:
    """A listener. failing_since: nothing has been taken since then; off_at: it is told nothing any more."""

    id: int
    url: str
    events: tuple[str, ...]
    created_at: datetime
    failing_since: datetime | None
    off_at: datetime | None


@dataclass(frozen=True)
class NewListener(ListenerView):
    """A listener just made, with the secret that its messages are signed with, shown this once."""

    secret: str


def add(work: Work, actor: Actor, url: str, events: Collection[EventType], vault: Vault) -> NewListener:
    """Have an address told of events from now on. url: found usable by the port.

    Raises NotAllowed, also for events about what the key can't read, and Refused: `no_events`, `too_many`.
    """
    key = access.require_scope(actor, Scope.WEBHOOKS_MANAGE)
    for event in events:
        access.require_scope(actor, SCOPE_OF[event])
    locks.api_key(work, key.key_id)
    if not events:
        raise Refused(reason="no_events")
    if _count(work, key.key_id) >= MOST_OF_A_KEY:
        raise Refused(reason="too_many")
    if not planning.living(work):
        planning.begin(work)
    secret = SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    listener = Listener(
        key_id=key.key_id, url=url, events=" ".join(sorted(set(events))), secret=vault.encrypt(secret),
        created_at=work.now,
    )  # fmt: skip
    work.session.add(listener)
    work.flush()
    audit.record(work, actor, "webhook.added", chain=audit.of_key(key.key_id), subject=_host_of(url))
    return NewListener(**vars(_view(listener)), secret=secret)


def listed(work: Work, actor: Actor, place: Place) -> Part[ListenerView]:
    """The listeners of this key that were not removed. Raises NotAllowed."""
    key = access.require_scope(actor, Scope.WEBHOOKS_MANAGE)
    found = select(Listener).where(
        Listener.key_id == key.key_id, Listener.off_because != OffBecause.REMOVED.value
    )  # fmt: skip
    return part(work, found, col(Listener.id), place, _view)


def remove(work: Work, actor: Actor, listener_id: int) -> None:
    """Tell an address nothing any more. Raises NotAllowed, or NotFound for one of another key or removed before."""
    key = access.require_scope(actor, Scope.WEBHOOKS_MANAGE)
    locks.api_key(work, key.key_id)
    found = select(Listener).where(
        Listener.id == listener_id, Listener.key_id == key.key_id, Listener.off_because != OffBecause.REMOVED.value
    )
    listener = work.session.exec(found).first()
    if listener is None:
        raise NotFound()
    _end(work, listener, OffBecause.REMOVED)
    audit.record(work, actor, "webhook.removed", chain=audit.of_key(key.key_id), subject=_host_of(listener.url))


def turn_off(work: Work, listener: Listener, reason: str) -> None:
    """Tell an address nothing any more that takes nothing. The story of its key is locked."""
    _end(work, listener, OffBecause.FAILING)
    chain = audit.of_key(listener.key_id)
    audit.record(work, SYSTEM, "webhook.turned_off", chain=chain, subject=_host_of(listener.url), reason=reason)


def _end(work: Work, listener: Listener, because: OffBecause) -> None:
    listener.off_at, listener.off_because = listener.off_at or work.now, because.value
    work.session.add(listener)
    waiting = update(Delivery).where(
        col(Delivery.listener_id) == listener.id, col(Delivery.state) == DeliveryState.WAITING.value
    )
    work.session.execute(waiting.values(state=DeliveryState.GIVEN_UP.value))


def _host_of(url: str) -> str:
    """What may be said of an address: the rest of it may hold a secret."""
    return urlsplit(url).hostname or ""


def _count(work: Work, key_id: int) -> int:
    on = select(func.count()).where(col(Listener.key_id) == key_id, col(Listener.off_at).is_(None))
    return work.session.exec(on).one()


def _view(listener: Listener) -> ListenerView:
    return ListenerView(
        id=listener.id or 0, url=listener.url, events=tuple(listener.events.split()), created_at=listener.created_at,
        failing_since=listener.failing_since, off_at=listener.off_at,
    )  # fmt: skip
