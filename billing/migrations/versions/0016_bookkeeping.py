"""Keep which bookkeeping is connected, and what was handed over to it."""

import sqlalchemy as sa
from alembic import op

from billing import db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_KIND = (
    "kind = 'invoice' AND invoice_id IS NOT NULL AND credit_note_id IS NULL "
    "OR kind = 'credit_note' AND credit_note_id IS NOT NULL AND invoice_id IS NULL"
)
_WHOLE = " AND ".join(f"{name} = CAST({name} AS INTEGER)" for name in ("tries", "journal_id", "foreign_cents"))


def upgrade() -> None:
    """Nothing is connected yet."""
    _links()
    _contacts()
    _entries()


def _links() -> None:
    op.create_table(
        "book_link",
        sa.Column("administration", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("planned_through", sa.Integer(), nullable=False),
        sa.Column("paused_until", db.UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("administration", name=op.f("pk_book_link")),
    )


def _contacts() -> None:
    op.create_table(
        "book_contact",
        sa.Column("administration", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        _to_link("book_contact"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_book_contact_account_id")),
        sa.PrimaryKeyConstraint("administration", "account_id", name=op.f("pk_book_contact")),
        sa.UniqueConstraint("administration", "remote_id", name=op.f("uq_book_contact_administration_remote_id")),
    )


def _entries() -> None:
    references = {
        "invoice_id": "invoice", "credit_note_id": "credit_note", "account_id": "account", "journal_id": "journal_entry"
    }  # fmt: skip
    op.create_table(
        "book_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("credit_note_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=True),
        sa.Column("has_file", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", db.UtcDateTime(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("foreign_cents", sa.BigInteger(), nullable=False),
        sa.Column("heard_version", sa.BigInteger(), nullable=False),
        sa.Column("handed_over_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('waiting','handed_over','held')", name=op.f("ck_book_entry_state")),
        sa.CheckConstraint(_KIND, name=op.f("ck_book_entry_kind")),
        sa.CheckConstraint(
            "state <> 'handed_over' OR (remote_id IS NOT NULL AND has_file AND handed_over_at IS NOT NULL)",
            name=op.f("ck_book_entry_handed_over"),
        ),
        sa.CheckConstraint("state <> 'held' OR last_error <> ''", name=op.f("ck_book_entry_held")),
        sa.CheckConstraint(_WHOLE, name=op.f("ck_book_entry_whole")),
        _to_link("book_entry"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_book_entry_{column}"))
            for column, table in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_entry")),
        sa.UniqueConstraint("administration", "number", name=op.f("uq_book_entry_administration_number")),
    )
    for column in ("invoice_id", "credit_note_id"):
        op.create_index(op.f(f"ix_book_entry_{column}"), "book_entry", [column])
    _index_where("uq_book_entry_remote", ["administration", "remote_id"], "remote_id IS NOT NULL", unique=True)
    _index_where("ix_book_entry_waiting", ["administration", "due_at"], "state = 'waiting'")


def _to_link(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_administration")
    return sa.ForeignKeyConstraint(["administration"], ["book_link.administration"], name=name)


def _index_where(name: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, "book_entry", columns, unique=unique, sqlite_where=where, postgresql_where=where)
