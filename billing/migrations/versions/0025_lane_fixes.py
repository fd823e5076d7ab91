"""Keep what the worker could not do, and how often a debit was asked back."""

import sqlalchemy as sa
from alembic import op

from billing import db

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is known to have failed; a debit that was asked back was asked for once."""
    op.add_column("collection", sa.Column("recalls", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE collection SET recalls = 1 WHERE recalled_at IS NOT NULL")
    op.add_column("listener", sa.Column("taken_until", db.UtcDateTime(), nullable=True))
    op.create_index("ix_vat_check_asked_at", "vat_check", ["asked_at"])
    op.create_table(
        "trouble",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("since", db.UtcDateTime(), nullable=False),
        sa.Column("last_at", db.UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("job <> ''", name=op.f("ck_trouble_job")),
        sa.CheckConstraint("times >= 1", name=op.f("ck_trouble_times")),
        sa.CheckConstraint("times = CAST(times AS INTEGER)", name=op.f("ck_trouble_whole")),
        sa.PrimaryKeyConstraint("job", "subject", name=op.f("pk_trouble")),
    )
