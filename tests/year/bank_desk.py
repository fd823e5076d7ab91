"""Somebody of finance who goes through the bank lines that wait: confirms, looks up, sets aside, and sometimes errs."""

from collections.abc import Callable
from functools import partial

from billing.access import Actor
from billing.bank import worklist
from billing.bank.worklist import WaitingLine
from tests.year.observer import Observer
from tests.year.our_account import Moved
from tests.year.world import World

SATURDAY = 5
SET_ASIDE, UNDONE = "bank lines set aside by a person", "bank matches undone"
BANKS_NAME = "SELECT bank_reference FROM bank_line WHERE id = :id"
OURS = "SELECT id FROM bank_line WHERE bank_reference = :key"
ISSUED = "SELECT number FROM invoice WHERE state = 'issued' AND account_id = :account"


class BankDesk:
    def __init__(self, world: World, observer: Observer, actor: Actor) -> None:
        self._world, self._counts, self._actor = world, observer.counts, actor

    def dawn(self) -> None:
        """At weekends nobody looks."""
        if self._world.today.weekday() < SATURDAY:
            self._world.plan(self._world.at(self._world.today, 9.4), self._list)

    def _list(self) -> None:
        world = self._world
        for row in world.shop.ask(worklist.waiting, self._actor, world.billing.policy.bank):
            if world.chance(70):
                self._place(row)

    def _place(self, row: WaitingLine) -> None:
        moved = self._truth(row.line_id)
        if moved.original is not None:
            self._went_back(row.line_id, moved.original)
        elif moved.account_id is None or moved.is_back:
            self._do(worklist.ignore, SET_ASIDE, row.line_id)
        else:
            self._confirm(row, moved.account_id, moved)

    def _confirm(self, row: WaitingLine, account_id: int, moved: Moved) -> None:
        """What the list proposes, when it is theirs; else whatever asking the customer brings to light."""
        theirs = {number for (number,) in self._world.rows(ISSUED, account=account_id)}
        is_right = bool(row.numbers) and set(row.numbers) <= theirs
        numbers = row.numbers if is_right else tuple(moved.shares)
        how = f"proposed by {row.rule}" if is_right else "looked up"
        self._do(worklist.confirm, f"bank lines confirmed, {how}", row.line_id, numbers)
        if self._world.chance(4):
            undo = partial(self._do, worklist.undo, UNDONE, row.line_id)
            self._world.later(undo, days=self._world.dice.uniform(0.1, 3))

    def _went_back(self, line_id: int, original: Moved) -> None:
        """Nobody knew what went back: neither line was ever a payment."""
        for (first_id,) in self._world.rows(OURS, key=original.key):
            self._do(worklist.undo, UNDONE, first_id)
            if self._do(worklist.ignore, SET_ASIDE, first_id):
                self._do(worklist.ignore, SET_ASIDE, line_id)

    def _do(self, act: Callable[..., object], counted: str, *said: object) -> bool:
        done = self._world.attempt(partial(self._world.shop.do, act, self._actor, *said))
        self._counts[counted if done else f"refused: {counted}"] += 1
        return done

    def _truth(self, line_id: int) -> Moved:
        [(key,)] = self._world.rows(BANKS_NAME, id=line_id)
        return self._world.ours.moved[str(key)]
