"""Find what is due in the outbox in the order in which it was asked for, also of one instant."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Every row that waits keeps its place."""
    op.drop_index("ix_outbox_message_waiting", "outbox_message")
    op.create_index(
        "ix_outbox_message_waiting", "outbox_message", ["urgency", "due_at", "id"], sqlite_where=WAITS,
        postgresql_where=WAITS,
    )  # fmt: skip
