"""Lists of all customers that a key reaches, a part at a time, in the order in which rows came.

A part begins after the id that the one before ended with, so what is added meanwhile moves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, true

from billing import access
from billing.access import Actor, Scope
from billing.db import Work

R = TypeVar("R")


class Row(Protocol):
    """Whatever is listed, by its id."""

    @property
    def id(self) -> int | None: ...


T = TypeVar("T", bound=Row)


@dataclass(frozen=True)
class Place:
    """Where a part begins, and how many rows it may have."""

    after: int = 0
    limit: int = 50


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some rows of a list. ends_at: where the next part begins; 0 when this is the last."""

    rows: tuple[T, ...]
    ends_at: int = 0


def part(work: Work, found: Any, ids: Any, place: Place, view: Callable[[Any], T]) -> Part[T]:
    """The rows that a select finds after a place, each as `view` shows it. ids: the column of their ids."""
    rows = work.session.exec(found.where(ids > place.after).order_by(ids).limit(place.limit + 1)).all()
    shown = tuple(view(row) for row in rows[: place.limit])
    return Part(shown, shown[-1].id or 0 if len(rows) > place.limit else 0)


def within_reach(
    work: Work, actor: Actor, scope: Scope, owner: Any, customer_id: int | None = None
) -> ColumnElement[bool]:
    """The condition that keeps rows to one customer, or to those that the key reaches. owner: the column of accounts.

    Raises NotAllowed, and NotFound for a customer out of reach.
    """
    key = access.require_scope(actor, scope)
    if customer_id is not None:
        condition: ColumnElement[bool] = owner == access.require_customer(work, actor, scope, customer_id)
        return condition
    return true() if key.account_id is None else owner == key.account_id
