"""A database whose process dies around a commit, or in the middle of a transaction, as by a power cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from billing.db import Database


class Crash(BaseException):
    """The process is gone; nothing in it may catch this."""


class CrashingDatabase(Database):
    """Dies at the n-th commit from now when told to: before it (nothing is kept) or just after (all of it is); or at
    the n-th statement, wherever that is. kept: whether the last death came after its commit."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._commits_left = self._statements_left = 0
        self._keeps = self.kept = False
        event.listen(self.engine, "before_cursor_execute", self._count_statement)

    def crash_at(self, commit: int, *, keeps: bool) -> None:
        """Die at this commit, counted from 1. keeps: whether the commit itself still succeeds."""
        self._commits_left, self._keeps = commit, keeps

    def crash_in(self, statement: int) -> None:
        """Die just before this statement, counted from 1."""
        self._statements_left = statement

    @property
    def is_doomed(self) -> bool:
        """Whether a death is planned."""
        return bool(self._commits_left or self._statements_left)

    def survive(self) -> None:
        """No crash is planned any more."""
        self._commits_left = self._statements_left = 0

    @contextmanager
    def session(self, *, writes: bool) -> Iterator[Session]:
        with super().session(writes=writes) as session:
            if writes:
                self._arm(session)
            yield session

    def _arm(self, session: Session) -> None:
        commit = session.commit

        def maybe_die() -> None:
            if self._commits_left == 0:
                return commit()
            self._commits_left -= 1
            if self._commits_left:
                return commit()
            self.kept = self._keeps
            if self._keeps:
                commit()
            raise Crash()

        session.commit = maybe_die  # type: ignore[method-assign]  # the very thing that dies

    def _count_statement(self, *_: Any) -> None:
        if self._statements_left:
            self._statements_left -= 1
            if not self._statements_left:
                self.kept = False
                raise Crash()
