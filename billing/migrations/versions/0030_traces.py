"""Keep which trace a payment and what it leads to belong to, and when the workers last gave a sign of life; count what
is not over without reading all that is."""

import sqlalchemy as sa
from alembic import op

from billing import db

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_NOT_OVER = "state IN ('created','awaiting','pending','unknown','parked')"


def upgrade() -> None:
    """Rows of before belong to no trace."""
    for table in ("payment", "outbox_message"):
        op.add_column(table, sa.Column("traceparent", sa.String(), nullable=True))
    for name, table, column, where in (
        ("ix_payment_not_over", "payment", "state", _NOT_OVER),
        ("ix_outbox_message_given_up", "outbox_message", "id", "state = 'given_up'"),
    ):
        # On a large installation it may have been built before, beside its writers.
        condition = sa.text(where)
        op.create_index(name, table, [column], if_not_exists=True, sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.CheckConstraint("found >= 0", name=op.f("ck_pulse_found")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )
