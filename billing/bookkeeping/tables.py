"""Tables of the connection to the bookkeeping software, and of what was handed over to it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole


class EntryState(StrEnum):
    """WAITING: has to be handed over, for the first time or again. HANDED_OVER: stands there as it does here.
    HELD: the bookkeeping will not take it like this; a person has to look."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    HELD = "held"


class DocumentKind(StrEnum):
    """JOURNAL: an entry of the journal, or what is left of it beside the documents that it is about."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    JOURNAL = "journal"


class BookLink(SQLModel, table=True):
    """One administration that is or was connected.

    since: documents issued on this day or later are handed over. began: what this was at first; what settles an older
    document stands over against an account of its own. planned_through: entries of the journal up to this id have been
    looked at for good. paused_until: nothing is sent before; trouble: why.
    """

    __tablename__ = "book_link"

    administration: str = Field(primary_key=True)
    since: date
    began: date
    planned_through: int = 0
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str = ""


class BookContactRow(SQLModel, table=True):
    """A customer as it stands in the bookkeeping. digest: of the details that were handed over."""

    __tablename__ = "book_contact"
    __table_args__ = (UniqueConstraint("administration", "remote_id"),)

    administration: str = Field(primary_key=True, foreign_key="book_link.administration")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    remote_id: str
    digest: str


class BookEntry(SQLModel, table=True):
    """A document in the bookkeeping, with its PDF and everything that settles it. One row, whatever happens to it.
    An entry of the journal that no document is about has one too, without a customer or a file.

    journal_id: the newest entry of the journal about it; a newer one makes it wait again. remote_id: its id there, once
    known. has_file: our PDF is attached. foreign_cents: booked on it there by somebody else, which is reported and
    never believed; heard_version: of the newest message about that. handed_over_at: the last time.
    """

    __tablename__ = "book_entry"
    __table_args__ = (
        UniqueConstraint("administration", "number"),
        Index("uq_book_entry_remote", "administration", "remote_id", unique=True,
              sqlite_where=text("remote_id IS NOT NULL"), postgresql_where=text("remote_id IS NOT NULL")),
        Index("ix_book_entry_waiting", "administration", "due_at", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        CheckConstraint("state IN ('waiting','handed_over','held')", name="state"),
        CheckConstraint("kind = 'invoice' AND invoice_id IS NOT NULL AND credit_note_id IS NULL "
                        "OR kind = 'credit_note' AND credit_note_id IS NOT NULL AND invoice_id IS NULL "
                        "OR kind = 'journal' AND invoice_id IS NULL AND credit_note_id IS NULL", name="kind"),
        CheckConstraint("(account_id IS NULL) = (kind = 'journal')", name="account"),
        CheckConstraint("state <> 'handed_over' OR (remote_id IS NOT NULL AND has_file AND handed_over_at IS NOT NULL)",
                        name="handed_over"),
        CheckConstraint("state <> 'held' OR last_error <> ''", name="held"),
        whole("tries", "journal_id", "foreign_cents"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    administration: str = Field(foreign_key="book_link.administration")
    kind: str
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", index=True)
    credit_note_id: int | None = Field(default=None, foreign_key="credit_note.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    number: str
    journal_id: int = Field(foreign_key="journal_entry.id")
    remote_id: str | None = None
    has_file: bool = False
    state: str = EntryState.WAITING.value
    tries: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    last_error: str = ""
    foreign_cents: int = Field(default=0, sa_type=BigInteger)
    heard_version: int = Field(default=0, sa_type=BigInteger)
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
