"""Keep why somebody let an invoice run go that was far from the usual."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs of before say nothing of it."""
    op.add_column("invoice_run", sa.Column("because", sa.String(), server_default="", nullable=False))
