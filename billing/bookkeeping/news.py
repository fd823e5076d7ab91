"""What the bookkeeping says happened there. It is reported to a person; money is only what the journal says."""

from sqlalchemy import update
from sqlmodel import col

from billing.bookkeeping.tables import BookEntry, EntryState
from billing.db import Work, rows_changed
from billing.ports import BookNews

GONE = "removed_there"


def hear(work: Work, administration: str, heard: BookNews) -> bool:
    """Note what somebody there booked on a document of ours, or that it was thrown away; False when it is none of ours,
    or nothing new: twice, late or out of order is the same."""
    newer = update(BookEntry).where(
        col(BookEntry.administration) == administration, col(BookEntry.remote_id) == heard.document_id,
        col(BookEntry.heard_version) < heard.version,
    )  # fmt: skip
    values: dict[str, object] = {"heard_version": heard.version, "foreign_cents": heard.foreign_cents}
    if heard.is_gone:
        values |= {"state": EntryState.HELD.value, "last_error": GONE}
    return rows_changed(work.session.execute(newer.values(values))) > 0
