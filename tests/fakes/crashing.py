"""A database whose process dies around a commit, as by a power cut."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from billing.db import Database


class Crash(BaseException):
    """The process is gone; nothing in it may catch this."""


class CrashingDatabase(Database):
    """Dies at the n-th commit from now when told to: before it (nothing is kept) or just after (all of it is)."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._commits_left = 0
        self._keeps = False

    def crash_at(self, commit: int, *, keeps: bool) -> None:
        """Die at this commit, counted from 1. keeps: whether the commit itself still succeeds."""
        self._commits_left, self._keeps = commit, keeps

    def survive(self) -> None:
        """No crash is planned any more."""
        self._commits_left = 0

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
            if self._keeps:
                commit()
            raise Crash()

        session.commit = maybe_die  # type: ignore[method-assign]  # the very thing that dies
