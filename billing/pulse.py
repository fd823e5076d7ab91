"""Signs of life: what the workers do again and again, and when any of them last did it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, select

from billing.db import UtcDateTime, Work, table_of

# The check of every invariant, and a copy of the database. The others are the lanes of the worker, by name.
INVARIANTS, BACKUP = "invariants", "backup"
WRITTEN_EVERY = timedelta(seconds=15)


class Pulse(SQLModel, table=True):
    """When something was last done. found: of a check, how much is wrong."""

    __tablename__ = "pulse"
    __table_args__ = (CheckConstraint("found >= 0", name="found"),)

    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    found: int = 0


def beat(work: Work, name: str, found: int = 0) -> None:
    """It was done just now."""
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    done = insert(table_of(Pulse)).values(name=name, at=work.now, found=found)
    work.session.execute(
        done.on_conflict_do_update(
            index_elements=["name"], set_={"at": done.excluded.at, "found": done.excluded.found}
        )
    )  # fmt: skip


def last(work: Work, name: str) -> datetime | None:
    """When it was last done; None for never."""
    return work.session.exec(select(Pulse.at).where(Pulse.name == name)).first()


def everything(work: Work) -> Mapping[str, Pulse]:
    """Each by its name."""
    return {pulse.name: pulse for pulse in work.session.exec(select(Pulse))}
