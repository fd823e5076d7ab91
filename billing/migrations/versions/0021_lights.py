"""Keep what the outside parties were seen to say, how each day stood, and which messages came twice or were refused."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_WHOLE = ("version", "receipts", "red", "coming", "expected_cents", "bank_cents", "gateway_cents", "books_cents",
          "dashboard_cents")  # fmt: skip


def upgrade() -> None:
    """Nothing was looked at yet, and no message is known to have come twice."""
    op.add_column("inbox_message", sa.Column("repeats", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("inbox_message", sa.Column("repeated_at", db.UtcDateTime(), nullable=True))
    where = sa.text("ledger_account = 'gateway_clearing'")
    op.create_index("ix_posting_clearing", "posting", ["entry_id"], sqlite_where=where, postgresql_where=where)
    op.create_index("ix_gateway_record_received_on", "gateway_record", ["received_on"])
    op.create_index("ix_bank_line_value_on", "bank_line", ["value_on"])
    op.create_index("ix_inbox_message_received_at", "inbox_message", ["received_at"])
    _refused()
    _seen()
    _days()
    for statement in append_only(op.get_bind().dialect.name, "day_record"):
        op.execute(statement)


def _refused() -> None:
    op.create_table(
        "refused_push",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hour", db.UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_push")),
        sa.UniqueConstraint("hour", "reason", name=op.f("uq_refused_push_hour_reason")),
    )


def _seen() -> None:
    op.create_table(
        "gateway_seen",
        sa.Column("provider_key", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_gateway_seen_payment_id")),
        sa.PrimaryKeyConstraint("provider_key", name=op.f("pk_gateway_seen")),
    )
    op.create_index("ix_gateway_seen_changed_on", "gateway_seen", ["changed_on"])
    op.create_table(
        "book_seen",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("settlements", sa.JSON(), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("documents >= 0", name=op.f("ck_book_seen_documents")),
        sa.CheckConstraint("documents = CAST(documents AS INTEGER)", name=op.f("ck_book_seen_whole")),
        sa.ForeignKeyConstraint(["entry_id"], ["book_entry.id"], name=op.f("fk_book_seen_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_book_seen")),
    )


def _days() -> None:
    whole = " AND ".join(f"{name} = CAST({name} AS INTEGER)" for name in _WHOLE)
    counts = "version >= 1 AND receipts >= 0 AND red BETWEEN 0 AND receipts AND coming BETWEEN 0 AND receipts"
    op.create_table(
        "day_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _WHOLE[:4]),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _WHOLE[4:]),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(counts, name=op.f("ck_day_record_counts")),
        sa.CheckConstraint(whole, name=op.f("ck_day_record_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_record")),
        sa.UniqueConstraint("day", "version", name=op.f("uq_day_record_day_version")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_day_record_previous_hash")),
    )
