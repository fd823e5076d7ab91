"""Writing down what failed, until it goes well."""

from collections.abc import Sequence, Set

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing.db import Work, table_of
from billing.troubles.tables import Trouble

LONGEST_ERROR = 200


def note(work: Work, job: str, subject: str, error: str) -> None:
    """It failed, for the first time or again."""
    table = table_of(Trouble)
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    failed = insert(table).values(
        job=job, subject=subject, since=work.now, last_at=work.now, times=1, error=error[:LONGEST_ERROR]
    )
    work.session.execute(
        failed.on_conflict_do_update(
            index_elements=["job", "subject"],
            set_={"last_at": failed.excluded.last_at, "error": failed.excluded.error, "times": table.c.times + 1},
        )
    )  # fmt: skip


def subjects(work: Work, job: str) -> set[str]:
    """For what a job failed when it was last done."""
    return set(work.session.exec(select(Trouble.subject).where(Trouble.job == job)))


def end(work: Work, job: str, well: Set[str]) -> None:
    """For these a job does not fail any more."""
    work.session.execute(delete(Trouble).where(col(Trouble.job) == job, col(Trouble.subject).in_(well)))


def all_of_them(work: Work) -> Sequence[Trouble]:
    """Everything that fails, what has been failing longest first."""
    found = select(Trouble).order_by(col(Trouble.since), col(Trouble.job), col(Trouble.subject))
    return work.session.exec(found).all()
