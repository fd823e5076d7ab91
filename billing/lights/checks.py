"""The invariants of the records of days; each lists offenders, and an empty answer means that it holds."""

from collections.abc import Callable, Iterable, Iterator

from sqlmodel import col, select

from billing.db import Work
from billing.lights.days import GENESIS, digest
from billing.lights.tables import DayRecord

QUERIES: dict[str, str] = {
    "the records of a day are numbered without a gap": """
        SELECT day FROM day_record GROUP BY day HAVING max(version) <> count(*)""",
}


def _broken_chain(work: Work) -> Iterator[str]:
    previous = GENESIS
    for record in work.session.exec(select(DayRecord).order_by(col(DayRecord.id))):
        if record.previous_hash != previous or digest(record.model_dump()) != record.hash:
            yield f"{record.day}:{record.version}"
        previous = record.hash


SCANS: dict[str, Callable[[Work], Iterable[str]]] = {
    "the records of days are what they were, and all there": _broken_chain,
}
