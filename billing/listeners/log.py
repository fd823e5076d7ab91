"""The events that a part of the log of acts tells: about mandates, and services that are stopped or go on."""

from typing import Any

from sqlalchemy import select

from billing.audit import AuditEvent
from billing.db import Work, table_of
from billing.listeners.events import OF_ACT, Event, EventType
from billing.stops.tables import StopOrder

_OF_ACCOUNT = "account:"
_A, _S = table_of(AuditEvent).c, table_of(StopOrder).c
_ACTS = select(_A.id, _A.at, _A.chain, _A.action, _A.subject, _A.facts).where(_A.action.in_(OF_ACT)).order_by(_A.id)


def events(work: Work, after: int, until: int) -> list[Event]:
    """The events of the acts after one id and up to another, in their order."""
    acts = work.plain(_ACTS.where(_A.id > after, _A.id <= until)).all()
    orders = _orders(work, [act.facts["order"] for act in acts if "order" in act.facts])
    found = (_event(act, orders) for act in acts if act.chain.startswith(_OF_ACCOUNT))
    return [event for event in found if event is not None]


def _event(act: Any, orders: dict[int, Any]) -> Event | None:
    kind, data = OF_ACT[act.action], {"reference": act.subject}
    if "order" in act.facts:
        order = orders[act.facts["order"]]
        if kind is EventType.SERVICE_RESTORED and order.carried_out_on is None:
            # It was withdrawn before anything had been stopped.
            return None
        data = {"id": order.service_id}
    return Event(f"{kind.value}:{act.id}", kind, int(act.chain.removeprefix(_OF_ACCOUNT)), act.at, data)


def _orders(work: Work, ids: list[int]) -> dict[int, Any]:
    found = select(_S.id, _S.service_id, _S.carried_out_on).where(_S.id.in_(ids))
    return {row.id: row for row in work.plain(found)}
